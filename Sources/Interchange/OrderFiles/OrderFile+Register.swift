internal import DomainNames
internal import Enforcement

/// The columns of ESMA's register of non-compliant providers that are read.
enum RegisterColumn: String, CaseIterable {
  case authority = "ae_competentauthority"
  case legalName = "ae_lei_name"
  case commercialName = "ae_commercial_name"
  case website = "ae_website"
  case decisionDate = "ae_decision_date"
}

extension OrderFile {
  /// Reads the register as it is published: several websites of a row are set apart by `|`.
  ///
  /// Each website is a part of its row. What the register adds to a name goes into party and note;
  /// its further columns concern procedures, not sites.
  static func readRegister(
    _ text: SourceText, into targets: inout TargetCollector
  ) throws(OrderFileError) {
    var rows = CSVReader(text)
    guard let first = try rows.next() else { throw .empty }
    let header = try TableHeader(first)
    for column in RegisterColumn.allCases where header.place(of: column.rawValue) == nil {
      throw .missingColumn(column.rawValue, line: first.line)
    }
    while let row = try rows.next() {
      if row.isBlank { continue }
      if let fault = header.fault(in: row) {
        try targets.quarantine(LineID(line: row.line), input: row.raw, .badRow(fault))
      } else {
        try RegisterRow(row, header).add(to: &targets)
      }
    }
  }
}

/// One provider of the register.
private struct RegisterRow {
  let row: CSVReader.Row
  let websites: String
  let parties: [String]
  let note: String?

  init(_ row: CSVReader.Row, _ header: TableHeader) {
    func cell(_ column: RegisterColumn) -> String {
      let text = header.place(of: column.rawValue).map { row.fields[$0] } ?? ""
      return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    self.row = row
    websites = header.place(of: RegisterColumn.website.rawValue).map { row.fields[$0] } ?? ""
    parties = [cell(.commercialName), cell(.legalName)].filter { !$0.isEmpty }
    let date = cell(.decisionDate)
    let decision = date.isEmpty ? "" : "decision of \(Self.isoDate(date) ?? date)"
    let parts = [cell(.authority), decision].filter { !$0.isEmpty }
    note = parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  func add(to targets: inout TargetCollector) throws(OrderFileError) {
    guard !websites.trimmedOfWhiteSpace.isEmpty else {
      return try targets.quarantine(
        LineID(line: row.line), input: row.raw, .noWebsite, party: parties.first, note: note)
    }
    for (index, site) in websites.split(separator: "|", omittingEmptySubsequences: false)
      .enumerated()
    {
      try targets.add(
        LineID(line: row.line, part: index + 1), input: String(site), reading: reading(of: site),
        party: parties.first, note: note)
    }
  }

  /// The website as read, unless it disagrees with the party's name by a single character.
  private func reading(of site: Substring) -> Reading {
    let reading = TargetReader.read(site)
    guard case .name(let host, _) = reading,
      let party = NameAgreement(parties: parties).slip(in: host)
    else { return reading }
    return .unreadable(Quarantine.nameMismatch(party: party, host: host).reason)
  }

  /// `2025-03-12` for the register's `12/03/2025`.
  private static func isoDate(_ text: String) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [2, 2, 4],
      Instant("\(parts[2])-\(parts[1])-\(parts[0])") != nil
    else { return nil }
    return "\(parts[2])-\(parts[1])-\(parts[0])"
  }
}
