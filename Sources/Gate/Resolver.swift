internal import DNSWire
internal import DomainNames
internal import Enforcement

/// Resolves names that no rule blocks: from the cache, or from upstream.
struct Resolver: Sendable {
  let upstream: any Upstream
  let cache: AnswerCache
  let refresher: Refresher
  let meter: ResolutionMeter
  let clock: @Sendable () -> Instant
  /// How long an asker waits where there is an answer past its time (RFC 8767, Section 5).
  var clientTimer = Duration.milliseconds(1_800)

  /// Resolves the question of a message; nil where no answer can even be made.
  ///
  /// An answer past its time is used only where the upstream failed or is slow; whoever takes it
  /// applies the rules to it as to any other.
  func resolve(_ query: QuestionView, in message: [UInt8]) async -> AnswerCache.Hit? {
    guard let question = try? UpstreamQuery(query, in: message.span) else { return nil }
    let now = clock().milliseconds
    if let found = cache.lookup(query, in: message.span, at: now) {
      if found.isDueForRefresh { refresher.request(question) }
      return found
    }
    guard let stale = cache.stale(query, in: message.span, at: now) else {
      return await fetch(question)
    }
    if let fetched = await fetch(question, within: clientTimer) {
      // A failure that is not kept, as when too many wait, is no better than an older answer.
      return fetched.answer.isFailure && !fetched.answer.isBogus ? stale : fetched
    }
    cache.hold(query, in: message.span, at: clock().milliseconds)
    refresher.request(question)
    return stale
  }

  /// Asks upstream again for an answer that is about to end.
  func refresh(_ question: UpstreamQuery) async {
    _ = await fetch(question)
  }

  /// Asks upstream; nil where no answer came within a time.
  private func fetch(_ question: UpstreamQuery, within limit: Duration) async -> AnswerCache.Hit? {
    await withTaskGroup(of: AnswerCache.Hit?.self) { group in
      group.addTask { await fetch(question) }
      group.addTask {
        // Cancelled as soon as there is an answer.
        try? await Task.sleep(for: limit)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  private func fetch(_ question: UpstreamQuery) async -> AnswerCache.Hit? {
    let start = ContinuousClock.now
    do throws(UpstreamFailure) {
      let octets = try await upstream.exchange(question)
      meter.note(ContinuousClock.now - start, failed: false)
      guard let kept = try? KeptAnswer(octets) else { return failed(.serverFailure, question) }
      guard kept.isFailure else {
        cache.store(kept, for: question, at: clock().milliseconds)
        return AnswerCache.Hit(answer: kept, age: 0)
      }
      return take(failure: kept, of: question, isBogus: kept.isBogus)
    } catch {
      meter.note(ContinuousClock.now - start, failed: error != .cancelled)
      return failed(error, question)
    }
  }

  private func failed(_ failure: UpstreamFailure, _ question: UpstreamQuery) -> AnswerCache.Hit? {
    guard let kept = try? KeptAnswer(failure, of: question) else { return nil }
    switch failure {
    case .noReachableAuthority, .networkError, .serverFailure:
      return take(failure: kept, of: question, isBogus: false)
    case .bogus: return take(failure: kept, of: question, isBogus: true)
    case .overloaded, .cancelled: return AnswerCache.Hit(answer: kept, age: 0)
    }
  }

  /// Data that failed validation is not made good by data that is older.
  private func take(
    failure: KeptAnswer, of question: UpstreamQuery, isBogus: Bool
  ) -> AnswerCache.Hit {
    let now = clock().milliseconds
    guard isBogus else { return cache.storeFailure(failure, for: question, at: now) }
    cache.store(failure, for: question, at: now)
    return AnswerCache.Hit(answer: failure, age: 0)
  }
}
