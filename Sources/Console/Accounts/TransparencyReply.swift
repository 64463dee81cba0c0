internal import Enforcement
internal import Records

/// What was done about accounts on one platform over a period, and what others were told of it.
///
/// All numbers are counted from the journal's views; they name nobody.
struct TransparencyReply: Tellable {
  let platform: String
  let name: String
  let from: String?
  let until: String
  let infractions: [String: Int]
  /// By the rule and its version that found them.
  let infractionsByRule: [String: Int]
  let infractionsDismissed: Int
  let infractionsOverturned: Int
  let sanctions: [String: Int]
  /// By each rule that they lean on; one may lean on several.
  let sanctionsByRule: [String: Int]
  let automatic: Int
  let ended: [String: Int]
  let appealsFiled: Int
  let appeals: [String: Int]
  let appealsLate: Int
  let latestLiftingSeconds: Double?
  let reports: [Reported]
  /// Whether all that the record says agrees with all that was sent; nil where it was not looked at.
  var agrees: Bool?
  /// Where it does not, in sentences.
  var differences: [String]?

  /// How reports of one kind stand.
  struct Reported: Encodable, Sendable {
    let kind: String
    let owed: Int
    let told: Int
    let made: Int
    let arrived: Int
    let waiting: Int
    let givenUp: Int
    let corrections: Int
    let notWithdrawable: Int
    let latestSeconds: Double?
  }

  init(
    _ platform: Platform, from start: Instant?, until end: Instant, _ counts: ConductCounts,
    _ reports: [(Report.Kind, ReportTallies)]
  ) {
    self.platform = platform.id.text
    name = platform.name
    from = start?.description
    until = end.description
    infractions = counts.infractionsByKind
    infractionsByRule = counts.infractionsByRule
    infractionsDismissed = counts.infractionsByState[.dismissed] ?? 0
    infractionsOverturned = counts.infractionsByState[.overturned] ?? 0
    sanctions = Dictionary(
      uniqueKeysWithValues: SanctionKind.allCases.map { ($0.rawValue, counts.imposed[$0] ?? 0) })
    sanctionsByRule = counts.imposedByRule
    automatic = counts.automatic
    ended = Dictionary(uniqueKeysWithValues: counts.ended.map { ($0.key.rawValue, $0.value) })
    appealsFiled = counts.appealsFiled
    appeals = counts.appealsByOutcome
    appealsLate = counts.appealsLate
    latestLiftingSeconds = counts.latestLifting?.inSeconds
    self.reports = reports.map { kind, tallies in
      Reported(
        kind: kind.rawValue, owed: tallies.owed, told: tallies.told, made: tallies.made,
        arrived: tallies.arrived, waiting: tallies.waiting, givenUp: tallies.givenUp,
        corrections: tallies.corrections, notWithdrawable: tallies.notes,
        latestSeconds: tallies.latest?.inSeconds)
    }
  }

  /// How many sanctions took effect.
  var imposed: Int { sanctions.values.reduce(0, +) }

  func text(_ style: TextStyle) -> String {
    func list(_ counts: [String: Int]) -> String {
      let shown = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      return shown.isEmpty ? "none" : shown.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
    var text = style.fields([
      ("platform", style.paint(style.safe("\(name) (\(platform))"), .strong)),
      ("period", (from.map { "\($0.prefix(10)) " } ?? "") + "until \(until.prefix(16))"),
      ("infractions", list(infractions)), ("sanctions", list(sanctions)),
      ("by rule", list(sanctionsByRule)), ("automatic", "\(automatic) of \(imposed)"),
      ("ended", list(ended)),
      ("appeals", "\(appealsFiled) filed; \(list(appeals)); \(appealsLate) answered late"),
      ("latest lifting", latestLiftingSeconds.map { "\($0) s" }),
    ])
    text += "\n" + style.paint(Self.heading(style), .faint)
    for line in reports {
      let numbers = [
        line.owed, line.told, line.made, line.arrived, line.waiting, line.givenUp,
        line.corrections, line.notWithdrawable,
      ]
      text += style.column(line.kind, 11)
      text += numbers.map { style.column("\($0)", 9) }.joined()
      text += line.latestSeconds.map { "\($0) s" } ?? ""
      text += "\n"
    }
    if let agrees {
      text += style.paint(
        agrees ? "The record and what was sent agree.\n" : "They do not agree:\n",
        agrees ? .good : .bad)
    }
    for difference in differences ?? [] { text += "  \(difference)\n" }
    return text
  }

  private static func heading(_ style: TextStyle) -> String {
    let words = ["owed", "told", "made", "arrived", "waiting", "failed", "corrects", "standing"]
    return style.column("reports", 11) + words.map { style.column($0, 9) }.joined() + "latest\n"
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds / 1_000_000_000_000_000) / 1_000
  }
}
