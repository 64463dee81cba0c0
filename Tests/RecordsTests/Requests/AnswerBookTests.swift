import Enforcement
import Foundation
import Records
import Synchronization
import Testing

@Suite struct `Answers to requests with a key` {
  private static let answer = AnswerBook.Answer(
    status: 201, body: Array("{}".utf8), location: "/api/v1/sanctions/s-1")

  @Test func `a request that was done is answered again, also after a restart`() throws {
    try KeyedStore.withStore { store in
      let book = try store.open()
      #expect(try book.begin("k", of: "ines", digest: [1]) == .new)
      try book.finish("k", of: "ines", Self.answer)
      #expect(try book.begin("k", of: "ines", digest: [1]) == .done(Self.answer))
      #expect(try store.open().begin("k", of: "ines", digest: [1]) == .done(Self.answer))
    }
  }

  @Test func `a key belongs to one request, and to who chose it`() throws {
    try KeyedStore.withStore { store in
      let book = try store.open()
      #expect(try book.begin("k", of: "ines", digest: [1]) == .new)
      #expect(try book.begin("k", of: "ines", digest: [2]) == .other)
      #expect(try book.begin("k", of: "otto", digest: [2]) == .new)
    }
  }

  @Test func `a request under way is not done twice, and one that a crash cut off is told`() throws
  {
    try KeyedStore.withStore { store in
      let book = try store.open()
      #expect(try book.begin("k", of: "ines", digest: [1]) == .new)
      #expect(try book.begin("k", of: "ines", digest: [1]) == .running)
      #expect(try store.open().begin("k", of: "ines", digest: [1]) == .lost)
    }
  }

  @Test func `a key is free once its request came to nothing, and after a day`() throws {
    try KeyedStore.withStore { store in
      let book = try store.open()
      #expect(try book.begin("k", of: "ines", digest: [1]) == .new)
      try book.forget("k", of: "ines")
      #expect(try book.begin("k", of: "ines", digest: [2]) == .new)
      try book.finish("k", of: "ines", Self.answer)
      store.pass(AnswerBook.lifetime)
      #expect(try book.begin("k", of: "ines", digest: [3]) == .new)
    }
  }

  @Test func `what answers held is gone from the files once it is forgotten`() throws {
    try KeyedStore.withStore { store in
      let book = try store.open()
      let secret = Array("zqcanary of an account holder".utf8)
      #expect(try book.begin("k", of: "ines", digest: [1]) == .new)
      try book.finish("k", of: "ines", AnswerBook.Answer(status: 200, body: secret))
      try book.forgetAll()
      for file in try FileManager.default.contentsOfDirectory(atPath: store.directory)
      where file.hasPrefix("answers.sqlite") {
        let data = FileManager.default.contents(atPath: store.directory + "/" + file) ?? Data()
        #expect(data.range(of: Data("zqcanary".utf8)) == nil, "\(file)")
      }
      #expect(try book.begin("k", of: "ines", digest: [2]) == .new)
    }
  }
}

/// A data directory with a clock that stands still.
private final class KeyedStore: Sendable {
  let directory: String
  private let journal: Journal
  private let moment: Moment

  private final class Moment: Sendable {
    let value = Mutex(Instant(seconds: 1_800_000_000))
  }

  private init() throws {
    directory =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-answers-\(UUID().uuidString)").path
    let moment = Moment()
    self.moment = moment
    journal = try Journal(
      directory: directory, origin: "log.test/cordon", clock: { moment.value.withLock { $0 } })
  }

  static func withStore(_ body: (KeyedStore) throws -> Void) throws {
    let store = try KeyedStore()
    defer { try? FileManager.default.removeItem(atPath: store.directory) }
    try body(store)
  }

  /// The book as a program that has just started opens it.
  func open() throws -> AnswerBook { try AnswerBook(beside: journal) }

  func pass(_ duration: Duration) { moment.value.withLock { $0 = $0 + duration } }
}
