internal import Conduct
internal import Enforcement
internal import Interchange
internal import Records
internal import Watch

/// What is to be made a report of.
public struct ReportInput: Codable, Sendable {
  /// `authority`, `dsa`, `xarf`, `stix` or `misp`.
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
  case authority, dsa, xarf, stix, misp
}

/// The forms in which a report that was made is read.
enum ReportReading: String, CaseIterable {
  case json, csv
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
    case .xarf: try await writeXARF(sanctions, &teller)
    case .stix:
      let bundle = STIXBundle(
        author: platform.name, marking: .amber, made: journal.now,
        dossiers: try sanctions.map(conduct.reports.dossier))
      try await teller.raw(bundle.encoded)
    case .misp:
      let event = MISPEvent(
        author: platform.name, made: journal.now,
        dossiers: try sanctions.map(conduct.reports.dossier))
      try await teller.raw(event.encoded)
    case .authority:
      let corrects = try input.corrects.map { try report($0).id }
      let made = try await conduct.reports.makeAuthorityReport(
        of: sanctions.map(\.id), corrects: corrects, by: actor)
      try await teller.raw(input.isTable ? try AuthoritySheet(made.octets).table : made.octets)
    case .dsa: try await makeStatements(sanctions, input, by: actor, &teller)
    }
    try await teller.flush()
  }

  private func makeStatements(
    _ sanctions: [Sanction], _ input: ReportInput, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    let corrects = try input.corrects.map { try report($0).id }
    for sanction in sanctions {
      let made = try await conduct.reports.makeStatement(
        of: sanction.id, corrects: corrects, by: actor)
      if let made { try await teller.raw(made.octets + [UInt8(ascii: "\n")]) }
    }
  }

  /// A report for each place that posts lead to, one a line.
  private func writeXARF(_ sanctions: [Sanction], _ teller: inout DeskTeller) async throws {
    guard let settings = configuration.notices.settings else {
      throw DeskFault(
        "XARF says who reports: set notice.reporter, notice.contact, notice.rule and mail.from")
    }
    let reporter = XARFParty(
      organization: String(settings.reporter.prefix(200)), contact: settings.contact.text,
      domain: settings.contact.domain)
    var count = 0
    for sanction in sanctions where sanction.state != .overturned {
      let reports = try SanctionXARF(
        reporter: reporter, rule: settings.rule, dossier: try conduct.reports.dossier(sanction)
      ).encoded()
      for report in reports { try await teller.raw(report) }
      count += reports.count
    }
    guard count > 0 else {
      throw DeskFault("the posts behind these sanctions lead nowhere: XARF has nothing to tell")
    }
  }
}

// MARK: - What becomes of reports

extension Desk {
  func reportLine(_ report: Report) throws -> ReportLine {
    ReportLine(report, try journal.delivery(of: report.id))
  }

  func reports(kind: String?, after: ReportID?, limit: Int) throws -> RecordPage<ReportLine> {
    let wanted = try kind.map { word in
      guard let kind = Report.Kind(rawValue: word) else {
        throw DeskFault.word(word, "kind of report", Report.Kind.allCases)
      }
      return kind
    }
    let found = conductBook.reports.page(after: after, limit: limit) { report in
      wanted == nil || report.kind == wanted
    }
    return RecordPage(things: try found.things.map(reportLine), next: found.next)
  }

  /// A report as it was made, octet by octet, or its table.
  func reportContent(_ text: String, as reading: ReportReading) throws -> [UInt8] {
    let report = try report(text)
    guard let octets = try conduct.reports.shelf.octets(of: report.content) else {
      throw Refusal(
        .wrongState,
        "the words of \(report.id) are not kept here any more; their SHA-256 is on the record")
    }
    switch reading {
    case .json: return octets
    case .csv:
      guard report.kind == .authority else {
        throw DeskFault("only reports to authorities are tables, too")
      }
      return try AuthoritySheet(octets).table
    }
  }

  /// Notes what the recipient gave for a report.
  func receiveReport(_ text: String, receipt: String, by actor: Actor) async throws -> ReportLine {
    let id = try report(text).id
    _ = try await act(.receiveReport(id, receipt: receipt), by: actor)
    return try reportLine(try report(text))
  }

  /// Has a report sent again that was given up.
  func resendReport(_ text: String, by actor: Actor) async throws -> ReportLine {
    let report = try report(text)
    guard case .person(let name) = actor,
      journal.register.people[name]?.role.permissions.contains(.handleConduct) == true
    else { throw Refusal(.notAllowed, "only those who handle conduct have reports sent again") }
    guard let delivery = try journal.delivery(of: report.id), delivery.state == .failed else {
      throw Refusal(.wrongState, "\(report.id) was not given up: there is nothing to send again")
    }
    guard try journal.reviveEffect(delivery.id) else {
      throw Refusal(.wrongState, "a correction of \(report.id) has arrived since")
    }
    return try reportLine(report)
  }

  /// A new secret that a platform's reports are signed with; the one before signs beside it.
  func replaceReportSecret(of text: String, by actor: Actor) throws -> NewSecret {
    let platform = try platform(text).id
    guard case .person(let name) = actor,
      journal.register.people[name]?.role.permissions.contains(.managePlatforms) == true
    else { throw Refusal(.notAllowed, "only an administrator hands out the secret of reports") }
    try conduct.reports.shelf.makeFolder()
    return NewSecret(
      platform: platform.text, secret: try conduct.reportSecrets.rotate(platform))
  }
}

// MARK: - What a report tells of

extension Desk {
  /// The sanctions that were named, or all that such a report is to tell of yet; for peers, all that
  /// took effect.
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
}
