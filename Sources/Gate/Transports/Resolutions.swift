internal import DNSWire

/// Queries from streams that must be resolved, each in a task of its own.
struct Resolutions: Sendable {
  let service: QueryService
  private let line = QueryLine<Work>()

  private struct Work: Sendable {
    let query: QuestionView
    let message: [UInt8]
    let context: QueryContext
    let deliver: @Sendable ([UInt8]) -> Void
  }

  init(service: QueryService) {
    self.service = service
  }

  /// Answers a message, now or when it is resolved.
  ///
  /// - Parameters:
  ///   - message: the message.
  ///   - context: by what way it came, and from where.
  ///   - deliver: takes the answer of a query that has to be resolved, from any thread.
  /// - Returns: what became of it; where it was too much, the answer says so.
  func answer(
    _ message: [UInt8], from context: QueryContext,
    deliver: @escaping @Sendable ([UInt8]) -> Void
  ) -> Step {
    switch service.answerAtOnce(message, from: context) {
    case .ignore: return .ignored
    case .answered(let answer): return .answered(answer)
    case .resolve(let query):
      let work = Work(query: query, message: message, context: context, deliver: deliver)
      return line.take(work) ? .waits : refuse(query, message)
    }
  }

  /// What became of a message.
  enum Step {
    /// It gets no answer.
    case ignored
    case answered([UInt8])
    /// The answer is delivered later.
    case waits
  }

  private func refuse(_ query: QuestionView, _ message: [UInt8]) -> Step {
    var answer = AnswerBuffer(capacity: Int(BlockedAnswerWriter.udpSize))
    PlainAnswerWriter.write(
      .servFail, to: query, from: message.span,
      explanation: ExtendedError(.other, extraText: "too many queries wait"), into: &answer)
    return .answered(answer.answer)
  }

  /// Resolves until ``finish()``, and what was taken until then.
  func run() async {
    await line.run { work in
      let answer = await service.resolve(
        work.query, in: work.message, from: work.context, limit: Message.maximumLength)
      work.deliver(answer)
    }
  }

  /// Takes no more queries.
  func finish() {
    line.finish()
  }
}
