public import Enforcement

/// Sanctions as a STIX 2.1 bundle (OASIS), for those who exchange what they know of bad actors.
///
/// An account is a `user-account`, what it did a `note`, what was done a `course-of-action`; a
/// sanction that was overturned is revoked under the same identifiers.
public struct STIXBundle: Sendable {
  /// Who shares it; 1 to 200 octets.
  public var author: String
  /// How far it may be passed on.
  public var marking: Marking
  /// When it is written.
  public var made: Instant
  /// The sanctions.
  public var dossiers: [SanctionDossier]

  /// The Traffic Light Protocol, version 2.0 (FIRST).
  public enum Marking: String, Sendable, Hashable, CaseIterable {
    case clear = "94868c89-83c2-464b-929b-a1a8aa3c8487"
    case green = "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
    case amber = "55d920b0-5e8b-4f79-9ee9-91f868d9b421"
    case amberStrict = "939a9414-2ddd-4d32-a0cd-375ea402b003"
    case red = "e828b379-4e03-4974-9ac4-e53a884c97c1"

    /// How it is said: `TLP:AMBER`.
    public var name: String {
      switch self {
      case .clear: "TLP:CLEAR"
      case .green: "TLP:GREEN"
      case .amber: "TLP:AMBER"
      case .amberStrict: "TLP:AMBER+STRICT"
      case .red: "TLP:RED"
      }
    }
  }

  /// Takes the parts.
  public init(author: String, marking: Marking, made: Instant, dossiers: [SanctionDossier]) {
    self.author = author
    self.marking = marking
    self.made = made
    self.dossiers = dossiers
  }

  /// The bundle as JSON: one object, ended by LF; the same bundle gives the same octets.
  public var encoded: [UInt8] {
    var objects = [identity]
    var accounts: Set<AccountID> = []
    for dossier in dossiers {
      if accounts.insert(dossier.account.id).inserted { objects.append(account(dossier)) }
      objects += [note(dossier), courseOfAction(dossier)]
    }
    let name = "\(author)/\(made)/\(dossiers.map(\.sanction.id.description).joined(separator: ","))"
    let bundle = JSONValue.object([
      .init("type", "bundle"),
      .init("id", "bundle--\(NamedIdentifier(of: name, in: NamedIdentifier.own))"),
      .init("objects", .array(objects)),
    ])
    return Array((bundle.text + "\n").utf8)
  }
}

extension STIXBundle {
  private var authorID: String {
    "identity--\(NamedIdentifier(of: "author/\(author)", in: NamedIdentifier.own))"
  }

  /// When the author's identity was first told; it never changes.
  private static let epoch = Instant(seconds: 1_535_068_800)

  private var identity: JSONValue {
    .object([
      .init("type", "identity"), .init("spec_version", "2.1"), .init("id", authorID),
      .init("created", Self.time(Self.epoch)), .init("modified", Self.time(Self.epoch)),
      .init("name", author), .init("identity_class", "organization"),
    ])
  }

  /// An observable's identifier is made of its own members (STIX 2.1, Section 2.9).
  private func accountID(_ dossier: SanctionDossier) -> String {
    var members: [JSONValue.Member] = []
    if let handle = dossier.account.entry.identity.handle {
      members.append(.init("account_login", handle))
    }
    members.append(.init("account_type", dossier.platform.id.text))
    members.append(.init("user_id", dossier.account.entry.identity.key))
    let name = JSONValue.object(members).text
    return "user-account--\(NamedIdentifier(of: name, in: NamedIdentifier.observables))"
  }

  private func account(_ dossier: SanctionDossier) -> JSONValue {
    let entry = dossier.account.entry
    var members = JSONValue.presentMembers([
      ("type", "user-account"), ("spec_version", "2.1"), ("id", accountID(dossier)),
      ("user_id", entry.identity.key), ("account_login", entry.identity.handle),
      ("account_type", dossier.platform.id.text),
      ("account_created", entry.opened.map(Self.time)),
    ])
    members.append(.init("object_marking_refs", [mark]))
    return .object(members)
  }

  private func note(_ dossier: SanctionDossier) -> JSONValue {
    let kinds = Set(dossier.infractions.map(\.file.infraction.category.rawValue)).sorted()
    let quotes = dossier.infractions.flatMap(\.evidence.pieces).prefix(8).map(\.text)
    let content =
      (["Clauses: " + dossier.clauses.joined(separator: "; ")]
      + (quotes.isEmpty ? [] : ["Public words: " + quotes.joined(separator: " … ")]))
      .joined(separator: "\n")
    return domainObject(
      "note", dossier,
      [
        .init(
          "abstract",
          kinds.isEmpty ? "Sanctioned by officers" : "Infractions: " + kinds.joined(separator: ", ")
        ),
        .init("content", content), .init("object_refs", [accountID(dossier)]),
      ])
  }

  private func courseOfAction(_ dossier: SanctionDossier) -> JSONValue {
    let terms = dossier.sanction.plan.terms
    let term = terms.days.map { " for \($0) days" } ?? ""
    return domainObject(
      "course-of-action", dossier,
      [
        .init("name", "\(terms.kind.rawValue)\(term)"),
        .init(
          "description",
          "Taken on \(dossier.platform.name) on \(dossier.sanction.imposed?.date ?? "no day yet");"
            + " now \(dossier.sanction.state.rawValue)."),
      ])
  }

  private func domainObject(
    _ type: String, _ dossier: SanctionDossier, _ members: [JSONValue.Member]
  ) -> JSONValue {
    let sanction = dossier.sanction
    let name = "\(author)/\(sanction.id)/\(type)"
    var all: [JSONValue.Member] = [
      .init("type", type), .init("spec_version", "2.1"),
      .init("id", "\(type)--\(NamedIdentifier(of: name, in: NamedIdentifier.own))"),
      .init("created_by_ref", authorID),
      .init("created", Self.time(sanction.imposed ?? sanction.proposed)),
      .init("modified", Self.time(sanction.ended ?? sanction.imposed ?? sanction.proposed)),
    ]
    if sanction.state == .overturned { all.append(.init("revoked", .bool(true))) }
    return .object(all + members + [.init("object_marking_refs", [mark])])
  }

  private var mark: String { "marking-definition--\(marking.rawValue)" }

  /// Timestamps have milliseconds, always.
  static func time(_ moment: Instant) -> String {
    let text = "\(moment)"
    return text.contains(".") ? text : text.dropLast() + ".000Z"
  }
}
