import Synchronization
import Testing

@testable import Gate

@Suite("Shared exchanges")
struct SharedExchangesTests {
  private let query = UpstreamQuery("www.example")

  /// Counts how often the work was done.
  private final class Work: Sendable {
    let starts = Mutex(0)

    func start() -> Int {
      starts.withLock { starts in
        starts += 1
        return starts
      }
    }
  }

  private func waitUntil(_ shared: SharedExchanges, has count: Int) async {
    while shared.count != count { await Task.yield() }
  }

  @Test(arguments: [true, false])
  func `all who ask the same meanwhile get one result, good or bad`(_ isGood: Bool) async {
    let shared = SharedExchanges(limit: 100)
    let work = Work()
    let release = Signal()
    await withTaskGroup(of: SharedExchanges.Outcome.self) { group in
      for _ in 0..<10 {
        group.addTask {
          do throws(UpstreamFailure) {
            let octets = try await shared.answer(query) { () async throws(UpstreamFailure) in
              let number = work.start()
              await release.wait()
              guard isGood else { throw .networkError }
              return [UInt8(number)]
            }
            return .success(octets)
          } catch {
            return .failure(error)
          }
        }
      }
      await waitUntil(shared, has: 10)
      release.send()
      for await outcome in group {
        #expect(outcome == (isGood ? .success([1]) : .failure(.networkError)))
      }
    }
    #expect(work.starts.withLock { $0 } == 1)
    #expect(shared.count == 0)
  }

  @Test func `a result is not kept for those who come later`() async throws {
    let shared = SharedExchanges(limit: 1)
    for number in 1...3 {
      let octets = try await shared.answer(query) { [UInt8(number)] }
      #expect(octets == [UInt8(number)])
    }
  }

  @Test func `who follows is let go when cancelled, and the leader goes on`() async throws {
    let shared = SharedExchanges(limit: 100)
    let release = Signal()
    let octets = try await withThrowingTaskGroup(of: [UInt8].self) { leader in
      leader.addTask {
        try await shared.answer(query) {
          await release.wait()
          return [7]
        }
      }
      await waitUntil(shared, has: 1)
      await withTaskGroup(of: Bool.self) { followers in
        for _ in 0..<20 {
          followers.addTask {
            do throws(UpstreamFailure) {
              _ = try await shared.answer(query) { [8] }
              return false
            } catch {
              return error == .cancelled
            }
          }
        }
        await waitUntil(shared, has: 21)
        followers.cancelAll()
        for await isCancelled in followers { #expect(isCancelled) }
      }
      #expect(shared.count == 1)
      release.send()
      return try await leader.next()
    }
    #expect(octets == [7])
  }

  @Test(arguments: 0..<20)
  func `whoever is cancelled, the others get an answer and nobody stays`(_ seed: UInt64) async {
    let shared = SharedExchanges(limit: 1000)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        group.addTask {
          var random = SeededGenerator(state: seed &* 1000 &+ UInt64(number))
          let isCancelled = Bool.random(using: &random)
          let query = UpstreamQuery("n\(number % 3).example")
          let pauses = Int.random(in: 0..<20, using: &random)
          await withTaskGroup(of: SharedExchanges.Outcome.self) { one in
            one.addTask {
              do throws(UpstreamFailure) {
                return .success(
                  try await shared.answer(query) { () async throws(UpstreamFailure) in
                    for _ in 0..<20 {
                      if Task.isCancelled { throw .cancelled }
                      await Task.yield()
                    }
                    return [UInt8(number % 3)]
                  })
              } catch {
                return .failure(error)
              }
            }
            if isCancelled {
              for _ in 0..<pauses { await Task.yield() }
              one.cancelAll()
            }
            let outcome = await one.next()
            let good = SharedExchanges.Outcome.success([UInt8(number % 3)])
            #expect(outcome == good || (isCancelled && outcome == .failure(.cancelled)))
          }
        }
      }
    }
    #expect(shared.count == 0)
    await shared.waitUntilIdle()
  }

  @Test func `when closed nobody is let in, and those inside are waited for`() async {
    let shared = SharedExchanges(limit: 10)
    let release = Signal()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        _ = try? await shared.answer(query) {
          await release.wait(); return []
        }
      }
      await waitUntil(shared, has: 1)
      shared.close()
      await #expect(throws: UpstreamFailure.cancelled) {
        try await shared.answer(UpstreamQuery("other.example")) { [] }
      }
      group.addTask {
        await shared.waitUntilIdle()
        #expect(shared.count == 0)
      }
      release.send()
    }
  }

  @Test func `no more are let in than there is room for`() async {
    let shared = SharedExchanges(limit: 2)
    let release = Signal()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<2 {
        group.addTask {
          _ = try? await shared.answer(UpstreamQuery("n\(number).example")) {
            await release.wait()
            return []
          }
        }
      }
      await waitUntil(shared, has: 2)
      await #expect(throws: UpstreamFailure.overloaded) {
        try await shared.answer(UpstreamQuery("other.example")) { [] }
      }
      release.finish()
    }
  }
}
