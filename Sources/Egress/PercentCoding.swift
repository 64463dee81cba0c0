/// Percent-encoding (RFC 3986, Section 2.1).
public enum PercentCoding {
  /// The octets with every `%XX` replaced by what it stands for; a stray `%` stays.
  public static func decoded(_ text: some Collection<UInt8>) -> [UInt8] {
    var octets = Array(text)
    guard octets.contains(UInt8(ascii: "%")) else { return octets }
    var read = 0
    var written = 0
    while read < octets.count {
      if octets[read] == UInt8(ascii: "%"), let value = value(in: octets[...], at: read) {
        octets[written] = value
        read += 3
      } else {
        octets[written] = octets[read]
        read += 1
      }
      written += 1
    }
    octets.removeLast(octets.count - written)
    return octets
  }

  /// Writes octets so that each is allowed where it stands: unreserved characters bare, `%XX` in
  /// upper case, all that is not allowed encoded.
  ///
  /// An encoded unreserved character is decoded; an encoded reserved one stays encoded, since the
  /// two may mean different things (RFC 3986, Section 6.2.2). A stray `%` becomes `%25`.
  public static func normalised(_ octets: ArraySlice<UInt8>, in component: Component) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(octets.count)
    var index = octets.startIndex
    while index < octets.endIndex {
      let octet = octets[index]
      if octet == UInt8(ascii: "%"), let value = value(in: octets, at: index) {
        if isUnreserved(value) { result.append(value) } else { encode(value, into: &result) }
        index += 3
        continue
      }
      if component.allows(octet) { result.append(octet) } else { encode(octet, into: &result) }
      index += 1
    }
    return result
  }

  /// Where a character stands.
  public enum Component: Sendable {
    case path
    case query

    /// Whether a character may stand here bare.
    func allows(_ octet: UInt8) -> Bool {
      switch octet {
      case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "!"),
        UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
        UInt8(ascii: "="):
        return true
      case UInt8(ascii: "'"):
        return self == .path
      case UInt8(ascii: "?"):
        return self == .query
      default:
        return PercentCoding.isUnreserved(octet)
      }
    }
  }

  /// Letters, digits and `-._~` (RFC 3986, Section 2.3).
  static func isUnreserved(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func encode(_ octet: UInt8, into result: inout [UInt8]) {
    result.append(UInt8(ascii: "%"))
    for digit in [octet >> 4, octet & 15] {
      result.append(digit < 10 ? digit + 0x30 : digit + 0x37)
    }
  }

  /// The octet that the three characters from `index` on stand for.
  private static func value(in octets: ArraySlice<UInt8>, at index: Int) -> UInt8? {
    guard index + 2 < octets.endIndex, let high = octets[index + 1].hexadecimalDigit,
      let low = octets[index + 2].hexadecimalDigit
    else { return nil }
    return high << 4 | low
  }
}
