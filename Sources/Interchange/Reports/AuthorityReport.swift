public import Enforcement

/// What an authority is told of accounts, parties, infractions and sanctions.
///
/// No authority has published a form for it; the members follow what the Interim Provisions of
/// 7 August 2014 (Cyberspace Administration of China, Article 8) ask to be kept and reported.
public struct AuthorityReport: Sendable {
  /// The number of the report.
  public var id: ReportID
  /// When it was made.
  public var made: Instant
  /// Who reports, and to whom; nil where it is not set.
  public var reporter: String?
  /// The report that this one corrects.
  public var corrects: ReportID?
  /// The sanctions; at most ``sanctionLimit``.
  public var dossiers: [SanctionDossier]

  /// The most sanctions of one report.
  public static let sanctionLimit = 1_000

  /// Takes the parts.
  public init(
    id: ReportID, made: Instant, reporter: String?, corrects: ReportID?,
    dossiers: [SanctionDossier]
  ) {
    self.id = id
    self.made = made
    self.reporter = reporter
    self.corrects = corrects
    self.dossiers = dossiers
  }

  /// The report as JSON: one object, ended by LF.
  ///
  /// The same report gives the same octets.
  public var json: [UInt8] {
    var members: [JSONValue.Member] = [
      .init("report", id.description), .init("made", made.description),
    ]
    if let reporter { members.append(.init("reporter", reporter)) }
    if let corrects { members.append(.init("corrects", corrects.description)) }
    members.append(.init("sanctions", .array(dossiers.map(Self.value))))
    return Array((JSONValue.object(members).text + "\n").utf8)
  }
}

extension AuthorityReport {
  private static func value(_ dossier: SanctionDossier) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("account", account(dossier)), .init("sanction", sanction(dossier)),
      .init("infractions", .array(dossier.infractions.map(infraction))),
    ]
    if let party = dossier.party { members.append(.init("party", value(party))) }
    if !dossier.appeals.isEmpty {
      members.append(.init("appeals", .array(dossier.appeals.map(appeal))))
    }
    if let proof = dossier.proof { members.append(.init("proof", value(proof))) }
    return .object(members)
  }

  private static func account(_ dossier: SanctionDossier) -> JSONValue {
    let (account, entry) = (dossier.account, dossier.account.entry)
    var members = JSONValue.presentMembers([
      ("number", account.id.description), ("platform", account.platform.text),
      ("platform_name", dossier.platform.name), ("id", entry.identity.key),
      ("handle", entry.identity.handle), ("category", entry.category?.text),
      ("filing_number", entry.identity.filing), ("agreement_version", entry.agreement),
      ("opened", entry.opened?.description), ("reviewed", account.review?.at.description),
      ("reviewed_by", account.review?.reviewer), ("news_permit", account.review?.newsPermit),
    ])
    if let review = account.review { members.append(.init("marked", .bool(review.isMarked))) }
    return .object(members)
  }

  private static func value(_ party: PartyEntry) -> JSONValue {
    .present([
      ("name", party.name), ("kind", party.kind.rawValue), ("registration", party.registration),
      ("group", party.group),
    ])
  }

  private static func sanction(_ dossier: SanctionDossier) -> JSONValue {
    let (sanction, plan) = (dossier.sanction, dossier.sanction.plan)
    var members = JSONValue.presentMembers([
      ("number", sanction.id.description), ("kind", plan.terms.kind.rawValue),
      ("state", sanction.state.rawValue), ("imposed", sanction.imposed?.description),
      ("until", sanction.until?.description), ("ended", sanction.ended?.description),
      ("ladder", plan.ground.ladder?.description),
    ])
    if !plan.terms.restrictions.isEmpty {
      members.append(.init("restrictions", plan.terms.restrictions.map(\.rawValue)))
    }
    members += [
      .init("clauses", dossier.clauses), .init("territory", dossier.platform.territory),
      .init("points", .number("\(plan.ground.points)")),
      .init("rung_points", .number("\(plan.ground.rungPoints)")),
      .init("automated_detection", .bool(plan.automation.detection)),
      .init("automated_decision", .bool(plan.automation.decision)),
      .init("officers", .number("\(sanction.approvedBy.count)")),
    ]
    return .object(members)
  }

  private static func infraction(_ told: SanctionDossier.Told) -> JSONValue {
    let (file, infraction) = (told.file, told.file.infraction)
    var members = JSONValue.presentMembers([
      ("number", file.id.description), ("state", file.state.rawValue),
      ("category", infraction.category.rawValue), ("kind", infraction.kind.text),
      ("rule", infraction.rule.description), ("post", told.evidence.post),
      ("published", infraction.published.description), ("found", file.found.description),
      ("content_sha256", infraction.content.hex), ("language", told.evidence.language),
    ])
    members.append(.init("score", .number("\(infraction.score)")))
    members.append(
      .init(
        "evidence",
        .array(
          told.evidence.pieces.map { piece in
            .object([
              .init("signal", piece.signal), .init("text", piece.text),
              .init("part", piece.part.rawValue), .init("start", .number("\(piece.start)")),
              .init("end", .number("\(piece.end)")),
            ])
          })))
    return .object(members)
  }

  private static func appeal(_ appeal: Appeal) -> JSONValue {
    .present([
      ("number", appeal.id.description), ("filed", appeal.filed.description),
      ("decided", appeal.decided?.description), ("outcome", appeal.outcome?.word),
    ])
  }

  private static func value(_ proof: LogProof) -> JSONValue {
    .object([
      .init("log", proof.log), .init("entry", .number("\(proof.entry)")),
      .init("leaf_hash", proof.leaf), .init("tree_size", .number("\(proof.size)")),
      .init("root_hash", proof.root), .init("inclusion_path", proof.path),
    ])
  }
}

extension AppealOutcome {
  /// What came of an appeal, as a word.
  public var word: String {
    switch self {
    case .upheld: "upheld"
    case .reduced: "reduced"
    case .overturned: "overturned"
    }
  }
}

extension JSONValue {
  /// The members that have a value.
  static func presentMembers(_ members: [(String, String?)]) -> [Member] {
    members.compactMap { key, value in value.map { Member(key, $0) } }
  }

  /// An object of the members that have a value.
  static func present(_ members: [(String, String?)]) -> JSONValue {
    .object(presentMembers(members))
  }
}
