/// Lets one task at a time through, in the order in which they came.
public actor Turnstile {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// The most tasks that wait.
  static let limit = 64

  /// Too many tasks wait.
  public struct Crowded: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public var description: String { "too much is asked for at this moment: try again in a minute" }
  }

  /// Nobody is in.
  public init() {}

  /// Does something once nobody else does.
  ///
  /// - Parameter body: what is done.
  /// - Returns: what came of it.
  /// - Throws: ``Crowded`` where too many wait; else what the body throws.
  public func pass<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    if isTaken {
      guard waiting.count < Self.limit else { throw Crowded() }
      await withCheckedContinuation { waiting.append($0) }
    }
    isTaken = true
    defer {
      if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }
    return try await body()
  }
}
