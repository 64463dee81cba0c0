/// Whether a page speaks of the one whose host it is on, as an operator's own pages do.
extension Observer {
  /// Octets of folded text that are searched: who is spoken of is said at the beginning.
  private static let searched = 16_384
  /// Octets of a title that are looked at before a name.
  private static let titleBound = 256
  /// Every page of a site names the site there, whatever it is about.
  private static let frame = RegionSet([
    .navigation, .header, .footer, .aside, .link, .byline, .comment, .code, .description,
  ])

  /// Counts the first place where the host's own name stands among the page's own words.
  mutating func countOwnName() {
    guard let host = ownHost else { return }
    let bound = min(text.text.count, Self.searched)
    for name in OwnNames(host: host).names {
      var from = 0
      while let start = place(of: name, from: from, to: bound) {
        let range = start..<start + name.count
        if isOwnWords(range) {
          tally.add(.ownName, at: range)
          return
        }
        from = start + 1
      }
    }
  }

  /// The host that the page is on, or says it is on.
  private var ownHost: String? {
    if let pageHost { return pageHost }
    return reading?.facts.canonical.flatMap(WebAddress.host(of:))
  }

  private func place(of name: [UInt8], from: Int, to bound: Int) -> Int? {
    var at = from
    while at + name.count <= bound {
      at = OctetScan.find(
        name[0], before: name[1], in: text.octets, at..<bound - name.count + 2)
      guard at + name.count <= bound else { return nil }
      if isWord(name, at: at) { return at }
      at += 1
    }
    return nil
  }

  /// Whether a name stands there as a word of its own, and not within an address.
  private func isWord(_ name: [UInt8], at start: Int) -> Bool {
    let octets = text.octets
    for index in name.indices where octets[start + index] != name[index] { return false }
    if start > 0 {
      switch octets[start - 1] {
      case 0x2D...0x2F, 0x40, 0x5F: return false
      case let before where PackedName.isAlphanumeric(before): return false
      case _: break
      }
    }
    let end = start + name.count
    guard end < text.text.count else { return true }
    if PackedName.isAlphanumeric(octets[end]) { return false }
    return octets[end] != 0x2E || end + 1 >= text.text.count
      || !PackedName.isAlphanumeric(octets[end + 1])
  }

  private func isOwnWords(_ range: Range<Int>) -> Bool {
    let regions = text.regions(at: range.lowerBound)
    guard regions.isDisjoint(with: Self.frame) else { return false }
    return !regions.contains(RegionSet(.title)) || !isBehindSeparator(range.lowerBound)
  }

  /// Whether a place of a title stands behind ` - `, `|` or the like, where sites sign what they hold.
  private func isBehindSeparator(_ place: Int) -> Bool {
    let octets = text.octets
    var at = place
    while at > max(0, place - Self.titleBound) {
      at -= 1
      switch octets[at] {
      case 0x0A: return false
      case 0x7C, 0x5F: return true
      case 0x2D where at > 0 && octets[at - 1] == 0x20 && octets[at + 1] == 0x20: return true
      // En and em dashes: E2 80 93 and E2 80 94.
      case 0x93, 0x94:
        if at > 1, octets[at - 1] == 0x80, octets[at - 2] == 0xE2 { return true }
      case _: break
      }
    }
    return false
  }
}
