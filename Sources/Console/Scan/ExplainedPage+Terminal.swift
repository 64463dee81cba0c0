internal import Detection

/// A page with its evidence marked, for a terminal.
struct TerminalExplanation {
  let scan: ScanSubject
  let verdict: Verdict

  /// The page, and below it the list of evidence.
  ///
  /// Evidence for the category is yellow, evidence against it cyan; without colours, it stands in
  /// brackets. The small number is its place in the list.
  func text(_ style: TextStyle) -> String {
    var text = ""
    let page = ReadablePage(scan, verdict)
    for stretch in page.stretches {
      let words = lines(stretch.text, style)
      guard let first = stretch.marks.first else {
        text += words
        continue
      }
      let numbers = stretch.marks.map { "\($0 + 1)" }.joined(separator: ",")
      if style.color {
        let colour = verdict.evidence[first].weight >= 0 ? "30;43" : "30;46"
        text += "\u{1B}[\(colour)m\(words)\u{1B}[0m" + style.paint(numbers, .faint)
      } else {
        text += "⟦\(words)⟧\(numbers)"
      }
    }
    if page.isCut { text += style.paint("\n… the rest is not shown", .faint) }
    return text.trimmingNewlines + "\n\n" + legend(style)
  }

  private func legend(_ style: TextStyle) -> String {
    var text = style.paint(verdict.category.rawValue, ScanReply.tone(verdict.category))
    text += "  \(Int((verdict.score * 100).rounded())) %"
    text += verdict.language.map { "  \($0)\n" } ?? "\n"
    let width = verdict.evidence.map(\.signal.count).max() ?? 0
    for (number, piece) in verdict.evidence.enumerated() {
      text += style.paint(style.column("\(number + 1)", 4), .faint)
      text += ScanReply.weight(piece.weight) + "  " + style.column(piece.signal, width) + "  "
      text += style.safe(ScanReply.short(piece.text)) + "\n"
    }
    return text
  }

  /// Foreign text made safe, its line breaks kept.
  private func lines(_ text: String, _ style: TextStyle) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { style.safe(String($0)) }
      .joined(separator: "\n")
  }
}

extension String {
  /// Without white space at its ends.
  fileprivate var trimmingNewlines: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
