public import Enforcement

/// Sanctions as an event in MISP's core format, for those who share by MISP.
public struct MISPEvent: Sendable {
  /// Who shares it; 1 to 200 octets.
  public var author: String
  /// When it is written.
  public var made: Instant
  /// The sanctions.
  public var dossiers: [SanctionDossier]

  /// Takes the parts.
  public init(author: String, made: Instant, dossiers: [SanctionDossier]) {
    self.author = author
    self.made = made
    self.dossiers = dossiers
  }

  /// The event as JSON: one object, ended by LF; the same event gives the same octets.
  ///
  /// It goes to the reader's own organisation alone and is not published; both are for the reader
  /// to widen. What belongs to a sanction that was overturned is marked deleted.
  public var encoded: [UInt8] {
    let sanctions = dossiers.map(\.sanction.id.description).joined(separator: ",")
    let organisation: [JSONValue.Member] = [
      .init("id", "0"), .init("name", author), .init("uuid", identifier("author")),
    ]
    let event: [JSONValue.Member] = [
      .init("id", "0"), .init("uuid", identifier("event/\(made)/\(sanctions)")),
      .init("info", "Accounts sanctioned for unlicensed crypto services: \(dossiers.count)"),
      .init("date", made.date), .init("timestamp", "\(made.seconds)"),
      .init("publish_timestamp", "0"), .init("published", .bool(false)),
      .init("org_id", "0"), .init("orgc_id", "0"), .init("distribution", "0"),
      .init("threat_level_id", "3"), .init("analysis", "2"),
      .init("Org", .object(organisation)), .init("Orgc", .object(organisation)),
      .init("Attribute", .array(dossiers.flatMap(attributes))),
    ]
    return Array((JSONValue.object([.init("Event", .object(event))]).text + "\n").utf8)
  }
}

extension MISPEvent {
  private func identifier(_ name: String) -> String {
    "\(NamedIdentifier(of: "misp/\(author)/\(name)", in: NamedIdentifier.own))"
  }

  private func attributes(_ dossier: SanctionDossier) -> [JSONValue] {
    let identity = dossier.account.entry.identity
    let place = "\(dossier.platform.id.text) account \(identity.key)"
    var values: [(category: String, type: String, value: String, comment: String)] = [
      ("Social network", "text", identity.key, "id on \(dossier.platform.id.text)")
    ]
    if let handle = identity.handle {
      values.append(("Social network", "text", handle, "handle of \(place)"))
    }
    var known: Set<Trait> = []
    for trait in dossier.infractions.flatMap(\.evidence.traits)
    where known.insert(trait).inserted {
      guard let (category, type) = Self.kind(of: trait) else { continue }
      values.append((category, type, trait.value, "named by \(place)"))
    }
    let terms = dossier.sanction.plan.terms
    values.append(
      (
        "Internal reference", "comment",
        "\(terms.kind.rawValue)\(terms.days.map { " for \($0) days" } ?? "");"
          + " \(dossier.clauses.joined(separator: "; "))", "sanction of \(place)"
      ))
    return values.map { attribute($0, dossier) }
  }

  /// A wallet's currency cannot be told by its trait alone, but for those of Bitcoin and Monero.
  private static func kind(of trait: Trait) -> (category: String, type: String)? {
    switch trait.kind {
    case .wallet:
      if trait.value.hasPrefix("bc1") { return ("Financial fraud", "btc") }
      return ("Financial fraud", "text")
    case .link:
      return ("Network activity", trait.value.contains("://") ? "url" : "domain")
    case .referral: return ("Social network", "text")
    case .filing, .party, .registration: return nil
    }
  }

  private func attribute(
    _ part: (category: String, type: String, value: String, comment: String),
    _ dossier: SanctionDossier
  ) -> JSONValue {
    let sanction = dossier.sanction
    let name = "\(sanction.id)/\(part.type)/\(part.comment)/\(part.value)"
    let time = sanction.ended ?? sanction.imposed ?? sanction.proposed
    return .object([
      .init("uuid", identifier(name)), .init("category", part.category), .init("type", part.type),
      .init("value", part.value), .init("comment", part.comment), .init("to_ids", .bool(false)),
      .init("timestamp", "\(time.seconds)"), .init("distribution", "5"),
      .init("deleted", .bool(sanction.state == .overturned)),
    ])
  }
}
