internal import DNSWire
internal import DomainNames
internal import Enforcement
internal import Synchronization

/// Answers what can be answered from the rules alone, and says what must be resolved.
struct Responder: Sendable {
  let blocked: BlockedAnswerWriter

  /// What became of a message.
  enum Step {
    /// It gets no answer: it is too short, or an answer itself (answering answers makes loops).
    case ignore
    /// The answer is in the buffer.
    case answered
    /// The rules allow the name: it is to be resolved.
    case resolve(QuestionView)
  }

  /// Takes one message.
  ///
  /// - Parameters:
  ///   - message: the message as it came.
  ///   - context: by what way it came, and from where.
  ///   - rules: the rules to apply.
  ///   - now: milliseconds since 1970, by the gate's own clock.
  ///   - isRepeated: whether the message was taken before, and so is counted as observed already.
  ///   - answer: where an answer goes.
  /// - Returns: what became of it.
  func respond(
    to message: Span<UInt8>, in context: QueryContext, rules: RuleSnapshot, now: Int64,
    isRepeated: Bool = false, into answer: inout AnswerBuffer
  ) -> Step {
    answer.clear()
    let query: QuestionView
    switch QuestionView.parse(message) {
    case .drop: return .ignore
    case .reject(let code):
      PlainAnswerWriter.writeHeader(code, toMessage: message, into: &answer)
      return .answered
    case .query(let view): query = view
    }
    if let code = refusal(of: query) {
      PlainAnswerWriter.write(code, to: query, from: message, into: &answer)
      return .answered
    }
    let name = message.extracting(query.name)
    switch rules.verdict(on: name, at: now) {
    case .blocked(let block):
      block.order.counter.blocked.add(1, ordering: .relaxed)
      blocked.write(query, from: message, block: block, now: now, to: &answer)
      return .answered
    case .allowed:
      if !isRepeated { rules.countObserved(name, at: now) }
    }
    guard query.type != .any else {
      PlainAnswerWriter.writeMinimalAny(query, from: message, into: &answer)
      return .answered
    }
    return .resolve(query)
  }

  /// Codes for well-formed queries that are answered to nobody.
  private func refusal(of query: QuestionView) -> ResponseCode? {
    if let version = query.ednsVersion, version > 0 { return .badVers }
    guard query.recordClass == .internet else { return .refused }
    switch query.type {
    case .axfr, .ixfr, .opt: return .refused
    default: return nil
    }
  }

  /// Writes the resolved answer, unless an alias in it leads into a blocked name.
  ///
  /// Then the name that was asked is blocked, by the rule of the name it leads to.
  func finish(
    _ hit: AnswerCache.Hit,
    for query: QuestionView,
    in message: Span<UInt8>,
    rules: RuleSnapshot,
    now: Int64,
    limit: Int,
    into answer: inout AnswerBuffer
  ) {
    answer.clear()
    if let order = blockingOrder(of: hit.answer, query, message, rules, now) {
      order.counter.blocked.add(1, ordering: .relaxed)
      // Names below the asked one are not blocked, so it must not be denied to exist.
      let block = RuleSnapshot.Block(order: order, matchedLabels: .max, mustExist: true)
      blocked.write(query, from: message, block: block, now: now, to: &answer)
      return
    }
    answer.fill(upTo: limit) { room in
      hit.write(for: query, in: message, to: &room)
    }
  }

  private func blockingOrder(
    of kept: KeptAnswer, _ query: QuestionView, _ message: Span<UInt8>, _ rules: RuleSnapshot,
    _ now: Int64
  ) -> CompiledOrder? {
    guard !kept.targets.isEmpty,
      !rules.index.lookup(message.extracting(query.name), accept: { _ in false }).isProtected
    else { return nil }
    var order: CompiledOrder?
    _ = kept.firstTarget { target in
      switch rules.verdict(on: target, at: now) {
      case .blocked(let block):
        order = block.order
        return true
      case .allowed:
        rules.countObserved(target, at: now)
        return false
      }
    }
    return order
  }
}
