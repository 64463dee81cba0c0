internal import DomainNames
internal import Enforcement
internal import Records

/// One target of a file and what becomes of it: a line of `order check`.
struct LineVerdict: Tellable {
  let line: Int
  let part: Int?
  let input: String
  let decision: String
  let name: String?
  let scope: String?
  let reasons: [ReasonReply]

  init(_ assessed: AssessedLine) {
    self.init(
      assessed.source.id, assessed.source.input, assessed.decision, assessed.name?.description,
      assessed.scope, assessed.reasons)
  }

  init(_ target: RecordedTarget) {
    self.init(
      target.line, target.input, target.decision, target.name?.description, target.scope,
      target.reasons)
  }

  private init(
    _ id: LineID, _ input: String, _ decision: Decision, _ name: String?, _ scope: Scope?,
    _ reasons: [Reason]
  ) {
    line = id.line
    part = id.part == 1 ? nil : id.part
    self.input = input
    self.decision = decision.rawValue
    self.name = name
    self.scope = scope?.rawValue
    self.reasons = reasons.map(ReasonReply.init)
  }

  func text(_ style: TextStyle) -> String {
    let place = part.map { "\(line).\($0)" } ?? "\(line)"
    let what = name.map { "\($0) (\(scope ?? ""))" } ?? style.safe(input)
    var text = style.column(place, 7)
    text += style.paint(style.column(decision, 12), Self.tone(decision))
    text += what + "\n"
    for reason in reasons {
      text += String(repeating: " ", count: 19)
      text += style.paint("\(reason.code): ", .faint) + style.safe(reason.text) + "\n"
    }
    return text
  }

  private static func tone(_ decision: String) -> TextStyle.Tone {
    switch Decision(rawValue: decision) {
    case .accept: .good
    case .hold, .quarantine: .warning
    case .refuse: .bad
    case .duplicate, nil: .faint
    }
  }
}

/// A reason, as programs read it.
struct ReasonReply: Encodable, Sendable {
  let code: String
  let text: String

  init(_ reason: Reason) {
    code = reason.code
    text = reason.text
  }
}

/// Numbers of targets by decision.
struct Counts: Encodable, Sendable {
  let accept: Int
  let hold: Int
  let quarantine: Int
  let refuse: Int
  let duplicate: Int

  init(_ tally: Tally) {
    accept = tally.accept
    hold = tally.hold
    quarantine = tally.quarantine
    refuse = tally.refuse
    duplicate = tally.duplicate
  }

  var phrase: String {
    [
      ("accepted", accept), ("held", hold), ("quarantined", quarantine), ("refused", refuse),
      ("duplicate", duplicate),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }
}

/// The last line of `order check`.
struct CheckSummary: Tellable {
  let summary: Counts
  /// What an import would refuse the order for, apart from its targets.
  let problem: String?

  init(_ order: Desk.ReadOrder, receivedAt moment: Instant) {
    summary = Counts(Tally(order.lines))
    do throws(Refusal) {
      _ = try order.claim.terms(receivedAt: moment)
      problem = nil
    } catch {
      problem = error.text
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint("\nIn all: \(summary.phrase).\n", .strong)
    if let problem {
      text += style.paint("As it stands it cannot be imported: ", .warning) + problem + "\n"
    }
    return text
  }
}

/// An order in one line, as import, list and every decision tell it.
struct OrderLine: Tellable {
  let id: String
  let reference: String
  let authority: String
  let state: String
  let version: Int
  let effective: String
  let expires: String
  let mode: String
  let counts: Counts
  let enforced: Int
  let open: Int
  /// Lines that the brake keeps out of force.
  let paused: Int
  let pendingVersion: Int?
  let pendingFrom: String?

  init(_ order: Order) {
    id = order.id.text
    reference = order.terms.reference
    authority = order.terms.authority
    state = order.state.rawValue
    version = order.current.number
    effective = order.terms.effective.description
    expires = order.terms.expires.description
    mode = order.terms.mode.rawValue
    counts = Counts(order.current.tally)
    enforced = order.current.enforcedTargets
    open = (order.unconfirmed?.openLines ?? [:]).count
    paused = order.current.pausedLines.count
    pendingVersion = order.pending?.number
    pendingFrom = order.pending.flatMap { pending in
      pending.confirmedBy == nil ? nil : pending.terms.effective.description
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint(style.column(id, 16), .strong)
    text += style.paint(style.column(state, 11), Self.tone(state))
    text += style.column(style.safe(reference), 20) + " "
    text += "\(effective.prefix(10)) to \(expires.prefix(10))  \(counts.phrase)"
    if open > 0 { text += style.paint(", \(open) to settle", .warning) }
    if paused > 0 { text += style.paint(", \(paused) paused by the brake", .warning) }
    if let pendingVersion {
      let what = pendingFrom.map { "from \($0.prefix(10))" } ?? "waits"
      text += style.paint(", version \(pendingVersion) \(what)", .warning)
    }
    return text + "\n"
  }

  private static func tone(_ state: String) -> TextStyle.Tone {
    switch OrderState(rawValue: state) {
    case .inForce: .good
    case .assessed, .confirmed, .suspended: .warning
    case .expired, .revoked, nil: .faint
    }
  }
}

/// What a person would do next.
enum OrderAdvice {
  static func next(_ register: Register, _ id: OrderID, _ style: TextStyle) -> String {
    guard let version = register.orders[id]?.unconfirmed, version.confirmedBy == nil else {
      return ""
    }
    guard !version.openLines.isEmpty else {
      return style.paint("Next, a second officer: cordon order confirm \(id)\n", .faint)
    }
    let open = version.openLines.sorted { $0.key < $1.key }
    let lines = open.prefix(6).map(\.key.description).joined(separator: ", ")
    let (line, decision) = open.first { $0.value == .hold } ?? open[0]
    let outcome = decision == .hold ? "--accept" : "--name NAME"
    return style.paint(
      """
      \(open.count == 1 ? "1 line waits" : "\(open.count) lines wait") for another person (\(lines)):
        see them:  cordon order show \(id)
        settle:    cordon order settle \(id) --line \(line) \(outcome) --reason "…"   (or --drop)

      """, .faint)
  }
}

/// Something done, in a sentence.
struct Notice: Tellable {
  let code: String
  let text: String

  func text(_ style: TextStyle) -> String { text + "\n" }
}

/// A new token; it is told this once.
struct NewToken: Tellable {
  let name: String
  let role: String
  let token: String

  func text(_ style: TextStyle) -> String {
    style.fields([("user", name), ("role", role), ("token", style.paint(token, .strong))])
      + style.paint(
        "The token is shown this once. To act as \(name): export CORDON_TOKEN=…\n", .faint)
  }
}

/// A person in one line.
struct PersonLine: Tellable {
  let name: String
  let role: String
  let added: String

  init(_ person: Person) {
    name = person.name.text
    role = person.role.rawValue
    added = person.added.description
  }

  func text(_ style: TextStyle) -> String {
    style.column(name, 24) + style.column(role, 16) + added + "\n"
  }
}
