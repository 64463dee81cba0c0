internal import DNSWire
internal import Enforcement

/// Answers whole messages for transports that can wait: TCP, TLS and HTTPS.
struct QueryService: Sendable {
  let board: RuleBoard
  let responder: Responder
  let resolver: Resolver
  let clock: @Sendable () -> Instant

  /// What became of a message.
  enum Step: Sendable {
    case ignore
    case answered([UInt8])
    case resolve(QuestionView)
  }

  /// Answers from the rules alone, where that is possible.
  func answerAtOnce(_ message: [UInt8], from context: QueryContext) -> Step {
    var answer = AnswerBuffer(capacity: 1_232)
    responder.traffic.queries.add(1)
    let step = responder.respond(
      to: message.span, in: context, rules: board.snapshot, now: clock().milliseconds,
      into: &answer)
    switch step {
    case .ignore: return .ignore
    case .answered: return .answered(answer.answer)
    case .resolve(let query, _): return .resolve(query)
    }
  }

  /// Resolves a query and applies the rules to where its answer leads.
  ///
  /// The rules are those of the moment of the answer, not of the question: an order that came into
  /// force meanwhile counts.
  func resolve(
    _ query: QuestionView, in message: [UInt8], from context: QueryContext, limit: Int
  ) async -> [UInt8] {
    let hit = await resolver.resolve(query, in: message)
    var answer = AnswerBuffer(capacity: max(limit, 1_232))
    let rules = board.snapshot
    let now = clock().milliseconds
    let step = responder.respond(
      to: message.span, in: context, rules: rules, now: now, isRepeated: true, into: &answer)
    if case .answered = step { return answer.answer }
    if let hit {
      if hit.isFromCache { responder.traffic.hits.add(1) }
      responder.finish(
        hit, for: query, in: message.span, from: context, rules: rules, now: now, limit: limit,
        into: &answer)
    } else {
      responder.fail(query, in: message.span, from: context, now: now, into: &answer)
    }
    return answer.answer
  }
}
