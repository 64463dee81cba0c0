internal import DNSWire
internal import DomainNames
internal import Enforcement

/// Answers what can be answered from the rules alone, and says what must be resolved.
struct Responder: Sendable {
  let blocked: BlockedAnswerWriter
  let clients: ClientRules
  let ballot = Ballot()
  let traffic = TrafficMeter()

  /// What became of a message.
  enum Step {
    /// It gets no answer: it is too short, or an answer itself (answering answers makes loops).
    case ignore
    /// The answer is in the buffer.
    case answered
    /// The rules allow the name: it is to be resolved.
    case resolve(QuestionView, ClientWishes)
  }

  /// Takes one message that came by a way on which addresses are proven, or that was taken before.
  ///
  /// - Parameters:
  ///   - message: the message as it came.
  ///   - context: by what way it came, and from where.
  ///   - rules: the rules to apply.
  ///   - now: milliseconds since 1970, by the gate's own clock.
  ///   - isRepeated: whether the message was taken before: then it is let in, and is counted as
  ///     observed already.
  ///   - isCounted: whether the brake is to see it.
  ///   - answer: where an answer goes.
  /// - Returns: what became of it.
  func respond(
    to message: Span<UInt8>, in context: QueryContext, rules: RuleSnapshot, now: Int64,
    isRepeated: Bool = false, isCounted: Bool = true, into answer: inout AnswerBuffer
  ) -> Step {
    if isRepeated, case .query(let query) = QuestionView.parse(message) {
      let wishes = clients.wishes(of: query, in: message, context, at: now)
      return serve(
        query, wishes, message, context, rules: rules, now: now, isCounted: nil,
        probed: NameProbe(), &answer)
    }
    var limiter = RateLimiter()
    return respond(
      to: message, in: context, rules: rules, now: now, isCounted: isCounted, limiter: &limiter,
      into: &answer)
  }

  /// Takes one message as a worker does.
  ///
  /// - Parameters:
  ///   - message: the message as it came.
  ///   - context: by what way it came, and from where.
  ///   - rules: the rules to apply.
  ///   - now: milliseconds since 1970, by the gate's own clock.
  ///   - isCounted: whether the brake is to see it.
  ///   - probe: what the rules' index said of the message's first name, if it was asked.
  ///   - limiter: what each network got of late.
  ///   - answer: where an answer goes.
  /// - Returns: what became of it.
  func respond(
    to message: Span<UInt8>, in context: QueryContext, rules: RuleSnapshot, now: Int64,
    isCounted: Bool = true, probed probe: NameProbe = NameProbe(), limiter: inout RateLimiter,
    into answer: inout AnswerBuffer
  ) -> Step {
    answer.clear()
    switch admit(message, in: context, now: now, limiter: &limiter, into: &answer) {
    case .ignore: return .ignore
    case .answered: return .answered
    case .serve(let query, let wishes):
      return serve(
        query, wishes, message, context, rules: rules, now: now, isCounted: isCounted,
        probed: probe, &answer)
    }
  }

  // `isCounted` is nil where the query was taken before, and is counted already.
  private func serve(
    _ query: QuestionView, _ wishes: ClientWishes, _ message: Span<UInt8>,
    _ context: QueryContext, rules: RuleSnapshot, now: Int64, isCounted: Bool?,
    probed probe: NameProbe, _ answer: inout AnswerBuffer
  ) -> Step {
    if let code = refusal(of: query) {
      PlainAnswerWriter.write(code, to: query, from: message, into: &answer)
    } else {
      let name = message.extracting(query.name)
      switch rules.verdict(on: name, at: now, probed: probe) {
      case .blocked(let block):
        block.handle.read { $0.blocked.add(1) }
        if isCounted == true {
          ballot.cast(context.client) {
            OrderMatch(block.order.order, lastLabels: block.matchedLabels, of: name)
          }
        }
        let form = form(of: query, wishes, context, room: answer.capacity)
        blocked.write(query, from: message, block: block, form: form, now: now, to: &answer)
      case .allowed:
        if let isCounted {
          rules.countObserved(name, at: now)
          if isCounted { ballot.cast(context.client) { nil } }
        }
        guard query.type == .any else { return .resolve(query, wishes) }
        PlainAnswerWriter.writeMinimalAny(query, from: message, into: &answer)
      }
    }
    answer.add(wishes.additions, identifier: clients.identifier)
    return .answered
  }

  /// How the client is told of a block, and how long the answer may be before options are added.
  private func form(
    of query: QuestionView, _ wishes: ClientWishes, _ context: QueryContext, room: Int
  ) -> BlockedAnswerWriter.Form {
    let limit =
      switch context.transport {
      case .udp: query.datagramLimit(atMost: Int(BlockedAnswerWriter.udpSize))
      case .tcp, .tls, .https: Message.maximumLength
      }
    return BlockedAnswerWriter.Form(
      limit: min(limit, room) - wishes.additions.length(identifier: clients.identifier),
      isStructured: wishes.wantsStructuredError)
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
    from context: QueryContext,
    rules: RuleSnapshot,
    now: Int64,
    limit: Int,
    isCounted: Bool = true,
    into answer: inout AnswerBuffer
  ) {
    let image = hit.answer.image
    guard hit.answer.parts.isAnswer(image.span, to: query, in: message) else {
      return answer.clear()
    }
    finish(
      hit.answer.parts, image.span, AnswerImage.Use(age: hit.age, isStale: hit.isStale), for: query,
      clients.wishes(of: query, in: message, context, at: now), in: message, from: context,
      rules: rules, now: now, limit: limit, isCounted: isCounted, into: &answer)
  }

  /// Does the same with what an answer is made of, which is an answer to the query.
  func finish(
    _ parts: AnswerImage,
    _ image: Span<UInt8>,
    _ use: AnswerImage.Use,
    for query: QuestionView,
    _ wishes: ClientWishes,
    in message: Span<UInt8>,
    from context: QueryContext,
    rules: RuleSnapshot,
    now: Int64,
    limit: Int,
    isCounted: Bool,
    into answer: inout AnswerBuffer
  ) {
    answer.clear()
    let client = isCounted ? context.client : nil
    if parts.hasTargets,
      let order = blockingOrder(parts, image, query, message, rules, now, client)
    {
      order.read { $0.blocked.add(1) }
      // Names below the asked one are not blocked, so it must not be denied to exist.
      let block = RuleSnapshot.Block(
        handle: order, matchedLabels: .max, matchedOctets: .max, mustExist: true)
      let form = form(of: query, wishes, context, room: answer.capacity)
      blocked.write(query, from: message, block: block, form: form, now: now, to: &answer)
    } else {
      if use.isStale { traffic.stale.add(1) }
      let room = limit - wishes.additions.length(identifier: clients.identifier)
      answer.fill(upTo: room) { room in
        parts.write(image, for: query, in: message, use, to: &room)
      }
    }
    answer.add(wishes.additions, identifier: clients.identifier)
  }

  /// Says that a query could not be resolved.
  func fail(
    _ query: QuestionView, in message: Span<UInt8>, from context: QueryContext, now: Int64,
    because reason: ExtendedError? = nil, into answer: inout AnswerBuffer
  ) {
    let wishes = clients.wishes(of: query, in: message, context, at: now)
    PlainAnswerWriter.write(
      .servFail, to: query, from: message, explanation: reason, into: &answer)
    answer.add(wishes.additions, identifier: clients.identifier)
  }

  private func blockingOrder(
    _ parts: AnswerImage, _ image: Span<UInt8>, _ query: QuestionView, _ message: Span<UInt8>,
    _ rules: RuleSnapshot, _ now: Int64, _ client: ClientAddress?
  ) -> OrderHandle? {
    guard !rules.index.lookup(message.extracting(query.name), accept: { _ in false }).isProtected
    else { return nil }
    var order: OrderHandle?
    _ = parts.firstTarget(in: image) { target in
      switch rules.verdict(on: target, at: now) {
      case .blocked(let block):
        order = block.handle
        if let client {
          ballot.castAlias(client) {
            OrderMatch(block.order.order, lastLabels: block.matchedLabels, of: target)
          }
        }
        return true
      case .allowed:
        rules.countObserved(target, at: now)
        return false
      }
    }
    return order
  }
}
