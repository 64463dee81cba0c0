/// The links of a page, in the order of the page.
///
/// What is written in all of them stands in one array of octets; a link's strings are made when it is
/// asked for, since few readers look at every link of a page.
public struct PageLinks: RandomAccessCollection, Sendable, Hashable {
  private var octets: [UInt8] = []
  private var entries: [Entry] = []

  /// Octets of a link's text that are kept.
  private static let textBound = 200

  /// Where a link's parts stand in ``octets``, one behind the other, and where the link stands.
  private struct Entry: Sendable, Hashable {
    let href: UInt32
    let text: UInt32
    let rel: UInt32
    let end: UInt32
    let tagStart: UInt32
    let tagEnd: UInt32
    let regions: RegionSet
  }

  /// No links.
  public init() {}

  /// Takes what was read of the links of a page.
  init(_ links: [LinkRecord], in text: ObservedText) {
    entries.reserveCapacity(links.count)
    octets.reserveCapacity(
      links.reduce(0) {
        $0 + Swift.min($1.href.count, PageBounds.attribute) + $1.rel.count
          + Swift.min($1.text.count, Self.textBound)
      })
    for link in links {
      let href = UInt32(octets.count)
      text.addDecodedValue(link.href.range, to: &octets)
      let folded = UInt32(octets.count)
      OctetScan.add(text.octets, text.trimmed(link.text.range, bound: Self.textBound), to: &octets)
      let rel = UInt32(octets.count)
      if !link.rel.isEmpty { text.addDecodedValue(link.rel.range, to: &octets) }
      entries.append(
        Entry(
          href: href, text: folded, rel: rel, end: UInt32(octets.count),
          tagStart: UInt32(link.tag.lowerBound), tagEnd: UInt32(link.tag.upperBound),
          regions: link.regions))
    }
  }

  /// The place of the first link.
  public var startIndex: Int { 0 }

  /// The place behind the last link.
  public var endIndex: Int { entries.count }

  /// The link at a place.
  public subscript(index: Int) -> PageLink {
    let entry = entries[index]
    return PageLink(
      href: string(entry.href, entry.text), text: string(entry.text, entry.rel),
      rel: string(entry.rel, entry.end).lowercased(),
      location: .init(part: .html, start: Int(entry.tagStart), end: Int(entry.tagEnd)),
      regions: entry.regions)
  }

  private func string(_ start: UInt32, _ end: UInt32) -> String {
    String(decoding: octets[Int(start)..<Int(end)], as: UTF8.self)
  }
}
