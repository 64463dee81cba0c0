internal import DNSWire

/// Who asks comes before what is asked.
extension Responder {
  /// What is to be done for who sent a message.
  enum Admission {
    case ignore
    /// The answer is in the buffer: a refusal, an error, or word to ask in another way.
    case answered
    case serve(QuestionView, ClientWishes)
  }

  /// Decides whether a message is served, by who sent it.
  ///
  /// - Parameters:
  ///   - message: the message as it came.
  ///   - context: by what way it came, and from where.
  ///   - now: milliseconds since 1970.
  ///   - limiter: what each network got of late; asked only where addresses can be forged.
  ///   - answer: where an answer goes.
  /// - Returns: what is to be done.
  @inline(__always)
  func admit(
    _ message: Span<UInt8>, in context: QueryContext, now: Int64, limiter: inout RateLimiter,
    into answer: inout AnswerBuffer
  ) -> Admission {
    let arrival = QuestionView.parse(message)
    if case .drop = arrival { return .ignore }
    guard clients.allowed.contain(context.client) else {
      return refuse(arrival, message, context, now, &limiter, &answer)
    }
    switch arrival {
    case .drop: return .ignore
    case .reject(let code): return reject(code, message, context, now, &limiter, &answer)
    case .query(let query):
      let wishes = clients.wishes(of: query, in: message, context, at: now)
      let isFree = context.transport.provesAddress || limiter.exempts(context.client)
      if !isFree, !wishes.hasValidCookie {
        switch limiter.take(context.client, .full, at: now) {
        case .pass: break
        case .drop: return .ignore
        case .slip:
          sendElsewhere(
            query, message, wishes, mayUseCookie: clients.requirement != .never, &answer)
          return .answered
        }
        if clients.requirement == .always, clients.cookies != nil, wishes.cookie != .malformed {
          sendElsewhere(query, message, wishes, mayUseCookie: true, &answer)
          return .answered
        }
      }
      if wishes.cookie == .malformed {
        PlainAnswerWriter.write(.formErr, to: query, from: message, into: &answer)
        return .answered
      }
      return .serve(query, wishes)
    }
  }

  /// Tells who may not ask so, now and then.
  private func refuse(
    _ arrival: QuestionView.Outcome, _ message: Span<UInt8>, _ context: QueryContext,
    _ now: Int64, _ limiter: inout RateLimiter, _ answer: inout AnswerBuffer
  ) -> Admission {
    switch clients.others {
    case .drop: return .ignore
    case .refuse: break
    }
    if !context.transport.provesAddress,
      limiter.take(context.client, .refusal, at: now) != .pass
    {
      return .ignore
    }
    if case .query(let query) = arrival {
      let reason = ExtendedError(.prohibited, extraText: "this server does not serve your network")
      PlainAnswerWriter.write(
        .refused, to: query, from: message, explanation: reason, into: &answer)
    } else {
      PlainAnswerWriter.writeHeader(.refused, toMessage: message, into: &answer)
    }
    return .answered
  }

  /// Answers a message that is no query with one question.
  private func reject(
    _ code: ResponseCode, _ message: Span<UInt8>, _ context: QueryContext, _ now: Int64,
    _ limiter: inout RateLimiter, _ answer: inout AnswerBuffer
  ) -> Admission {
    if !context.transport.provesAddress, !limiter.exempts(context.client),
      limiter.take(context.client, .full, at: now) == .drop
    {
      return .ignore
    }
    if let query = CookieQuery(message),
      let (code, cookie) = clients.answer(to: query, context, at: now)
    {
      PlainAnswerWriter.write(code, to: query, into: &answer)
      answer.add(AnswerAdditions(cookie: cookie), identifier: [])
    } else {
      PlainAnswerWriter.writeHeader(code, toMessage: message, into: &answer)
    }
    return .answered
  }

  /// Writes a short answer that has the client ask again: with its new cookie, or by TCP.
  private func sendElsewhere(
    _ query: QuestionView, _ message: Span<UInt8>, _ wishes: ClientWishes, mayUseCookie: Bool,
    _ answer: inout AnswerBuffer
  ) {
    if mayUseCookie, wishes.hasCookie {
      PlainAnswerWriter.write(.badCookie, to: query, from: message, into: &answer)
    } else {
      PlainAnswerWriter.writeTruncated(query, from: message, into: &answer)
    }
    answer.add(wishes.additions, identifier: clients.identifier)
  }
}
