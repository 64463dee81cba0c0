import DomainNames
import Foundation

/// Index files to start from, made by the builder of this very version: of no names, of few, and with
/// all that a record can say.
enum IndexSeeds {
  static func write(to folder: String) -> CInt {
    do {
      for (number, image) in try images().enumerated() {
        try Data(image).write(to: URL(filePath: folder).appending(path: "made-\(number)"))
      }
      return 0
    } catch {
      FileHandle.standardError.write(Data("fuzz: \(error)\n".utf8))
      return 1
    }
  }

  private static func images() throws -> [[UInt8]] {
    let key = NameIndex.Key(1, 2)
    var few = NameIndex.Builder(key: key)
    few.block(try DomainName(presentation: "venue.com"), .subtree, rule: 1)
    few.block(try DomainName(presentation: "exact.example"), .exact, rule: 2)

    var rich = NameIndex.Builder(key: key)
    for (number, text) in ["venue.com", "www.venue.com", "exact.example"].enumerated() {
      let name = try DomainName(presentation: text)
      rich.block(name, .exact, rule: RuleNumber(number))
      rich.block(name, .subtree, rule: 70_000 + RuleNumber(number))
    }
    rich.protect(try DomainName(presentation: "safe.venue.com"), .subtree)
    rich.protect(try DomainName(presentation: "other.net"), .exact)
    var plan = NameIndex.Plan()
    plan.notes = { Array("notes".utf8) }

    // So many that endings are shared and buckets have groups.
    var many = NameIndex.Builder(key: key)
    for number in 0..<60 {
      let name = try DomainName(presentation: "n\(number).example")
      many.block(name, number % 2 == 0 ? .exact : .subtree, rule: RuleNumber(number))
    }
    return [NameIndex.Builder(key: key).build(), few.build(), try rich.build(plan), many.build()]
      .map { $0.withImage { image in image.indices.map { image[$0] } } }
  }
}
