/// Who answers for blocks: named to clients that ask for structured errors.
public struct Respondent: Sendable, Hashable {
  /// The organization that runs the gate; nil to name none.
  public var organization: String?
  /// Where to complain, as `mailto:` or `tel:` URIs.
  public var contacts: [String]
  /// The name of the public database that holds its orders by their number; nil for none.
  public var database: String?

  /// Takes the parts.
  public init(organization: String? = nil, contacts: [String] = [], database: String? = nil) {
    self.organization = organization
    self.contacts = contacts
    self.database = database
  }

  /// The most octets of a field, so that all of them fit a datagram.
  public static let longestField = 120

  /// Reads a contact; nil where it is neither a `mailto:` nor a `tel:` URI, or longer than a field.
  ///
  /// Other schemes may not stand there (draft-ietf-dnsop-structured-dns-error).
  public static func contact(_ text: String) -> String? {
    guard text.utf8.count <= longestField, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "mailto": return parts[1].contains("@") ? text : nil
    case "tel": return parts[1].contains { $0.isNumber } ? text : nil
    default: return nil
    }
  }
}
