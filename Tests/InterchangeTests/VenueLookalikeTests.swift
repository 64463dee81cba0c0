import Detection
import DomainNames
import Foundation
import Interchange
import Testing

struct VenueLookalikeTests {
  @Test func `of the names that people use none resembles a venue of the shipped packs`()
    throws
  {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let pack = tests.appendingPathComponent("../Policies/detection/venues.yaml")
    let venues = try PackFile.read(Array(Data(contentsOf: pack)), fileName: "venues.yaml").venues
    let names = VenueNames(
      venues.compactMap { KnownVenue($0) }, suffixes: try #require(PublicSuffixes.builtin))
    let list = tests.appendingPathComponent("Fixtures/popular-10k.txt")
    let popular = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    let found = popular.compactMap { line in
      (try? DomainName(international: line)).flatMap { names.likeness(of: $0) }.map { (line, $0) }
    }
    #expect(popular.count > 9_000)
    #expect(venues.count > 200)
    #expect(found.isEmpty, "\(found)")
  }
}
