/// Answers of RDAP servers, in the form that registries, registrars and address holders give them.
enum RDAPDocuments {
  /// A jCard with a name, an organization and the addresses of a person or desk.
  static func card(
    _ name: String, organization: String? = nil, email: String? = nil, tel: String? = nil
  ) -> String {
    var properties = [#"["version", {}, "text", "4.0"]"#, #"["fn", {}, "text", "\#(name)"]"#]
    if let organization { properties.append(#"["org", {}, "text", "\#(organization)"]"#) }
    if let tel {
      properties.append(#"["tel", {"type": ["fax"]}, "uri", "tel:+1.0000000"]"#)
      properties.append(#"["tel", {"type": ["voice", "work"]}, "uri", "tel:\#(tel)"]"#)
    }
    if let email { properties.append(#"["email", {}, "text", "\#(email)"]"#) }
    return #""vcardArray": ["vcard", [\#(properties.joined(separator: ", "))]]"#
  }

  /// An entity.
  static func entity(_ roles: [String], _ card: String, _ nested: [String] = []) -> String {
    let names = roles.map { "\"\($0)\"" }.joined(separator: ", ")
    let inner = nested.isEmpty ? "" : #", "entities": [\#(nested.joined(separator: ", "))]"#
    return #"{"objectClassName": "entity", "roles": [\#(names)], \#(card)\#(inner)}"#
  }

  /// A domain, as a registry shows it.
  static func domain(
    _ name: String, entities: [String] = [], related: [String] = []
  ) -> String {
    let links =
      [#"{"rel": "self", "href": "{base}domain/\#(name)", "type": "application/rdap+json"}"#]
      + related.map {
        #"{"rel": "related", "href": "\#($0)", "type": "application/rdap+json"}"#
      }
      + [#"{"rel": "related", "href": "https://registrar.example/about", "type": "text/html"}"#]
    return """
      {"rdapConformance": ["rdap_level_0"], "objectClassName": "domain", "ldhName": "\(name)",
       "status": ["active"], "links": [\(links.joined(separator: ", "))],
       "events": [{"eventAction": "registration", "eventDate": "2026-11-01T10:00:00Z"},
                  {"eventAction": "expiration", "eventDate": "2027-11-01T10:00:00Z"}],
       "entities": [\(entities.joined(separator: ", "))]}
      """
  }

  /// A network.
  static func network(_ name: String, entities: [String]) -> String {
    """
    {"objectClassName": "ip network", "handle": "NET-192-0-2-0-1", "name": "\(name)",
     "startAddress": "192.0.2.0", "endAddress": "192.0.2.255", "ipVersion": "v4",
     "entities": [\(entities.joined(separator: ", "))]}
    """
  }

  /// A registrar with its abuse desk nested in it, as most registries show one.
  static let registrar = entity(
    ["registrar"], card("Sample Registrar, LLC"),
    [
      entity(
        ["technical"], card("Registry Desk", email: "registry@registrar.example")),
      entity(
        ["abuse"],
        card("Abuse", email: "abuse@registrar.example", tel: "+1.5550100")),
    ])
}
