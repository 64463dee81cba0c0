internal import Enforcement
internal import Records

/// A site in a list.
struct SiteLine: Tellable {
  let site: String
  let state: String
  let risk: String
  let pages: Int
  let failing: Int
  let findings: Int
  let seen: String?
  let due: String?
  let category: String?
  let score: Double?
  let `case`: String?
  let caseState: String?
  let fault: String?
  let note: String
  let added: String
  let addedBy: String
  private let looked: String
  private let next: String
  private let order: Order
  private var widths: [Int] = []

  private enum CodingKeys: String, CodingKey {
    case site, state, risk, pages, failing, findings, seen, due, category, score, `case`
    case caseState, fault, note, added, addedBy
  }

  /// What needs a person first: new cases, then other open ones, findings, faults; then by name.
  struct Order: Comparable {
    let level: Int
    let score: Double
    let site: String

    static func < (left: Order, right: Order) -> Bool {
      (left.level, -left.score, left.site) < (right.level, -right.score, right.site)
    }
  }

  var urgency: Order { order }

  init(_ entry: SiteEntry, _ open: CaseFile?, now: Instant) {
    site = entry.terms.site.description
    state = entry.isWatched ? "watched" : "dropped"
    risk = entry.terms.risk.rawValue
    pages = entry.pages
    failing = entry.failing
    findings = entry.findings
    seen = entry.seen?.description
    due = entry.isWatched && entry.due.milliseconds != .max ? entry.due.description : nil
    category = entry.verdict?.category
    score = entry.verdict.map { ($0.score * 1000).rounded() / 1000 }
    `case` = open?.id.text
    caseState = open?.state.rawValue
    fault = entry.fault
    note = entry.terms.note
    added = entry.added.description
    addedBy = entry.addedBy
    looked = SpokenTime.ago(entry.seen, now: now)
    next = entry.isWatched ? SpokenTime.ahead(entry.due, now: now) : "-"
    let level =
      open?.state == .new
      ? 0 : open != nil ? 1 : entry.findings > 0 ? 2 : entry.fault != nil ? 3 : 4
    order = Order(
      level: entry.isWatched ? level : 5, score: entry.verdict?.score ?? 0, site: site)
  }

  /// The same line with the widths of its table.
  func aligned(_ table: SiteTable) -> SiteLine {
    var line = self
    line.widths = table.widths
    return line
  }

  /// The cells of the table.
  var cells: [String] {
    var verdict = category ?? "-"
    if findings > 0, let score { verdict += " \(Int((score * 100).rounded())) %" }
    let pageText = failing > 0 ? "\(pages) (\(failing) fail)" : "\(pages)"
    let caseText = `case`.map { "\($0) \(caseState ?? "")" } ?? (fault.map { "! \($0)" } ?? "")
    return [site, state == "watched" ? risk : state, pageText, looked, next, verdict, caseText]
  }

  func text(_ style: TextStyle) -> String {
    let cells = cells.map(style.safe)
    var text = ""
    for (index, cell) in cells.enumerated() {
      let width = index < widths.count && index < cells.count - 1 ? widths[index] : 0
      text +=
        tone(index).map { style.paint(style.column(cell, width), $0) }
        ?? style.column(cell, width)
      if index < cells.count - 1 { text += "  " }
    }
    return String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
  }

  private func tone(_ index: Int) -> TextStyle.Tone? {
    switch index {
    case 0: findings > 0 ? .strong : nil
    case 5: findings > 0 ? .bad : category == nil ? .faint : nil
    case 6: `case` != nil ? .warning : fault != nil ? .faint : nil
    default: nil
    }
  }
}

/// The columns of a list of sites.
struct SiteTable {
  /// No column is wider, whatever stands in it.
  private static let widest = 48

  private static let titles = ["SITE", "RISK", "PAGES", "LOOKED", "NEXT", "VERDICT", "CASE"]

  let widths: [Int]

  init(_ lines: [SiteLine]) {
    var widths = Self.titles.map(\.count)
    for line in lines {
      for (index, cell) in line.cells.enumerated() {
        widths[index] = min(max(widths[index], cell.count), Self.widest)
      }
    }
    self.widths = widths
  }

  func heading(_ style: TextStyle) -> String {
    let cells = zip(Self.titles, widths).map { style.column($0, $1) }
    return style.paint(
      String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()), .faint)
      + "\n"
  }

  func summary(_ lines: [SiteLine], _ style: TextStyle) -> String {
    let watched = lines.count { $0.state == "watched" }
    let found = lines.count { $0.findings > 0 }
    let open = lines.count { $0.case != nil }
    let failing = lines.count { $0.fault != nil }
    return style.paint(
      "\(watched) watched, \(found) with findings, \(open) with an open case, \(failing) cannot be"
        + " reached\n", .faint)
  }
}
