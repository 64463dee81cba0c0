internal import Crypto

/// A UUID made of a name (RFC 9562, Section 5.5, version 5): the same thing has the same one each
/// time that it is told of.
struct NamedIdentifier: Sendable, Hashable, CustomStringConvertible {
  private let octets: [UInt8]

  /// - Parameters:
  ///   - name: what it is of.
  ///   - space: 16 octets that set this kind of name apart.
  init(of name: String, in space: [UInt8]) {
    var digest = Array(Insecure.SHA1.hash(data: space + Array(name.utf8)).prefix(16))
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    octets = digest
  }

  /// The namespace of cyber observables (STIX 2.1, Section 2.9):
  /// `00abedb4-aa42-466c-9c01-fed23315a9b7`.
  static let observables: [UInt8] = [
    0x00, 0xAB, 0xED, 0xB4, 0xAA, 0x42, 0x46, 0x6C, 0x9C, 0x01, 0xFE, 0xD2, 0x33, 0x15, 0xA9, 0xB7,
  ]

  /// Cordon's own namespace, drawn at random once: `6f1d3c8e-52a7-4b90-9e4d-0c7ab1f28d35`.
  static let own: [UInt8] = [
    0x6F, 0x1D, 0x3C, 0x8E, 0x52, 0xA7, 0x4B, 0x90, 0x9E, 0x4D, 0x0C, 0x7A, 0xB1, 0xF2, 0x8D, 0x35,
  ]

  /// Lower case, with hyphens.
  var description: String {
    let digits = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
      .map { $0.joined() }.joined(separator: "-")
  }
}
