internal import Conduct
internal import Enforcement
internal import Records
internal import Synchronization

/// What the work on accounts needs of one data directory; opened when it is first asked for.
final class ConductOffice: Sendable {
  let journal: Journal
  let configuration: CordonConfiguration
  private let book = Mutex<AnswerBook?>(nil)
  private let key = Mutex<AppealKey?>(nil)
  private let limit = ContestLimit()

  init(journal: Journal, configuration: CordonConfiguration) {
    self.journal = journal
    self.configuration = configuration
  }

  /// The answers to requests that came with a key.
  func answers() throws -> AnswerBook {
    try book.withLock { book throws(StoreError) in
      if let book { return book }
      let made = try AnswerBook(beside: journal)
      book = made
      return made
    }
  }

  /// What knows the tokens of account holders.
  func appealKey() throws -> AppealKey {
    try key.withLock { key throws(PrivateFileFault) in
      if let key { return key }
      let made = try AppealKey(directory: journal.dataDirectory)
      key = made
      return made
    }
  }

  /// Takes one thing in that everyone may hand in; refuses where too many come.
  func takeFromPublic(at now: Instant) throws(APIProblem) {
    guard let seconds = limit.take(at: now) else { return }
    throw .busy(seconds: seconds, "too many write at this moment: try again in \(seconds) s")
  }

  /// Has posts screened.
  func screen(
    _ octets: [UInt8], on platform: Platform, by actor: Actor
  ) async throws -> ScreenedBatch {
    throw DeskFault("posts are not screened yet")
  }
}
