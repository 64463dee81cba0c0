import Foundation
import Testing

@testable import Detection

/// What libxml2 reads in the same pages, written by a script: a judge that shares no code.
@Suite("Pages beside libxml2") struct ForeignReaderTests {
  struct Reading: Decodable {
    let page: String
    let title: String
    let hrefs: [String]
    let texts: [String]
    let forms: Int
    let letters: String
  }

  @Test func `links, forms and visible text are those that libxml2 reads`() throws {
    let readings = try JSONDecoder().decode(
      [Reading].self, from: Data(Fixture.text("pages.json").utf8))
    #expect(readings.count > 100)
    let engine = try Engine(packs: [])
    for reading in readings {
      let page = Array(reading.page.utf8)
      let facts = try #require(engine.observe(Subject(content: .html(page))).page)
      #expect(facts.title == reading.title)
      #expect(facts.links.map(\.href) == reading.hrefs, "\(reading.page)")
      #expect(facts.links.map(\.text) == reading.texts, "\(reading.page)")
      // Fields outside of any form count as one more, without a method.
      #expect(facts.forms.count { !$0.method.isEmpty } == reading.forms, "\(reading.page)")
      #expect(Self.letters(of: page) == reading.letters, "\(reading.page)")
    }
  }

  /// The folded text of the body without white space, and without what stands in attributes.
  private static func letters(of page: [UInt8]) -> String {
    var octets = [UInt8](repeating: 0, count: 4 * page.count + 256)
    let text = Folding.read(page, count: page.count, into: &octets, after: FoldedText()).text
    var letters: [UInt8] = []
    for offset in 0..<text.count where octets[offset] > 0x20 {
      let regions = text.regions(at: offset)
      if regions.isDisjoint(with: [RegionSet(.title), RegionSet(.image), RegionSet(.label)]) {
        letters.append(octets[offset])
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }
}
