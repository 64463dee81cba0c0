internal import Crypto
public import Enforcement
public import Interchange
public import Records
internal import TransparencyLog

/// Makes reports: gathers what they tell, keeps them as they are, and has the record say so.
///
/// One report is made at a time, since each bears its number in itself.
public final class ReportOffice: Sendable {
  let journal: Journal
  /// Where reports stand as they were made.
  public let shelf: ReportShelf
  private let reporter: String?
  private let turnstile = Turnstile()

  /// Why a report cannot be made.
  public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The account of a sanction is not on the record.
    case unknownAccount(SanctionID)
    /// The record did not take the report.
    case notMade

    /// One sentence.
    public var description: String {
      switch self {
      case .unknownAccount(let id): "the account of \(id) is not known: `cordon record verify`"
      case .notMade: "another report was made at the same time: ask again"
      }
    }
  }

  /// Takes the record, and who reports; nil where that is not set.
  public init(journal: Journal, reporter: String?) {
    self.journal = journal
    self.reporter = reporter
    shelf = ReportShelf(directory: journal.dataDirectory)
  }

  private var book: ConductBook { journal.register.conduct }
}

// MARK: - Making

extension ReportOffice {
  /// Makes a report to the authority.
  ///
  /// What a crash leaves: a report on the shelf that the record does not know, which nobody is told
  /// of; or one that the record knows, whole.
  ///
  /// - Parameters:
  ///   - sanctions: what it tells of; at most ``AuthorityReport/sanctionLimit``, of one platform.
  ///   - corrects: the report that it corrects.
  ///   - actor: who has it made.
  /// - Returns: the report, and its octets.
  /// - Throws: a `Refusal`, a ``Fault``, a `StoreError` or a ``PrivateFileFault``.
  public func makeAuthorityReport(
    of sanctions: [SanctionID], corrects: ReportID? = nil, by actor: Actor
  ) async throws -> (report: Report, octets: [UInt8]) {
    try await turnstile.pass { [self] in
      let book = book
      let id = ReportID(count: book.reports.count + 1)
      let made = AuthorityReport(
        id: id, made: journal.now, reporter: reporter, corrects: corrects,
        dossiers: try sanctions.compactMap { book.sanctions[$0] }.map(dossier))
      let octets = made.json
      let report = try await put(
        .authority, sanctions, corrects, octets, key: "authority-\(id)", by: actor)
      guard report.id == id else { throw Fault.notMade }
      return (report, octets)
    }
  }

  /// Makes the statement of reasons of a sanction; nil where none is owed.
  ///
  /// The database takes nothing back: where what a statement told does not hold any more and no
  /// milder restriction is left to state, the record gets a note, which is sent to nobody.
  ///
  /// - Parameters:
  ///   - id: the sanction.
  ///   - corrects: the statement that it corrects.
  ///   - actor: who has it made.
  /// - Returns: the report, and its octets.
  /// - Throws: as ``makeAuthorityReport(of:corrects:by:)``, or what the database would refuse.
  public func makeStatement(
    of id: SanctionID, corrects: ReportID? = nil, by actor: Actor
  ) async throws -> (report: Report, octets: [UInt8])? {
    try await turnstile.pass { [self] in
      guard let sanction = book.sanctions[id] else { return nil }
      let dossier = try dossier(sanction)
      let leaf = dossier.proof?.leaf ?? id.description
      let statement =
        sanction.state == .overturned
        ? nil
        : DSAStatement(
          of: sanction, infractions: dossier.infractions.map(\.file.infraction),
          account: dossier.account, platform: dossier.platform,
          decision: Array((leaf + (corrects.map { "/\($0)" } ?? "")).utf8))
      let (octets, key): ([UInt8], String)
      if let statement {
        (octets, key) = (Array(try statement.encoded().utf8), statement.puid)
      } else if let corrects, let told = book.reports[corrects] {
        octets = Array(
          ("{\"statement\":\"\(told.key)\",\"sanction\":\"\(id)\",\"state\":"
            + "\"\(sanction.state.rawValue)\",\"kind\":\"\(sanction.plan.terms.kind.rawValue)\"}")
            .utf8)
        key = Report.noteKey(correcting: corrects, id)
      } else {
        return nil
      }
      return (try await put(.dsa, [id], corrects, octets, key: key, by: actor), octets)
    }
  }

  private func put(
    _ kind: Report.Kind, _ sanctions: [SanctionID], _ corrects: ReportID?, _ octets: [UInt8],
    key: String, by actor: Actor
  ) async throws -> Report {
    let digest = try shelf.keep(octets)
    let outcome = try await journal.perform(
      .conduct(.makeReport(kind, sanctions, corrects: corrects, content: digest, key: key)),
      by: actor)
    switch outcome {
    case .refused(let refusal): throw refusal
    case .recorded(let events):
      for case .conduct(.reportMade(let report)) in events.map(\.event.change) { return report }
    }
    // It was made before, under the same key and with the same words.
    guard let known = book.reports.values.first(where: { $0.key == key }) else {
      throw Fault.notMade
    }
    return known
  }
}

// MARK: - What a report tells of

extension ReportOffice {
  /// All that may be told of a sanction.
  ///
  /// - Throws: ``Fault`` or a `StoreError`.
  public func dossier(_ sanction: Sanction) throws -> SanctionDossier {
    let book = book
    guard let account = book.accounts[sanction.account],
      let platform = book.platforms[account.platform]
    else { throw Fault.unknownAccount(sanction.id) }
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

// MARK: - Erasing

extension ReportOffice {
  /// Erases reports that tell of accounts whose personal data was erased; what they said stands on
  /// the record as a hash.
  ///
  /// - Parameter accounts: those accounts; nil for all that were ever erased.
  /// - Throws: ``PrivateFileFault``.
  public func forget(_ accounts: [AccountID]? = nil) throws(PrivateFileFault) {
    let book = book
    if let accounts {
      let sanctions = accounts.flatMap { book.accounts[$0]?.sanctions ?? [] }
      let reports = Set(sanctions.flatMap { book.sanctions[$0]?.reports ?? [] })
      for id in reports {
        if let report = book.reports[id] { try shelf.erase(report.content) }
      }
    } else {
      for report in book.reports.values {
        let tellsOfErased = report.sanctions.contains { id in
          book.sanctions[id].flatMap { book.accounts[$0.account] }?.erased != nil
        }
        if tellsOfErased { try shelf.erase(report.content) }
      }
    }
  }
}

extension Report {
  /// The key of a note that a statement cannot be taken back.
  static func noteKey(correcting report: ReportID, _ sanction: SanctionID) -> String {
    "note-\(report)-\(sanction)"
  }

  /// Whether this is a note for the record alone, and no statement for the database.
  public var isNote: Bool { kind == .dsa && key.hasPrefix("note-") }
}
