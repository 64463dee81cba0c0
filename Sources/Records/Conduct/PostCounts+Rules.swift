internal import Dispatch
public import Enforcement
internal import GRDB
internal import Synchronization

extension PostCounts {
  /// What is to be written of what rules made of posts.
  struct RuleState {
    /// Asked for what has changed since it was last asked.
    var changed: (@Sendable () -> [RuleReference: RuleTally])?
    /// What could not be written when it was tried.
    var unwritten: [RuleReference: RuleTally] = [:]
    var isScheduled = false
  }

  /// What each version of a rule made of the posts that it saw, as it was last written.
  ///
  /// - Throws: ``StoreError``.
  public func ruleTallies() throws(StoreError) -> [RuleReference: RuleTally] {
    do {
      return try pool.read { try PostCountSchema.tallies($0) }
    } catch {
      throw StoreError(error, directory: directory)
    }
  }

  /// Has what rules make of posts written beside the counts of accounts.
  ///
  /// - Parameter changed: answers what has changed since it was last asked; asked about once a
  ///   second, and only after ``rulesSawPosts()``.
  public func keepRules(_ changed: @escaping @Sendable () -> [RuleReference: RuleTally]) {
    rules.withLock { $0.changed = changed }
  }

  /// Says that rules saw posts: what they made of them is written within about a second.
  public func rulesSawPosts() {
    let isFirst = rules.withLock { state in
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    guard isFirst else { return }
    writing.asyncAfter(deadline: .now() + Self.writeInterval) { [weak self] in
      try? self?.flushRules()
    }
  }

  /// Writes what rules made of posts.
  func flushRules() throws(StoreError) {
    let changed = rules.withLock { state in
      state.isScheduled = false
      return state.changed
    }
    let new = changed?() ?? [:]
    let tallies = rules.withLock { state in
      defer { state.unwritten = [:] }
      return state.unwritten.merging(new) { $0.followed(by: $1) }
    }
    guard !tallies.isEmpty else { return }
    do {
      guard !Storage.isFull(directory) else { throw StoreError.diskFull(directory: directory) }
      try pool.write { db in
        for (rule, tally) in tallies { try PostCountSchema.keep(tally, of: rule, in: db) }
      }
    } catch {
      rules.withLock { state in
        state.unwritten.merge(tallies) { newer, older in older.followed(by: newer) }
      }
      throw StoreError(error, directory: directory)
    }
  }
}
