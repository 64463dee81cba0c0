internal import Records
internal import Synchronization

/// What the work on accounts needs of one data directory; opened when it is first asked for.
final class ConductOffice: Sendable {
  let journal: Journal
  let configuration: CordonConfiguration
  private let book = Mutex<AnswerBook?>(nil)

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
}
