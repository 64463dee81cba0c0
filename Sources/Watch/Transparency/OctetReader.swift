/// Reads numbers and vectors as TLS writes them (RFC 8446, Section 3).
struct OctetReader: Sendable {
  private let octets: [UInt8]
  private(set) var position = 0

  init(_ octets: [UInt8]) {
    self.octets = octets
  }

  var isAtEnd: Bool { position == octets.count }

  /// A big-endian number; nil where too few octets are left.
  mutating func number(octets count: Int) -> UInt64? {
    guard octets.count - position >= count else { return nil }
    defer { position += count }
    return octets[position..<(position + count)].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// So many octets; nil where too few are left.
  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, octets.count - position >= count else { return nil }
    defer { position += count }
    return octets[position..<(position + count)]
  }

  /// A vector with its length in front; nil where it is cut.
  mutating func vector(lengthOctets: Int) -> ArraySlice<UInt8>? {
    guard let length = number(octets: lengthOctets) else { return nil }
    return take(Int(length))
  }

  /// The octets from a position to here.
  func slice(from start: Int) -> ArraySlice<UInt8> { octets[start..<position] }

  /// A number as eight octets.
  static func octets(_ number: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
  }
}
