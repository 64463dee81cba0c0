internal import Enforcement
internal import Foundation
internal import Interchange
internal import Records
internal import TransparencyLog
internal import Watch

/// What is to be made a report of.
public struct ReportInput: Codable, Sendable {
  /// `authority`, `dsa`, `stix` or `misp`.
  public var kind: String
  /// The platform.
  public var platform: String
  /// The sanctions; where none are named, all that took effect and that no such report tells of.
  public var sanctions: [String]
  /// The report that this one corrects.
  public var corrects: String?
  /// Whether the authority's report is wanted as a table (CSV).
  public var isTable: Bool

  /// Takes the parts.
  public init(
    kind: String, platform: String, sanctions: [String] = [], corrects: String? = nil,
    isTable: Bool = false
  ) {
    self.kind = kind
    self.platform = platform
    self.sanctions = sanctions
    self.corrects = corrects
    self.isTable = isTable
  }
}

/// The forms in which sanctions are told of.
enum ReportForm: String, CaseIterable {
  case authority, dsa, stix, misp
}

// MARK: - Making reports

extension Desk {
  /// Writes a report to the output; those that are owed to someone go on the record first.
  func makeReport(
    _ input: ReportInput, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    guard let form = ReportForm(rawValue: input.kind) else {
      throw DeskFault.word(input.kind, "kind of report", ReportForm.allCases)
    }
    let platform = try platform(input.platform)
    let sanctions = try wanted(input, platform)
    switch form {
    case .stix:
      let bundle = STIXBundle(
        author: platform.name, marking: .amber, made: journal.now,
        dossiers: try sanctions.map(dossier))
      try await teller.raw(bundle.encoded)
    case .misp:
      let event = MISPEvent(
        author: platform.name, made: journal.now, dossiers: try sanctions.map(dossier))
      try await teller.raw(event.encoded)
    case .authority:
      try await makeAuthorityReport(sanctions, input, by: actor, &teller)
    case .dsa: try await makeStatements(sanctions, input, by: actor, &teller)
    }
    try await teller.flush()
  }

  /// Notes what the recipient gave for a report.
  func receiveReport(_ text: String, receipt: String, by actor: Actor) async throws -> ReportLine {
    let id = try report(text).id
    _ = try await act(.receiveReport(id, receipt: receipt), by: actor)
    return ReportLine(try report(text))
  }

  private func makeAuthorityReport(
    _ sanctions: [Sanction], _ input: ReportInput, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    let corrects = try input.corrects.map { try report($0).id }
    let made = AuthorityReport(
      id: ReportID(count: conductBook.reports.count + 1), made: journal.now,
      reporter: configuration.notices.settings?.reporter, corrects: corrects,
      dossiers: try sanctions.map(dossier))
    let octets = input.isTable ? made.table : made.json
    let id = try await put(
      .authority, sanctions, corrects, content: octets, key: "authority-\(made.id)", by: actor)
    guard id == made.id else {
      throw DeskFault("another report was made at the same time: ask again")
    }
    try await teller.raw(octets)
  }

  private func makeStatements(
    _ sanctions: [Sanction], _ input: ReportInput, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    for sanction in sanctions {
      let dossier = try dossier(sanction)
      guard
        let statement = DSAStatement(
          of: sanction, infractions: dossier.infractions.map(\.file.infraction),
          account: dossier.account, platform: dossier.platform,
          decision: Array((dossier.proof?.leaf ?? sanction.id.description).utf8))
      else { continue }
      let body = try statement.encoded()
      _ = try await put(
        .dsa, [sanction], try input.corrects.map { try report($0).id }, content: Array(body.utf8),
        key: statement.puid, by: actor)
      try await teller.raw(Array((body + "\n").utf8))
    }
  }

  private func put(
    _ kind: Report.Kind, _ sanctions: [Sanction], _ corrects: ReportID?, content: [UInt8],
    key: String, by actor: Actor
  ) async throws -> ReportID? {
    guard let digest = ContentDigest(hex: Digest.sha256(of: content).hex) else { return nil }
    let changes = try await act(
      .makeReport(
        kind, sanctions.map(\.id), corrects: corrects, content: digest, key: key), by: actor)
    for case .reportMade(let report) in changes { return report.id }
    return nil
  }
}

// MARK: - What a report tells of

extension Desk {
  /// The sanctions that were named, or all that such a report is to tell of yet.
  private func wanted(_ input: ReportInput, _ platform: Platform) throws -> [Sanction] {
    let book = conductBook
    var found: [Sanction] = []
    if input.sanctions.isEmpty {
      for sanction in book.sanctions.values where sanction.imposed != nil {
        guard book.accounts[sanction.account]?.platform == platform.id else { continue }
        let told = sanction.reports.contains { book.reports[$0]?.kind.rawValue == input.kind }
        if !told, input.kind != Report.Kind.dsa.rawValue || sanction.plan.terms.kind != .warn {
          found.append(sanction)
        }
      }
      found.sort { $0.id < $1.id }
    } else {
      for text in input.sanctions {
        let one = try sanction(text)
        guard book.accounts[one.account]?.platform == platform.id else {
          throw DeskFault("\(one.id) is not on \(platform.id)")
        }
        found.append(one)
      }
    }
    guard !found.isEmpty else {
      throw DeskFault("there is nothing to report: `cordon report list` shows what was told")
    }
    guard found.count <= AuthorityReport.sanctionLimit else {
      return Array(found.prefix(AuthorityReport.sanctionLimit))
    }
    return found
  }

  /// All that may be told of a sanction.
  private func dossier(_ sanction: Sanction) throws -> SanctionDossier {
    let book = conductBook
    guard let account = book.accounts[sanction.account],
      let platform = book.platforms[account.platform]
    else { throw DeskFault("the account of \(sanction.id) is not known") }
    var infractions: [SanctionDossier.Told] = []
    for id in sanction.plan.ground.infractions.sorted() {
      guard let recorded = try journal.infraction(id) else { continue }
      infractions.append(
        SanctionDossier.Told(file: recorded.file, evidence: recorded.infraction.evidence))
    }
    return SanctionDossier(
      platform: platform, account: account,
      party: account.entry.party.flatMap { book.parties[$0]?.entry }, sanction: sanction,
      infractions: infractions, appeals: sanction.appeals.compactMap { book.appeals[$0] },
      proof: try proof(of: sanction.id))
  }

  /// Where the entry stands by which a sanction took effect.
  private func proof(of id: SanctionID) throws -> LogProof? {
    let entry = try journal.history(of: id).first { recorded in
      if case .conduct(.sanctionImposed) = recorded.event.change { true } else { false }
    }
    guard let entry else { return nil }
    let proof = try journal.prove(entry.index)
    let checkpoint = proof.checkpoint
    return LogProof(
      log: "\(journal.verifierKey.name)", entry: entry.index, leaf: TreeHash.leaf(proof.leaf).hex,
      size: checkpoint.size, root: checkpoint.root.hex, path: proof.bundle.path.map(\.hex))
  }
}
