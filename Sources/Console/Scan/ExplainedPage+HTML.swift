internal import Detection
internal import Foundation

/// Pages with their evidence marked, as one file of markup that asks nothing of any other.
struct HTMLExplanation {
  let pages: [(scan: ScanSubject, verdict: Verdict)]

  /// The whole file.
  var octets: [UInt8] {
    var markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="referrer" content="no-referrer">
      <title>Verdicts explained</title>
      <style>
      \(ExplanationStyle.sheet)
      </style>
      </head>
      <body>

      """
    for (number, page) in pages.enumerated() {
      markup += section(page.scan, page.verdict, number + 1)
    }
    markup += "</body>\n</html>\n"
    return Array(markup.utf8)
  }

  private func section(_ scan: ScanSubject, _ verdict: Verdict, _ number: Int) -> String {
    """
    <section>
    \(header(scan, verdict))
    <div class="columns">
    <article\(verdict.language.map { " lang=\"\(escaped($0))\"" } ?? "")>\
    \(text(scan, verdict, number))</article>
    <aside>
    <h2>Evidence</h2>
    \(list(verdict, number))
    <p class="note">A bar to the right speaks for <b>\(verdict.category.rawValue)</b>, to the left \
    against it; its length is what the piece adds to the log odds. Pieces without a bar only say \
    what the page is about.</p>
    </aside>
    </div>
    </section>

    """
  }

  private func header(_ scan: ScanSubject, _ verdict: Verdict) -> String {
    let percent = Int((verdict.score * 100).rounded())
    let state = verdict.category.isFinding ? "finding" : "clear"
    let address = scan.subject.url.map { "<p class=\"address\">\(escaped($0))</p>" } ?? ""
    let title = scan.subject.title.map { "<p class=\"title\">\(escaped($0))</p>" } ?? ""
    return """
      <header class="\(state)">
      <p class="category">\(verdict.category.rawValue)</p>
      <p class="score"><span class="bar"><span style="width:\(percent)%"></span></span> \
      \(percent) % sure\(verdict.language.map { ", language \(escaped($0))" } ?? "")</p>
      <h1>\(escaped(scan.id.description))</h1>
      \(title)\(address)
      </header>
      """
  }

  private func text(_ scan: ScanSubject, _ verdict: Verdict, _ section: Int) -> String {
    var markup = ""
    var seen: Set<Int> = []
    let page = ReadablePage(scan, verdict)
    for stretch in page.stretches {
      guard let first = stretch.marks.first else {
        markup += escaped(stretch.text)
        continue
      }
      let names = stretch.marks.map { verdict.evidence[$0].signal }.joined(separator: ", ")
      let anchor = seen.insert(first).inserted ? " id=\"p\(section)-\(first)\"" : ""
      markup += "<a class=\"mark \(side(verdict.evidence[first].weight))\"\(anchor) "
      markup +=
        "href=\"#e\(section)-\(first)\" title=\"\(escaped(names))\">\(escaped(stretch.text))"
      markup += "<sup>\(stretch.marks.map { "\($0 + 1)" }.joined(separator: ","))</sup></a>"
    }
    if page.isCut { markup += "<p class=\"note\">The rest is not shown.</p>" }
    return markup
  }

  private func list(_ verdict: Verdict, _ section: Int) -> String {
    guard !verdict.evidence.isEmpty else {
      return "<p class=\"note\">Nothing on the page speaks for or against anything.</p>"
    }
    let most = max(0.1, verdict.evidence.map { abs($0.weight) }.max() ?? 0)
    let rows = verdict.evidence.enumerated().map { number, piece in
      let width = String(format: "%.1f", 50 * abs(piece.weight) / most)
      return """
        <li id="e\(section)-\(number)" value="\(number + 1)"><a href="#p\(section)-\(number)">
        <span class="signal">\(escaped(piece.signal))</span>
        <span class="weight">\(String(format: "%+.2f", piece.weight))</span>
        <span class="scale"><span class="\(side(piece.weight))" style="width:\(width)%"></span></span>
        <q>\(escaped(ScanReply.short(piece.text)))</q>
        <span class="place">\(piece.location.part.rawValue) \
        \(piece.location.start)–\(piece.location.end)</span></a></li>
        """
    }
    return "<ol>\n\(rows.joined(separator: "\n"))\n</ol>"
  }

  private func side(_ weight: Double) -> String {
    weight > 0 ? "for" : weight < 0 ? "against" : "about"
  }

  /// Text that no browser reads as markup.
  private func escaped(_ text: String) -> String {
    var markup = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      case "\n", "\t": markup.unicodeScalars.append(scalar)
      default:
        let isSafe =
          switch scalar.properties.generalCategory {
          case .control, .format, .surrogate, .privateUse: false
          default: true
          }
        markup.unicodeScalars.append(isSafe ? scalar : "\u{FFFD}")
      }
    }
    return markup
  }
}
