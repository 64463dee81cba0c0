internal import Conduct
internal import Enforcement
internal import Interchange
internal import Records
internal import Synchronization

/// A period of days, as someone asks for it.
public struct PeriodInput: Codable, Sendable {
  /// The first day, `2026-01-01`; since the beginning where nil.
  public var from: String?
  /// The day after the last; until now where nil.
  public var until: String?

  /// Takes the parts.
  public init(from: String? = nil, until: String? = nil) {
    self.from = from
    self.until = until
  }
}

/// The numbers for the public, counted once a minute however many ask.
final class PublicNumbers: Sendable {
  private let last = Mutex<(at: Instant, numbers: [TransparencyReply])?>(nil)
  private static let age = Duration.seconds(60)

  func numbers(
    at now: Instant, _ count: () throws -> [TransparencyReply]
  ) throws -> [TransparencyReply] {
    try last.withLock { last in
      if let last, now >= last.at, now < last.at + Self.age { return last.numbers }
      let numbers = try count()
      last = (now, numbers)
      return numbers
    }
  }
}

// MARK: - Numbers

extension Desk {
  /// What was done on a platform, or on all, over a period, held against what was sent.
  func transparency(_ name: String?, _ period: PeriodInput) throws -> [TransparencyReply] {
    let wanted = try name.map { [try platform($0)] }
    let (start, end) = try bounds(of: period)
    return try (wanted ?? allPlatforms).map { platform in
      var reply = try numbers(of: platform, from: start, until: end)
      let differences = try differences(on: platform, from: start, until: end)
      reply.agrees = differences.isEmpty
      reply.differences = differences
      return reply
    }
  }

  /// The same numbers for everybody: since the beginning, at most a minute old.
  func publicTransparency() throws -> [TransparencyReply] {
    let now = journal.now
    return try conduct.numbers.numbers(at: now) {
      try allPlatforms.map { try numbers(of: $0, from: nil, until: now) }
    }
  }

  private var allPlatforms: [Platform] { conductBook.platforms.values.sorted { $0.id < $1.id } }

  private func bounds(of period: PeriodInput) throws -> (Instant?, Instant) {
    func day(_ text: String) throws -> Instant {
      guard let day = Instant("\(text)T00:00:00Z") else {
        throw DeskFault("\"\(text.prefix(20))\" is no day: write it like 2026-01-31")
      }
      return day
    }
    let start = try period.from.map(day)
    let end = try period.until.map(day) ?? journal.now
    if let start, start >= end { throw DeskFault("the period ends before it begins") }
    return (start, end)
  }

  private func numbers(
    of platform: Platform, from start: Instant?, until end: Instant
  ) throws -> TransparencyReply {
    let first = start ?? Instant(milliseconds: 0)
    return TransparencyReply(
      platform, from: start, until: end,
      try journal.conductCounts(from: first, to: end, on: platform.id),
      try Report.Kind.allCases.map { kind in
        let isOwed =
          switch kind {
          case .authority: platform.terms.reportHours != nil
          case .dsa: DSAStatement.isOwed(platform)
          }
        return (
          kind,
          try journal.reportTallies(
            kind, from: first, to: end, on: platform.id, isOwed: isOwed)
        )
      })
  }
}

// MARK: - Against what was sent

extension Desk {
  /// The most reports that are read again.
  private static let readLimit = 100_000

  /// What the record says and what was sent does not: hashes, numbers, and whether a machine decided.
  private func differences(
    on platform: Platform, from start: Instant?, until end: Instant
  ) throws -> [String] {
    var differences: [String] = []
    let book = conductBook
    for kind in Report.Kind.allCases {
      let ids = try journal.reports(
        kind, from: start ?? Instant(milliseconds: 0), to: end, on: platform.id,
        limit: Self.readLimit)
      for id in ids {
        guard let report = book.reports[id], !report.isNote else { continue }
        if let difference = difference(report, book) { differences.append("\(id): \(difference)") }
      }
    }
    return differences
  }

  private func difference(_ report: Report, _ book: ConductBook) -> String? {
    let octets: [UInt8]?
    do {
      octets = try conduct.reports.shelf.octets(of: report.content)
    } catch {
      return "what was sent \(error.reason)"
    }
    // Erased, or made before reports were kept: its hash is all there is.
    guard let octets else { return nil }
    switch report.kind {
    case .authority:
      guard let sheet = try? AuthoritySheet(octets) else { return nil }
      let told = sheet.sanctions.map(\.sanction.number)
      return told == report.sanctions.map(\.description)
        ? nil : "it tells of \(told.joined(separator: ", "))"
    case .dsa:
      struct Statement: Decodable {
        let puid: String
        let automatedDecision: String
      }
      guard let statement = try? APIText.decode(Statement.self, from: octets),
        let sanction = report.sanctions.first.flatMap({ book.sanctions[$0] })
      else { return "it is no statement" }
      if statement.puid != report.key { return "its number there is \(statement.puid)" }
      let isAutomatic = sanction.plan.automation.decision
      let saysSo = statement.automatedDecision == "AUTOMATED_DECISION_FULLY"
      return isAutomatic == saysSo
        ? nil : "it says \(saysSo ? "a machine" : "a person") decided; it was the other"
    }
  }
}
