/// An address of the web in its parts, as far as detection asks for them.
///
/// Reads what pages hold, not only what RFC 3986 allows; never fails on odd input but says nil.
struct WebAddress: Sendable, Hashable {
  /// In lower case; empty where the address is relative or begins with `//`.
  var scheme: String
  /// In lower case, without port and user; empty where the address is relative.
  var host: String
  /// The segments of the path.
  var path: [String]
  /// Keys and values of the query, percent signs decoded, in their order; at most 32.
  var query: [Item]

  /// A key of a query and its value.
  struct Item: Sendable, Hashable {
    var key: String
    var value: String
  }

  /// Where the host stands in an address that names one; nil for a relative one.
  static func host(in octets: borrowing [UInt8], _ range: Range<Int>) -> Range<Int>? {
    var at = range.lowerBound
    while at < range.upperBound, octets[at] <= 0x20 { at += 1 }
    var start = at
    while at < range.upperBound, at - start < 16,
      PackedName.isAlphanumeric(octets[at]) || octets[at] == 0x2B || octets[at] == 0x2D
    {
      at += 1
    }
    if at < range.upperBound, octets[at] == 0x3A { start = at + 1 }
    guard start + 2 < range.upperBound, octets[start] == 0x2F, octets[start + 1] == 0x2F else {
      return nil
    }
    start += 2
    var end = start
    while end < range.upperBound {
      let octet = octets[end]
      if octet == 0x40 {
        start = end + 1
      } else if octet == 0x2F || octet == 0x3F || octet == 0x23 || octet <= 0x20 || octet == 0x3A {
        break
      }
      end += 1
    }
    while end > start, octets[end - 1] == 0x2E { end -= 1 }
    return start < end ? start..<end : nil
  }

  /// The host of an address, in lower case, without port and user; nil for a relative one.
  static func host(of text: String) -> String? {
    let octets = Array(text.utf8.prefix(PageBounds.attribute))
    return host(in: octets, 0..<octets.count).map {
      String(decoding: octets[$0], as: UTF8.self).lowercased()
    }
  }

  /// Takes an address apart.
  init(_ text: some StringProtocol) {
    let octets = Array(text.utf8.prefix(PageBounds.attribute))
    let authority = Self.host(in: octets, 0..<octets.count)
    host = authority.map { String(decoding: octets[$0], as: UTF8.self).lowercased() } ?? ""
    scheme = ""
    var start = 0
    if let colon = octets.firstIndex(of: 0x3A), colon < 16,
      octets[..<colon].allSatisfy({ PackedName.isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2D })
    {
      scheme = String(decoding: octets[..<colon], as: UTF8.self).lowercased()
      start = colon + 1
    }
    if let authority {
      start = authority.upperBound
      while start < octets.count, !"/?#".utf8.contains(octets[start]) { start += 1 }
    }
    let rest = octets[start...]
    let end = rest.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
    path = rest[..<end].split(separator: 0x2F).prefix(32).map {
      String(decoding: $0, as: UTF8.self)
    }
    query = Self.items(rest[end...])
  }

  /// Items behind `?`, and behind `#` too: pages of one script keep theirs there.
  private static func items(_ octets: ArraySlice<UInt8>) -> [Item] {
    octets.split { $0 == 0x3F || $0 == 0x23 || $0 == 0x26 || $0 == 0x3B }.prefix(32)
      .compactMap { part in
        guard let equals = part.firstIndex(of: 0x3D) else { return nil }
        // A doubled sign, as malformed links have it, is one.
        let value = part[equals...].drop { $0 == 0x3D }
        return Item(key: decoded(part[..<equals]), value: decoded(value))
      }
  }

  /// Octets with their percent signs decoded.
  static func decoded(_ octets: ArraySlice<UInt8>) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(octets.count)
    var at = octets.startIndex
    while at < octets.endIndex {
      if octets[at] == 0x25, at + 2 < octets.endIndex,
        let high = PackedName.digit(octets[at + 1]), let low = PackedName.digit(octets[at + 2])
      {
        plain.append(UInt8(high << 4 | low))
        at += 3
      } else {
        plain.append(octets[at] == 0x2B ? 0x20 : octets[at])
        at += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The host without a leading `www.`.
  var bareHost: Substring { Self.bare(host) }

  /// A host without a leading `www.`.
  static func bare(_ host: String) -> Substring {
    host.hasPrefix("www.") ? host.dropFirst(4) : host[...]
  }

  /// The path from its root, such as `/join/123`.
  var pathText: String { "/" + path.joined(separator: "/") }
}
