internal import DNSWire
internal import DomainNames
internal import Enforcement

/// Resolves names that no rule blocks: from the cache, or from upstream.
struct Resolver: Sendable {
  let upstream: any Upstream
  let cache: AnswerCache
  let clock: @Sendable () -> Instant

  /// Resolves the question of a message; nil where no answer can even be made.
  func resolve(_ query: QuestionView, in message: [UInt8]) async -> AnswerCache.Hit? {
    guard let question = try? UpstreamQuery(query, in: message.span) else { return nil }
    let now = clock().milliseconds
    if let found = cache.lookup(query, in: message.span, at: now) { return found }
    do throws(UpstreamFailure) {
      let octets = try await upstream.exchange(question)
      guard let kept = try? KeptAnswer(octets) else {
        return try? AnswerCache.Hit(answer: KeptAnswer(.serverFailure, of: question), age: 0)
      }
      cache.store(kept, for: question, at: clock().milliseconds)
      return AnswerCache.Hit(answer: kept, age: 0)
    } catch {
      guard let kept = try? KeptAnswer(error, of: question) else { return nil }
      switch error {
      case .noReachableAuthority, .networkError, .bogus, .serverFailure:
        cache.store(kept, for: question, at: clock().milliseconds)
      case .overloaded, .cancelled: break
      }
      return AnswerCache.Hit(answer: kept, age: 0)
    }
  }
}
