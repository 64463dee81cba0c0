internal import Enforcement

/// An infraction in one line.
struct InfractionLine: Tellable {
  let id: String
  let account: String
  let platform: String
  let key: String?
  let kind: String
  let category: String
  let score: Double
  let rule: String
  let state: String
  let held: String?
  let published: String
  let found: String

  init(_ file: InfractionFile, _ book: ConductBook) {
    let account = book.accounts[file.account]
    let infraction = file.infraction
    id = file.id.description
    self.account = file.account.description
    platform = account?.platform.text ?? ""
    key = account.flatMap { $0.erased == nil ? $0.entry.identity.key : nil }
    kind = infraction.kind.text
    category = infraction.category.rawValue
    score = infraction.score
    rule = infraction.rule.description
    state = file.state.rawValue
    held = file.state == .held ? infraction.held?.rawValue : nil
    published = infraction.published.description
    found = file.found.description
  }

  static func heading(_ style: TextStyle) -> String {
    style.paint(
      style.column("infraction", 11) + style.column("account", 28) + style.column("kind", 22)
        + style.column("score", 7) + style.column("state", 12) + "why it waits\n", .faint)
  }

  func text(_ style: TextStyle) -> String {
    let word = held.flatMap(Infraction.Hold.init(rawValue:))?.sentence ?? ""
    return style.column(id, 11)
      + style.column(style.safe("\(platform)/\(key ?? "erased")"), 28) + style.column(kind, 22)
      + style.column("\(Int((score * 100).rounded())) %", 7) + style.column(state, 12)
      + style.paint(word, .warning) + "\n"
  }
}

/// All about an infraction.
struct InfractionDetail: Tellable {
  let infraction: InfractionLine
  let post: String?
  let language: String?
  let postsSeen: Int
  let packs: [String]
  let content: String
  let evidence: [SanctionTrace.Fact.Piece]
  let traits: [TraitReply]

  struct TraitReply: Encodable, Sendable {
    let kind: String
    let value: String
  }

  init(_ file: InfractionFile, _ book: ConductBook, evidence: InfractionEvidence?) {
    let seen = file.infraction
    infraction = InfractionLine(file, book)
    post = evidence?.post
    language = evidence?.language
    postsSeen = seen.postsSeen
    packs = seen.packs
    content = seen.content.hex
    self.evidence = (evidence?.pieces ?? []).map {
      SanctionTrace.Fact.Piece(signal: $0.signal, text: $0.text, weight: $0.weight)
    }
    traits = (evidence?.traits ?? []).map { TraitReply(kind: $0.kind.rawValue, value: $0.value) }
  }

  func text(_ style: TextStyle) -> String {
    let line = infraction
    var text = style.fields([
      ("infraction", style.paint(line.id, .strong)),
      ("account", style.safe("\(line.account), \(line.platform)/\(line.key ?? "erased")")),
      ("kind", "\(line.kind) (\(line.category), score \(line.score))"), ("rule", line.rule),
      ("state", line.state),
      (
        "waits",
        line.held.flatMap(Infraction.Hold.init(rawValue:)).map {
          style.paint($0.sentence, .warning)
        }
      ), ("post", post.map(style.safe)), ("published", line.published), ("found", line.found),
      ("language", language.map(style.safe)), ("posts seen", "\(postsSeen)"),
      ("packs", packs.joined(separator: ", ")), ("content", content),
    ])
    for piece in evidence {
      text += "  " + style.column((piece.weight < 0 ? "" : "+") + "\(piece.weight)", 8)
      text += style.paint(style.safe(piece.signal) + "  ", .faint)
      text += "“\(style.safe(piece.text))”\n"
    }
    for trait in traits { text += "  \(trait.kind)  \(style.safe(trait.value))\n" }
    return text
  }
}

extension Infraction.Hold {
  /// Why an infraction waits, in a few words.
  var sentence: String {
    switch self {
    case .unknownCategory: "nobody has told the account's category"
    case .ruleAsks: "the rule wants a person to look"
    case .ruleStopped: "the rule was stopped"
    case .noWeight: "the ladder gives it no points"
    }
  }
}
