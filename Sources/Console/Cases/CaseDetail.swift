internal import Enforcement
internal import Records

/// All about a case: what was found and where, what it rests on, and what became of it.
struct CaseDetail: Tellable {
  let summary: CaseLine
  let review: Review?
  let evidence: [FindingReply]
  let findingsNotShown: Int
  let notices: [NoticeReply]
  let history: [OrderDetail.HistoryLine]

  private enum CodingKeys: String, CodingKey {
    case summary = "case"
    case review, evidence = "findings", findingsNotShown, notices, history
  }

  struct Review: Encodable, Sendable {
    let by: String
    let at: String
    let evidenceDigest: String
    let isCurrent: Bool
  }

  /// Findings shown before all are asked for: the newest.
  private static let fewFindings = 3

  init(
    _ found: CaseFile, findings: [RecordedFinding], history: [RecordedEvent],
    deliveries: [Delivery], everyPiece: Bool, at now: Instant
  ) {
    summary = CaseLine(found, at: now)
    review = found.review.map {
      Review(
        by: $0.by.description, at: $0.at.description, evidenceDigest: $0.evidence.hex,
        isCurrent: found.isReviewed)
    }
    let shown = everyPiece ? findings[...] : findings.suffix(Self.fewFindings)
    evidence = shown.map { FindingReply($0, everyPiece: everyPiece) }
    findingsNotShown = findings.count - shown.count
    notices = history.compactMap { recorded in
      guard case .caseChanged(_, .noticePrepared(let notice)) = recorded.event.change else {
        return nil
      }
      return NoticeReply(notice, recorded, deliveries)
    }
    self.history = history.map { recorded in
      OrderDetail.HistoryLine(
        entry: recorded.index, time: recorded.event.time.description,
        by: recorded.event.actor.description, what: recorded.event.change.phrase)
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.fields([
      ("case", style.paint(summary.id, .strong)), ("site", style.safe(summary.site)),
      ("category", "\(summary.category), score \(summary.score)"),
      ("state", summary.state + (summary.ended.map { " since \($0)" } ?? "")),
      ("next", summary.nextStep.isEmpty ? nil : summary.nextStep), ("due", summary.due),
      ("opened", summary.opened), ("follows", summary.follows),
      (
        "reviewed",
        review.map { "\($0.at) by \($0.by)\($0.isCurrent ? "" : ", before the newest evidence")" }
          ?? "by nobody yet"
      ),
      ("gone on", summary.goneOn.isEmpty ? nil : summary.goneOn.joined(separator: ", ")),
    ])
    if findingsNotShown > 0 {
      text += style.paint("\n\(findingsNotShown) earlier findings: add --all\n", .faint)
    }
    for finding in evidence { text += "\n" + finding.text(style) }
    for notice in notices { text += "\n" + notice.text(style) }
    text += style.paint("\nHistory\n", .strong)
    for line in history {
      text += style.column("\(line.entry)", 7) + style.column(line.time, 26)
      text += style.column(line.by, 16) + style.safe(line.what) + "\n"
    }
    return text
  }
}

/// A finding with its evidence, as the page had it.
struct FindingReply: Encodable, Sendable {
  let entry: UInt64
  let url: String
  let address: String?
  let seen: String
  let score: Double
  let language: String?
  let packs: [String]
  let evidenceDigest: String
  let capture: CaptureReply?
  let evidence: [Piece]
  let evidenceNotShown: Int

  struct Piece: Encodable, Sendable {
    let signal: String
    let weight: Double
    let text: String
    let part: String
    let start: Int
    let end: Int
  }

  /// Pieces shown before all are asked for, the same words once.
  private static let fewPieces = 8

  init(_ recorded: RecordedFinding, everyPiece: Bool) {
    let finding = recorded.finding
    entry = recorded.index
    url = finding.url
    address = finding.address
    seen = finding.seen.description
    score = finding.score
    language = finding.language
    packs = finding.packs
    evidenceDigest = finding.evidenceDigest.hex
    capture = finding.capture.map(CaptureReply.init)
    var known: Set<[String]> = []
    let shown =
      everyPiece
      ? finding.evidence[...]
      : finding.evidence.filter { known.insert([$0.signal, $0.text]).inserted }
        .prefix(Self.fewPieces)
    evidence = shown.map { piece in
      Piece(
        signal: piece.signal, weight: piece.weight, text: piece.text, part: piece.part.rawValue,
        start: piece.start, end: piece.end)
    }
    evidenceNotShown = finding.evidence.count - shown.count
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint("Found \(seen)\n", .strong)
    text += style.fields([
      ("page", style.safe(url)), ("address", address.map(style.safe)), ("score", "\(score)"),
      ("language", language.map(style.safe)),
      ("packs", packs.isEmpty ? nil : style.safe(packs.joined(separator: ", "))),
      ("evidence", evidenceDigest), ("capture", capture?.phrase(style)),
      ("payload", capture?.payload), ("proof", "cordon record prove \(entry)"),
    ])
    let width = evidence.map(\.signal.count).max() ?? 0
    for piece in evidence {
      let weight = (piece.weight < 0 ? "" : "+") + "\(piece.weight)"
      text += "  " + style.column(weight, 8)
      text += style.paint(style.column(style.safe(piece.signal), width + 2), .faint)
      text += "“\(style.safe(piece.text))”"
      text += style.paint("  \(piece.part) \(piece.start)–\(piece.end)", .faint) + "\n"
    }
    if evidenceNotShown > 0 {
      text += style.paint("  and \(evidenceNotShown) more: add --all\n", .faint)
    }
    return text
  }
}

/// Where a page is kept as it was.
struct CaptureReply: Encodable, Sendable {
  let file: String
  let offset: Int64
  let payload: String

  init(_ capture: CaptureReference) {
    file = capture.file
    offset = capture.offset
    payload = capture.payload.hex
  }

  func phrase(_ style: TextStyle) -> String { "\(style.safe(file)), octet \(offset)" }
}

/// A notice and how its letters fare.
struct NoticeReply: Encodable, Sendable {
  let number: Int
  let entry: UInt64
  let by: String
  let prepared: String
  let deadline: String
  let language: String
  let rule: String
  let letters: [Letter]

  struct Letter: Encodable, Sendable {
    let to: String
    let duty: String
    let source: String
    let messageId: String
    let state: String
    let attempts: Int
    let nextTry: String?
    let lastError: String?
  }

  init(_ notice: Enforcement.Notice, _ recorded: RecordedEvent, _ deliveries: [Delivery]) {
    number = notice.number
    entry = recorded.index
    by = recorded.event.actor.description
    prepared = recorded.event.time.description
    deadline = notice.deadline.description
    language = notice.language
    rule = notice.rule
    letters = notice.letters.enumerated().map { position, letter in
      let place = DeliveryPlace(notice: notice.number, recipient: position + 1)
      let delivery = deliveries.first { $0.place == place }
      return Letter(
        to: letter.recipient.address, duty: letter.recipient.duty.rawValue,
        source: letter.recipient.source, messageId: letter.messageID,
        state: delivery?.state.rawValue ?? Delivery.State.pending.rawValue,
        attempts: delivery?.attempts ?? 0, nextTry: delivery?.nextTry?.description,
        lastError: delivery?.lastError)
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint("Notice \(number)\n", .strong)
    text += style.fields([
      ("written", "\(prepared) by \(by), in \(style.safe(language))"), ("act by", deadline),
      ("rule", style.safe(rule)), ("proof", "cordon record prove \(entry)"),
    ])
    for letter in letters {
      text += "  " + style.column(letter.state, 11) + style.column(letter.duty, 11)
      text += style.safe(letter.to) + style.paint("  from \(style.safe(letter.source))", .faint)
      if let nextTry = letter.nextTry, letter.attempts > 0 {
        text += ", \(letter.attempts) tries, next \(nextTry)"
      }
      if let error = letter.lastError { text += ": " + style.paint(style.safe(error), .bad) }
      text += "\n"
    }
    return text
  }
}
