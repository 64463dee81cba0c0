import Synchronization
import Testing

@testable import Gate

@Suite struct QueryLineTests {
  /// Answers that are given when told to.
  private final class Answers: Sendable {
    let underWay = Atomic<Int>(0)
    let (allowed, allow) = AsyncStream.makeStream(of: Void.self)
  }

  @Test func `no more is taken while as many as fit are being answered, and then again`() async {
    let line = QueryLine<Int>(limit: 8)
    let answers = Answers()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await line.run { _ in
          answers.underWay.add(1, ordering: .relaxed)
          for await _ in answers.allowed { break }
          answers.underWay.subtract(1, ordering: .relaxed)
        }
      }
      for query in 0..<8 { #expect(line.take(query)) }
      while answers.underWay.load(ordering: .relaxed) < 8 { await Task.yield() }
      // The line is empty now, but all of them are still to be answered.
      for query in 8..<100 { #expect(!line.take(query)) }
      answers.allow.finish()
      while !line.take(100) { await Task.yield() }
      line.finish()
      #expect(!line.take(101))
    }
  }
}
