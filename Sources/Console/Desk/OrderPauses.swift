internal import DomainNames
internal import Enforcement
internal import Records

extension OrderDetail {
  /// A line that the brake paused.
  struct PauseReply: Encodable, Sendable {
    let line: String
    let name: String?
    let since: String
    let matched: Int
    let counted: Int
    let seconds: Int
    /// When an officer put it back; nil while it is paused.
    let lifted: String?

    static func all(of version: OrderVersion, _ targets: [RecordedTarget]) -> [PauseReply] {
      let names = targets.reduce(into: [:]) { $0[$1.line] = $1.name?.description }
      return (version.pauses ?? [:]).sorted { $0.key < $1.key }.map { line, pause in
        PauseReply(
          line: line.description, name: names[line], since: pause.since.description,
          matched: pause.reading.matched, counted: pause.reading.counted,
          seconds: pause.reading.seconds, lifted: pause.lifted?.description)
      }
    }

    static func text(_ pauses: [PauseReply], of order: String, _ style: TextStyle) -> String {
      guard !pauses.isEmpty else { return "" }
      var text = style.paint("\nPaused by the brake\n", .strong)
      for pause in pauses {
        text += style.column(pause.line, 7) + (pause.name ?? "") + "  since \(pause.since)"
        text += ", for matching \(pause.matched) of \(pause.counted) counted queries"
        text += " in \(pause.seconds) seconds"
        text +=
          pause.lifted.map { ", put back \($0)\n" }
          ?? style.paint(
            "; to put it back: cordon order resume \(order) --line \(pause.line) --reason \"…\"\n",
            .warning)
      }
      return text
    }
  }
}

extension LineChange {
  /// What happened, in a few words.
  func phrase(of line: LineID) -> String {
    switch self {
    case .paused(let reading):
      "line \(line) paused by the brake: it matched \(reading.matched) of \(reading.counted)"
        + " counted queries in \(reading.seconds) seconds"
    case .resumed(let reason): "line \(line) put back: \(reason)"
    }
  }
}
