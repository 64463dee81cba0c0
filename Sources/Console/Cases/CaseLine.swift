internal import Enforcement

/// A case in one line, as list and every decision tell it.
struct CaseLine: Tellable {
  let id: String
  let site: String
  let category: String
  let score: Double
  let state: String
  let opened: String
  let url: String
  let language: String?
  let findings: Int
  let evidenceDigest: String?
  let reviewed: Bool
  let notices: Int
  let deadline: String?
  let goneOn: [String]
  let nextStep: String
  let due: String?
  let isDue: Bool
  let follows: String?
  let ended: String?
  private let age: String
  private let isPersons: Bool

  init(_ found: CaseFile, at now: Instant) {
    let next = NextStep(found)
    id = found.id.text
    site = found.site.description
    category = found.category.rawValue
    score = found.score
    state = found.state.rawValue
    opened = found.opened.description
    url = found.url
    language = found.language
    findings = found.evidence.count
    evidenceDigest = found.newestEvidence?.hex
    reviewed = found.isReviewed
    notices = found.notices.count
    deadline = found.notice?.deadline.description
    goneOn = found.goneOn
    nextStep = next.text
    due = next.due?.description
    isDue = found.isDue
    follows = found.follows?.text
    ended = found.ended?.description
    age = Self.age(now.duration(since: found.opened))
    isPersons = next.isPersons
  }

  private enum CodingKeys: String, CodingKey {
    case id, site, category, score, state, opened, url, language, findings, evidenceDigest
    case reviewed, notices, deadline, goneOn, nextStep, due, isDue, follows, ended
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      row(style, "case", "site", "category", "score", "state", "age", "due")
        + "next\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let score = "\(Int((self.score * 100).rounded())) %"
    let due = isDue ? "now" : due.map { String($0.prefix(10)) } ?? ""
    let row = Self.row(
      style, id, style.safe(site), category, score, state, age, due, Self.tone(state))
    return row + (isPersons ? style.paint(nextStep, .warning) : nextStep) + "\n"
  }

  /// Long sites are cut in the middle: the host's end tells more than a path's.
  private static func row(
    _ style: TextStyle, _ id: String, _ site: String, _ category: String, _ score: String,
    _ state: String, _ age: String, _ due: String, _ tone: TextStyle.Tone? = nil
  ) -> String {
    let shown = site.count <= 30 ? site : "\(site.prefix(14))…\(site.suffix(15))"
    let state = style.column(state, 11)
    return style.column(id, 16) + style.column(shown, 32) + style.column(category, 20)
      + style.column(score, 7) + (tone.map { style.paint(state, $0) } ?? state)
      + style.column(age, 6) + style.column(due, 12)
  }

  private static func tone(_ state: String) -> TextStyle.Tone {
    switch CaseState(rawValue: state) {
    case .new, .rechecked: .warning
    case .reviewed, .noticed, .waiting, .referred: .strong
    case .resolved: .good
    case .dismissed, nil: .faint
    }
  }

  private static func age(_ duration: Duration) -> String {
    let minutes = duration.components.seconds / 60
    if minutes < 60 { return "\(max(0, minutes)) m" }
    return minutes < 48 * 60 ? "\(minutes / 60) h" : "\(minutes / 1440) d"
  }
}

/// The end of a list of cases.
struct CaseCount: Sendable {
  let shown: Int
  let hidden: Int

  func text(_ style: TextStyle) -> String {
    var text = shown == 0 ? "There are no cases to show.\n" : ""
    if hidden > 0 {
      text += style.paint(
        "\(hidden) \(hidden == 1 ? "case has" : "cases have") ended: add --all to see them\n",
        .faint)
    }
    return text
  }
}
