/// The little that is read of JSON-LD: types, and whether an author and a date are named.
///
/// A scan for keys and the strings behind them, not a parser: pages hold a lot of broken JSON.
struct LinkedData: Sendable, Hashable {
  private(set) var types: [String] = []
  private(set) var author: Range<Int>?
  private(set) var date: Range<Int>?

  /// Octets of one script that are read.
  private static let bound = 64 << 10
  private static let kept = 32

  /// Reads scripts at some ranges of a page.
  init(_ octets: [UInt8], _ scripts: [Range<Int>]) {
    for script in scripts { read(octets, script.prefixOctets(Self.bound)) }
  }

  private mutating func read(_ octets: [UInt8], _ range: Range<Int>) {
    var at = range.lowerBound
    var isAuthor = false
    while let string = Self.nextString(octets, at..<range.upperBound) {
      at = string.upperBound + 1
      guard let colon = Self.skipSpace(octets, at..<range.upperBound), octets[colon] == 0x3A else {
        continue
      }
      let key = octets[string]
      if key.elementsEqual("@type".utf8) {
        at = readTypes(octets, colon + 1..<range.upperBound)
      } else if key.elementsEqual("author".utf8) {
        isAuthor = true
      } else if key.elementsEqual("datePublished".utf8), date == nil {
        date = Self.nextString(octets, colon + 1..<range.upperBound)
        at = date?.upperBound.advanced(by: 1) ?? range.upperBound
      } else if isAuthor, key.elementsEqual("name".utf8), author == nil {
        author = Self.nextString(octets, colon + 1..<range.upperBound)
        at = author?.upperBound.advanced(by: 1) ?? range.upperBound
      }
    }
  }

  /// Reads one type or a list of types; answers where it ended.
  private mutating func readTypes(_ octets: [UInt8], _ range: Range<Int>) -> Int {
    guard let first = Self.skipSpace(octets, range) else { return range.upperBound }
    var at = first
    let isList = octets[first] == 0x5B
    let end = isList ? octets[range].firstIndex(of: 0x5D) ?? range.upperBound : range.upperBound
    repeat {
      guard let string = Self.nextString(octets, at..<end) else { break }
      if types.count < Self.kept, string.count < 64 {
        types.append(String(decoding: octets[string], as: UTF8.self))
      }
      at = string.upperBound + 1
    } while isList && at < end
    return min(at, range.upperBound)
  }

  private static func skipSpace(_ octets: [UInt8], _ range: Range<Int>) -> Int? {
    guard range.lowerBound <= range.upperBound else { return nil }
    return range.first { octets[$0] > 0x20 }
  }

  /// The next string, without its quotation marks.
  private static func nextString(_ octets: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    guard range.lowerBound <= range.upperBound,
      let start = range.first(where: { octets[$0] == 0x22 })
    else { return nil }
    var at = start + 1
    while at < range.upperBound, octets[at] != 0x22 { at += octets[at] == 0x5C ? 2 : 1 }
    return at < range.upperBound ? start + 1..<at : nil
  }
}
