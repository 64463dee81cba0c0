/// An IP address in text, as `inet_pton` would take it, or as a bare cell may hold it.
struct IPAddressText {
  /// The address as written, in lower case.
  let text: String

  /// More than any address needs, its zone included.
  private static let maximumOctets = 80

  /// Takes dotted decimal of four parts without leading zeros (RFC 3986, Section 3.2.2).
  init?(version4 text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let areOctets = parts.allSatisfy { part in
      part.utf8.allSatisfy(\.isDigit) && UInt8(part) != nil
        && (part.count == 1 || part.first != "0")
    }
    guard parts.count == 4, areOctets else { return nil }
    self.text = String(text)
  }

  /// Takes the forms of RFC 4291, Section 2.2, with a zone (RFC 4007, Section 11) if given.
  init?(version6 text: some StringProtocol) {
    guard text.utf8.count <= Self.maximumOctets else { return nil }
    let zone = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = zone.first, zone.count == 1 || !zone[1].isEmpty else { return nil }
    var halves: [[Substring]] = []
    var rest = Substring(String(address))
    while let gap = rest.range(ofGap: "::") {
      halves.append(Self.groups(rest[..<gap.lowerBound]))
      rest = rest[gap.upperBound...]
    }
    halves.append(Self.groups(rest))
    guard halves.count <= 2 else { return nil }
    var words = 0
    for (index, half) in halves.enumerated() {
      for (place, group) in half.enumerated() {
        let isLast = index == halves.count - 1 && place == half.count - 1
        if isLast, IPAddressText(version4: group) != nil {
          words += 2
        } else {
          guard (1...4).contains(group.utf8.count), group.utf8.allSatisfy(\.isHexDigit) else {
            return nil
          }
          words += 1
        }
      }
    }
    guard halves.count == 2 ? words <= 7 : words == 8 else { return nil }
    self.text = text.lowercased()
  }

  /// Takes a cell that is nothing but an IPv6 address or network; IPv4 is told by its ending.
  init?(bare text: String) {
    guard text.utf8.contains(0x3A) else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard IPAddressText(version6: parts[0]) != nil else { return nil }
    if parts.count == 2 {
      guard let bits = UInt8(parts[1]), bits <= 128 else { return nil }
    }
    self.text = text.lowercased()
  }

  /// Whether a text is an address of either version.
  static func isAddress(_ text: some StringProtocol) -> Bool {
    IPAddressText(version4: text) != nil || IPAddressText(version6: text) != nil
  }

  private static func groups(_ text: Substring) -> [Substring] {
    text.isEmpty ? [] : text.split(separator: ":", omittingEmptySubsequences: false)
  }
}

extension Substring {
  /// Where a two-character mark first stands.
  fileprivate func range(ofGap mark: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(mark) { return at..<index(at, offsetBy: mark.count) }
      at = index(after: at)
    }
    return nil
  }
}
