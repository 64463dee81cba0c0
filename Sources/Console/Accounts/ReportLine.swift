internal import Enforcement
internal import Records

/// A report that went out, or is to.
struct ReportLine: Tellable {
  let id: String
  let kind: String
  let sanctions: [String]
  let corrects: String?
  let content: String
  let made: String
  let key: String
  let receipt: String?
  /// Where it stands: `pending`, `sent`, `failed`.
  let state: String
  let attempts: Int
  let nextTry: String?
  let lastError: String?

  init(_ report: Report, _ delivery: EffectStatus?) {
    id = report.id.description
    kind = report.kind.rawValue
    sanctions = report.sanctions.map(\.description)
    corrects = report.corrects?.description
    content = report.content.hex
    made = report.made.description
    key = report.key
    receipt = report.receipt
    state = (delivery?.state ?? (report.receipt == nil ? .pending : .sent)).rawValue
    attempts = delivery?.attempts ?? 0
    nextTry = delivery?.nextTry?.description
    lastError = delivery?.lastError
  }

  func text(_ style: TextStyle) -> String {
    style.column(id, 8) + style.column(kind, 11) + style.column(String(made.prefix(16)), 18)
      + style.column("\(sanctions.count) sanctions", 15) + stands(style)
      + (corrects.map { ", corrects \($0)" } ?? "") + "\n"
  }

  private func stands(_ style: TextStyle) -> String {
    if let receipt { return "received: \(style.safe(receipt))" }
    let why = lastError.map { ": \(style.safe($0))" } ?? ""
    return state == EffectState.failed.rawValue
      ? style.paint("given up\(why)", .bad) : style.paint("on its way\(why)", .warning)
  }
}
