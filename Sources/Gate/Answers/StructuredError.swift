internal import Enforcement
internal import Foundation

/// What a client is told that can read it: I-JSON (RFC 7493) in the text of an extended error
/// (draft-ietf-dnsop-structured-dns-error, draft-ietf-dnsop-filtering-transparency).
///
/// There is no sub-error: none may stand beside *Censored*, and none is known for an order.
struct StructuredError: Encodable {
  /// Where to complain: `mailto:` and `tel:` alone may stand there.
  private var contacts: [String]?
  /// Why, in a sentence.
  private var justification: String?
  /// Who filters.
  private var organization: String?
  /// The language of the two before.
  private var language: String?
  /// The incident in public databases of them: the order.
  private var incidents: [Incident]?

  private struct Incident: Encodable {
    let db: String
    let id: String
  }

  private enum CodingKeys: String, CodingKey {
    case contacts = "c"
    case justification = "j"
    case organization = "o"
    case language = "l"
    case incidents = "fdbs"
  }

  /// All that there is to say.
  init(_ sentence: String, of rules: OrderRules) {
    self.init(leanOf: rules)
    justification = sentence
    organization = rules.respondent.organization
    language = "en"
  }

  /// What is left where there is little room.
  init(leanOf rules: OrderRules) {
    let respondent = rules.respondent
    contacts = respondent.contacts.isEmpty ? nil : respondent.contacts
    incidents = respondent.database.map { [Incident(db: $0, id: rules.order.text)] }
  }

  /// The data without any space between, or nil where they are too long, or where a client would find
  /// neither a contact nor a reason in them and so throw them away.
  func json(atMost limit: Int) -> String? {
    guard contacts != nil || justification != nil else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let octets = try? encoder.encode(self), octets.count <= limit else { return nil }
    return String(validating: octets, as: UTF8.self)
  }
}
