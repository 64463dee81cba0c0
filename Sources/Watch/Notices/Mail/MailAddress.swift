/// An address that mail can be sent to: `local-part@domain`, in ASCII.
///
/// Only the dot-atom form of RFC 5322, Section 3.4.1, and only domains of two labels or more. No
/// quoting, no comments, no address literals, no line breaks: what holds one of these can be
/// neither a header nor a command of SMTP by accident.
public struct MailAddress: Sendable, Hashable {
  /// The address; the domain in lower case.
  public let text: String

  /// The domain, in lower case.
  public var domain: String { String(text[text.index(after: at)...]) }

  /// What stands before the `@`, as it was given.
  public var localPart: String { String(text[..<at]) }

  private var at: String.Index { text.lastIndex(of: "@") ?? text.startIndex }

  /// Reads an address; nil for what is none.
  ///
  /// At most 64 octets before the `@` and 254 in all (RFC 5321, Section 4.5.3.1).
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2,
      (1...64).contains(parts[0].utf8.count), Self.isDotAtom(parts[0]), Self.isDomain(parts[1])
    else { return nil }
    self.text = parts[0] + "@" + parts[1].lowercased()
  }

  private static func isDotAtom(_ text: some StringProtocol) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.allSatisfy(isAtomOctet)
    }
  }

  private static func isDomain(_ text: some StringProtocol) -> Bool {
    let labels = Array(text.utf8)
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count >= 2 && text.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
          && label.first != hyphen && label.last != hyphen
      }
      && labels.last?.allSatisfy(isDigit) == false
  }

  private static let hyphen = UInt8(ascii: "-")

  /// The characters of an atom that are no letters and no digits (RFC 5322, Section 3.2.3).
  private static let symbols = Set("!#$%&'*+-/=?^_`{|}~".utf8)

  private static func isAtomOctet(_ octet: UInt8) -> Bool {
    isLetterOrDigit(octet) || symbols.contains(octet)
  }

  private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

  private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
    isDigit(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
  }
}

extension MailAddress: CustomStringConvertible {
  /// The address.
  public var description: String { text }
}

extension MailAddress: Codable {
  /// Reads an address from a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = MailAddress(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is no mail address")
    }
    self = address
  }

  /// Writes the address as a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
