/// What a message is for (RFC 1035, Section 4.1.1; RFC 6895, Section 2.2).
public struct Opcode: RawRepresentable, Sendable, Hashable {
  /// The number, of which a message holds the low four bits.
  public let rawValue: UInt8

  /// Takes the low four bits of a number.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue & 0x0F
  }

  /// A question and its answer.
  public static let query = Opcode(rawValue: 0)
  /// A question about a server's state.
  public static let status = Opcode(rawValue: 2)
  /// Word that a zone has changed (RFC 1996).
  public static let notify = Opcode(rawValue: 4)
  /// A change to a zone (RFC 2136).
  public static let update = Opcode(rawValue: 5)
}

extension Opcode: CustomStringConvertible {
  /// The mnemonic, as "QUERY"; else "OPCODE" and the number.
  public var description: String {
    switch self {
    case .query: "QUERY"
    case .status: "STATUS"
    case .notify: "NOTIFY"
    case .update: "UPDATE"
    default: "OPCODE\(rawValue)"
    }
  }
}
