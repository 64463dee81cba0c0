internal import Enforcement

/// What an RDAP server says about a name or a network (RFC 9083), as far as contacts go.
struct RDAPRecord: Sendable, Hashable {
  /// What was asked about.
  enum ObjectClass: String, Sendable {
    case domain
    case network = "ip network"
  }

  /// The network's own name.
  var name: String?
  /// Who stands behind it.
  var entities: [RDAPEntity]
  /// Where others say more about it: links `related` with an RDAP answer (RFC 9083, Section 4.2).
  var related: [String]
  /// When the name was registered.
  var registered: Instant?

  /// The most entities of an answer, nested ones included, and how deep they may be nested.
  static let entityLimit = 256
  static let entityDepth = 8
  static let linkLimit = 32

  /// Reads an answer.
  init(_ document: JSONDocument, _ objectClass: ObjectClass) throws(ContactFault) {
    guard document["objectClassName"]?.string == objectClass.rawValue,
      document["errorCode"] == nil
    else { throw .wrongClass(objectClass.rawValue) }
    name = document["name"]?.string?.singleLine(limit: 200)
    var left = Self.entityLimit
    entities = RDAPEntity.list(document["entities"], depth: 1, left: &left)
    related = (document["links"]?.elements ?? []).prefix(Self.linkLimit).compactMap(Self.referral)
    registered = (document["events"]?.elements ?? [])
      .first { $0["eventAction"]?.string == "registration" }
      .flatMap { $0["eventDate"]?.string }.flatMap { Instant($0) }
  }

  /// The address of a link to another server's answer about the same object.
  private static func referral(_ link: JSONDocument) -> String? {
    guard link["rel"]?.string?.lowercased() == "related", let address = link["href"]?.string,
      address.utf8.count <= 2048
    else { return nil }
    let type = link["type"]?.string?.lowercased()
    guard type == nil || type?.contains("json") == true else { return nil }
    // Without a type it may be anyone's web page; the path of a lookup tells (RFC 9082, 3.1).
    guard type?.hasPrefix("application/rdap+json") == true || address.contains("/domain/") else {
      return nil
    }
    return address
  }
}

/// Someone who stands behind a name or a network.
struct RDAPEntity: Sendable, Hashable {
  /// What they are to it (RFC 9083, Section 10.2.4), in lower case.
  var roles: Set<String>
  /// Who they are.
  var card: JCard
  /// Who stands behind them in turn: the abuse desk of a registrar is found here.
  var entities: [RDAPEntity]

  /// Reads a list of entities; `left` says how many more are read in all.
  static func list(_ value: JSONDocument?, depth: Int, left: inout Int) -> [RDAPEntity] {
    guard depth <= RDAPRecord.entityDepth else { return [] }
    var entities: [RDAPEntity] = []
    for element in value?.elements ?? [] where left > 0 {
      left -= 1
      entities.append(
        RDAPEntity(
          roles: Set((element["roles"]?.strings ?? []).map { $0.lowercased() }),
          card: JCard(element["vcardArray"]),
          entities: list(element["entities"], depth: depth + 1, left: &left)))
    }
    return entities
  }

  /// What they are called.
  var title: String? { card.organization ?? card.name }
}
