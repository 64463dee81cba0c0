/// An IPv4 or IPv6 address: a value, ordered and compared by its octets.
public struct IPAddress: Sendable, Hashable {
  /// Which of the two protocols.
  public enum Family: Sendable, Hashable {
    case v4
    case v6

    /// How many bits an address has.
    public var bits: Int {
      switch self {
      case .v4: 32
      case .v6: 128
      }
    }
  }

  /// The protocol.
  public let family: Family
  /// The upper 64 bits of an IPv6 address; zero for IPv4.
  public let high: UInt64
  /// The lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address.
  public let low: UInt64

  /// An IPv4 address, its first octet in the upper bits.
  public init(v4 bits: UInt32) {
    family = .v4
    high = 0
    low = UInt64(bits)
  }

  /// An IPv6 address in two halves.
  public init(high: UInt64, low: UInt64) {
    family = .v6
    self.high = high
    self.low = low
  }

  /// Reads an address from the octets of a packet: four or sixteen of them.
  public init?(octets: some Collection<UInt8>) {
    switch octets.count {
    case 4:
      self.init(v4: octets.reduce(0) { $0 << 8 | UInt32($1) })
    case 16:
      self.init(
        high: octets.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
        low: octets.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) })
    default:
      return nil
    }
  }

  /// Reads the plain form of an address: four decimal numbers, or IPv6 text (RFC 4291, Section 2.2).
  ///
  /// Without brackets, zone, leading zeros or any of the spellings that only URLs know; for those
  /// see ``WebHost``.
  public init?(_ text: some StringProtocol) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let address = IPv6Text.parse(text.utf8) else { return nil }
      self = address
    } else {
      guard let bits = IPv4Text.parseDotted(text.utf8) else { return nil }
      self.init(v4: bits)
    }
  }

  /// The address as it stands in the low bits of another, such as an IPv4-mapped one.
  var embeddedInLowBits: IPAddress { IPAddress(v4: UInt32(truncatingIfNeeded: low)) }

  /// The same address with all bits after the first `count` cleared.
  func masked(to count: Int) -> IPAddress {
    switch family {
    case .v4:
      return IPAddress(v4: UInt32(low) & UInt32(truncatingIfNeeded: Self.mask(count + 32)))
    case .v6:
      return IPAddress(
        high: high & Self.mask(min(count, 64)), low: low & Self.mask(max(count - 64, 0)))
    }
  }

  /// The `count` upper bits of 64, set.
  private static func mask(_ count: Int) -> UInt64 { count == 0 ? 0 : ~0 << UInt64(64 - count) }
}

extension IPAddress: CustomStringConvertible {
  /// Plain text: dotted decimal, or IPv6 in the form of RFC 5952.
  public var description: String {
    switch family {
    case .v4:
      return (0..<4).map { String(low >> UInt64(24 - 8 * $0) & 0xFF) }.joined(separator: ".")
    case .v6:
      return IPv6Text.text(high: high, low: low)
    }
  }
}

/// Dotted decimal.
enum IPv4Text {
  /// Four decimal numbers without leading zeros.
  static func parseDotted(_ text: some Collection<UInt8>) -> UInt32? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0")
      else { return nil }
      var value: UInt32 = 0
      for octet in part {
        guard (0x30...0x39).contains(octet) else { return nil }
        value = value * 10 + UInt32(octet - 0x30)
      }
      guard value <= 255 else { return nil }
      bits = bits << 8 | value
    }
    return bits
  }
}

/// IPv6 text.
enum IPv6Text {
  /// Reads eight groups, `::` for a run of zeros, and dotted decimal at the end.
  static func parse(_ text: some Collection<UInt8>) -> IPAddress? {
    var rest = Array(text)[...]
    guard (2...45).contains(rest.count) else { return nil }
    var groups: [UInt16] = []
    var gap: Int?
    if rest.starts(with: [0x3A, 0x3A]) {
      gap = 0
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      guard groups.count < 8 else { return nil }
      if groups.count <= 6, rest.contains(UInt8(ascii: ".")), !rest.contains(UInt8(ascii: ":")) {
        guard let bits = IPv4Text.parseDotted(rest) else { return nil }
        groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
        rest = []
        break
      }
      let digits = rest.prefix { $0.hexadecimalDigit != nil }
      guard (1...4).contains(digits.count) else { return nil }
      groups.append(digits.reduce(0) { $0 << 4 | UInt16($1.hexadecimalDigit ?? 0) })
      rest = rest.dropFirst(digits.count)
      guard !rest.isEmpty else { break }
      guard rest.removeFirst() == UInt8(ascii: ":"), !rest.isEmpty else { return nil }
      if rest.first == UInt8(ascii: ":") {
        guard gap == nil else { return nil }
        gap = groups.count
        rest = rest.dropFirst()
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: [UInt16](repeating: 0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    return IPAddress(
      high: groups.prefix(4).reduce(0) { $0 << 16 | UInt64($1) },
      low: groups.suffix(4).reduce(0) { $0 << 16 | UInt64($1) })
  }

  /// Lower-case groups, the first longest run of two or more zero groups as `::` (RFC 5952).
  static func text(high: UInt64, low: UInt64) -> String {
    let groups = (0..<8).map { index -> UInt16 in
      let half = index < 4 ? high : low
      return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (index % 4)))
    }
    var best = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > best.count { best = start..<end }
      start = max(end, start + 1)
    }
    func joined(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard best.count >= 2 else { return joined(0..<8) }
    return joined(0..<best.lowerBound) + "::" + joined(best.upperBound..<8)
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit in ASCII, or nil.
  var hexadecimalDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
