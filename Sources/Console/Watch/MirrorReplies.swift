internal import Detection
internal import Enforcement
internal import Records

/// A site that seems to be another one under a new name.
struct MirrorLine: Tellable {
  let candidate: String
  let resembles: String
  let strength: Double
  let state: String
  let reasons: [Reason]

  /// One way in which the two are alike.
  struct Reason: Encodable, Sendable {
    let kind: String
    let evidence: String
    let weight: Double
  }

  init(_ proposal: MirrorProposal, isWatched: Bool) {
    candidate = proposal.candidate
    resembles = proposal.resembles
    strength = Self.rounded(proposal.strength)
    state = isWatched ? "watched" : "proposed"
    reasons = proposal.reasons.map {
      Reason(kind: $0.kind.rawValue, evidence: $0.evidence, weight: Self.rounded($0.weight))
    }
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  func text(_ style: TextStyle) -> String {
    let mark = state == "watched" ? style.paint("  watched", .faint) : ""
    let percent = "\(Int((strength * 100).rounded()))"
    let padded = String(repeating: " ", count: max(0, 3 - percent.count)) + percent
    let head =
      "\(padded)  \(style.paint(style.safe(candidate), .strong))  resembles "
      + "\(style.safe(resembles))\(mark)\n"
    return head
      + reasons.map { "     \(style.column($0.kind, 11))  \(style.safe($0.evidence))\n" }.joined()
  }
}

/// A name that may be worth a look.
struct LeadLine: Tellable {
  let name: String
  let venue: String?
  let reason: String
  let source: String
  let time: String
  let state: String
  private let widths: [Int]

  private enum CodingKeys: String, CodingKey {
    case name, venue, reason, source, time, state
  }

  init(_ lead: LeadEntry, isWatched: Bool, _ table: LeadTable) {
    name = lead.name
    venue = lead.venue
    reason = lead.reason
    source = lead.source
    time = lead.time.description
    state = isWatched ? "watched" : "open"
    widths = table.widths
  }

  func text(_ style: TextStyle) -> String {
    let cells = [name, reason, source].map(style.safe)
    let columns = zip(cells, widths).map { style.column($0, $1) }
    return columns.joined(separator: "  ") + "  " + time + "\n"
  }
}

/// The columns of a list of leads.
struct LeadTable {
  /// No column is wider, whatever stands in it.
  private static let widest = 48

  let widths: [Int]

  init(_ leads: [LeadEntry]) {
    let columns = [
      ("NAME", leads.map(\.name)), ("WHY", leads.map(\.reason)), ("WHERE", leads.map(\.source)),
    ]
    widths = columns.map { title, cells in
      min(Self.widest, max(title.count, cells.map(\.count).max() ?? 0))
    }
  }

  func heading(_ style: TextStyle) -> String {
    let titles = zip(["NAME", "WHY", "WHERE"], widths).map { style.column($0, $1) }
    return style.paint(titles.joined(separator: "  ") + "  WHEN\n", .faint)
  }
}
