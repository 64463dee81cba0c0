internal import Detection
internal import Foundation

/// A verdict, as programs and people read it.
struct ScanReply: Tellable {
  let id: ScanID
  let verdict: Verdict

  private enum CodingKeys: String, CodingKey {
    case id, category, score, language, evidence, packs
    case needsRendering = "needs_rendering"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(verdict.category, forKey: .category)
    try container.encode(Self.rounded(verdict.score), forKey: .score)
    try container.encodeIfPresent(verdict.language, forKey: .language)
    let evidence = verdict.evidence.map { piece in
      var piece = piece
      piece.weight = Self.rounded(piece.weight)
      return piece
    }
    try container.encode(evidence, forKey: .evidence)
    try container.encode(verdict.packs, forKey: .packs)
    if verdict.needsRendering { try container.encode(true, forKey: .needsRendering) }
  }

  /// To a thousandth: what is beyond says nothing.
  private static func rounded(_ number: Double) -> Double { (number * 1_000).rounded() / 1_000 }

  func text(_ style: TextStyle) -> String {
    var text = style.paint(style.safe(id.description), .strong) + "\n"
    text += "  " + style.paint(verdict.category.rawValue, Self.tone(verdict.category))
    text += "  \(Int((verdict.score * 100).rounded())) %"
    if let language = verdict.language { text += "  \(language)" }
    text += verdict.needsRendering ? "  needs rendering\n" : "\n"
    let shown = verdict.evidence.prefix(12)
    let width = shown.map(\.signal.count).max() ?? 0
    for piece in shown {
      text += "  " + Self.weight(piece.weight) + "  " + style.column(piece.signal, width)
      text += "  " + style.safe(Self.short(piece.text)) + "  "
      text += style.paint(
        "\(piece.location.part.rawValue) \(piece.location.start)–\(piece.location.end)", .faint)
      text += "\n"
    }
    if verdict.evidence.count > shown.count {
      text += style.paint("  and \(verdict.evidence.count - shown.count) more\n", .faint)
    }
    return text
  }

  /// A weight with its sign, six wide.
  static func weight(_ weight: Double) -> String {
    let text = String(format: "%+.2f", weight)
    return String(repeating: " ", count: max(0, 6 - text.count)) + text
  }

  /// The text on one line, at most 60 characters.
  static func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 60 ? line.prefix(59) + "…" : line
  }

  static func tone(_ category: Category) -> TextStyle.Tone {
    switch category {
    case .venue, .tokenSale, .paymentAcceptance, .solicitation: .warning
    case .reporting: .good
    case .none: .faint
    }
  }
}
