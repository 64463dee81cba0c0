/// A record's class: in practice always the Internet's.
public struct RecordClass: RawRepresentable, Sendable, Hashable {
  /// The number in the IANA registry "DNS CLASSes".
  public let rawValue: UInt16

  /// Takes any number; unknown ones are classes too (RFC 3597).
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The Internet.
  public static let internet = RecordClass(rawValue: 1)
  /// Chaosnet, today used to ask a server about itself.
  public static let chaos = RecordClass(rawValue: 3)
  /// Hesiod.
  public static let hesiod = RecordClass(rawValue: 4)
  /// No class (RFC 2136); in updates.
  public static let none = RecordClass(rawValue: 254)
  /// Every class; in questions, and with TSIG.
  public static let any = RecordClass(rawValue: 255)
}

extension RecordClass: LosslessStringConvertible {
  /// The mnemonic, as "IN"; for a class without one the generic form, as "CLASS32"
  /// (RFC 3597, Section 5).
  public var description: String {
    switch self {
    case .internet: "IN"
    case .chaos: "CH"
    case .hesiod: "HS"
    case .none: "NONE"
    case .any: "ANY"
    default: "CLASS\(rawValue)"
    }
  }

  /// Reads a mnemonic or the generic form, in any case; nil where the text is neither.
  public init?(_ text: String) {
    let capitals = text.uppercased()
    switch capitals {
    case "IN": self = .internet
    case "CH": self = .chaos
    case "HS": self = .hesiod
    case "NONE": self = .none
    case "ANY": self = .any
    default:
      guard let number = UInt16(generic: capitals, prefix: "CLASS") else { return nil }
      self.init(rawValue: number)
    }
  }
}
