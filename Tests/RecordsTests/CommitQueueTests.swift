import Dispatch
import Enforcement
import Synchronization
import Testing

@testable import Records

@Suite("Commands that wait together", .timeLimit(.minutes(2))) struct CommitQueueTests {
  @Test func `all that were acknowledged are there after reopening, each once`() async throws {
    var office: Office? = try await Office.open()
    let (folder, clock) = (try #require(office?.folder), try #require(office?.clock))
    let start = try #require(office?.journal.size)
    let acknowledged = try await receive300(try #require(office?.journal))
    office = nil
    #expect(acknowledged.map(\.index).sorted() == Array(start..<start + 600))
    let journal = try await reopened(folder, clock)
    #expect(journal.size == start + 600)
    #expect(journal.verify().verified)
    #expect(Set(journal.register.orders.values.map(\.terms.reference)).count == 300)
    let kept = try acknowledged.map { recorded in try journal.event(at: recorded.index) }
    #expect(kept == acknowledged)
  }

  /// The thread that answered last may hold the journal for a moment longer.
  private func reopened(_ folder: Folder, _ clock: Clock) async throws -> Journal {
    while true {
      do throws(StoreError) {
        return try Journal.open(folder, clock)
      } catch {
        guard case .inUse = error else { throw error }
        await Task.yield()
      }
    }
  }

  private func receive300(_ journal: Journal) async throws -> [RecordedEvent] {
    let parcels = try (0..<300).map { number in try Parcel(.sample("R-\(number)")) }
    return try await withThrowingTaskGroup(of: [RecordedEvent].self) { group in
      for parcel in parcels {
        group.addTask {
          try await journal.record(
            .receiveOrder(parcel.submission), Office.clerk, targets: parcel.targets)
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  @Test func `a batch is one transaction with one checkpoint, and each command has its own answer`()
    async throws
  {
    let office = try await Office.open()
    let journal = office.journal
    let id = try await office.orderInForce(try Parcel(.sample(effective: nil)))
    let start = journal.size
    let results = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          let command: Command =
            number % 2 == 0
            ? .suspendOrder(id, reason: "\(number)") : .resumeOrder(id, reason: "\(number)")
          return (try? await journal.refusal(of: command, Office.officer)) == .some(nil)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 100)
    let events = try journal.events().suffix(from: Int(start))
    let suspensions = events.count {
      if case .orderSuspended = $0.event.change { true } else { false }
    }
    let resumptions = events.count {
      if case .orderResumed = $0.event.change { true } else { false }
    }
    let refusals = events.count { if case .actionRefused = $0.event.change { true } else { false } }
    #expect(suspensions + resumptions == results.count { $0 })
    #expect(suspensions + resumptions + refusals == 100)
    #expect((0...1).contains(suspensions - resumptions))
    #expect(journal.verify().verified)
  }

  @Test func `who commits first is answered without waiting for those that came later`()
    async throws
  {
    let queue = CommitQueue()
    let disk = Disk()
    async let first = queue.submit(.sample) { disk.commit($0) }
    await disk.waitForCommit()
    async let second = queue.submit(.sample) { disk.commit($0) }
    await queue.waitForWaiting(1)
    disk.letGo()
    // The second's write is under way, and stays so until the first is answered.
    _ = try await first
    await disk.waitForCommit()
    disk.letGo()
    _ = try await second
    #expect(disk.batches == [1, 1])
  }

  @Test
  func `those that wait meanwhile are committed together, in their order, in bounded batches`()
    async throws
  {
    let queue = CommitQueue()
    let disk = Disk()
    let count = CommitQueue.batchLimit * 2 + 10
    async let first = queue.submit(.sample) { disk.commit($0) }
    await disk.waitForCommit()
    await withTaskGroup { group in
      for _ in 0..<count {
        group.addTask { _ = try? await queue.submit(.sample) { disk.commit($0) } }
      }
      await queue.waitForWaiting(count)
      disk.letGo(times: .max)
    }
    _ = try await first
    #expect(disk.batches == [1, CommitQueue.batchLimit, CommitQueue.batchLimit, 10])
    #expect(await queue.waitingCount == 0)
  }

  @Test func `commands that come together stay together, and each has its own answer`() async throws
  {
    let queue = CommitQueue()
    let disk = Disk()
    async let first = queue.submit(.sample) { disk.commit($0) }
    await disk.waitForCommit()
    async let three = queue.submit([.sample, .sample, .sample]) { disk.commit($0) }
    await queue.waitForWaiting(3)
    let full = [CommitRequest](repeating: .sample, count: CommitQueue.batchLimit - 2)
    async let many = queue.submit(full) { disk.commit($0) }
    await queue.waitForWaiting(full.count + 3)
    disk.letGo(times: .max)
    _ = try await first
    #expect(try await three.count == 3)
    #expect(try await many.count == full.count)
    #expect(disk.batches == [1, 3, full.count])
    #expect(await queue.waitingCount == 0)
  }

  @Test func `commands handed in together are decided one after the other, in one transaction`()
    async throws
  {
    let office = try await Office.open()
    let journal = office.journal
    let id = try await office.orderInForce(try Parcel(.sample(effective: nil)))
    let start = journal.size
    let outcomes = try await journal.perform(
      [
        .suspendOrder(id, reason: "one"), .suspendOrder(id, reason: "two"),
        .resumeOrder(id, reason: "three"),
      ], by: Office.officer)
    let counts = outcomes.map { if case .recorded(let events) = $0 { events.count } else { 0 } }
    #expect(counts[0] > 0 && counts[1] == 0 && counts[2] > 0)
    // The refusal is on the record too.
    #expect(journal.size == start + UInt64(counts[0] + counts[2]) + 1)
    #expect(journal.register.orders[id]?.state == .inForce)
    #expect(try await journal.perform([], by: Office.officer).isEmpty)
    #expect(journal.verify().verified)
  }

  @Test func `more than may wait are turned away, and nothing of theirs is committed`() async throws
  {
    let queue = CommitQueue()
    let disk = Disk()
    async let first = queue.submit(.sample) { disk.commit($0) }
    await disk.waitForCommit()
    await withTaskGroup { group in
      for _ in 0..<CommitQueue.limit {
        group.addTask { _ = try? await queue.submit(.sample) { disk.commit($0) } }
      }
      await queue.waitForWaiting(CommitQueue.limit)
      await #expect(throws: StoreError.busy) {
        try await queue.submit(.sample) { disk.commit($0) }
      }
      disk.letGo(times: .max)
    }
    _ = try await first
    #expect(disk.batches.reduce(0, +) == CommitQueue.limit + 1)
  }

  @Test func `a cancelled task waits for its command, which is committed once`() async throws {
    let queue = CommitQueue()
    let disk = Disk()
    let first = Task { try await queue.submit(.sample) { disk.commit($0) } }
    await disk.waitForCommit()
    let second = Task { try await queue.submit(.sample) { disk.commit($0) } }
    await queue.waitForWaiting(1)
    first.cancel()
    second.cancel()
    disk.letGo(times: .max)
    _ = try await first.value
    _ = try await second.value
    #expect(disk.batches == [1, 1])
  }

  @Test func `a failure is told to all of its batch and to no other`() async throws {
    let queue = CommitQueue()
    let disk = Disk()
    async let first = queue.submit(.sample) { disk.commit($0) }
    await disk.waitForCommit()
    let failures = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do throws(StoreError) {
            _ = try await queue.submit(.sample) { batch in
              batch.map { _ in .failure(.diskFull(directory: "")) }
            }
            return false
          } catch {
            return error == .diskFull(directory: "")
          }
        }
      }
      await queue.waitForWaiting(20)
      disk.letGo(times: .max)
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(failures == 20)
    _ = try await first
    _ = try await queue.submit(.sample) { disk.commit($0) }
  }
}

extension CommitRequest {
  fileprivate static var sample: CommitRequest {
    CommitRequest(command: .correctClock(reason: "sample"), actor: .system, targets: nil)
  }
}

extension CommitQueue {
  /// Lets other tasks run until so many wait.
  fileprivate func waitForWaiting(_ count: Int) async {
    while waitingCount < count { await Task.yield() }
  }
}

/// A disk whose writes end when a test lets them.
private final class Disk: Sendable {
  private let written = Mutex<[Int]>([])
  private let begun: AsyncStream<Void>
  private let beginning: AsyncStream<Void>.Continuation
  private let permits = DispatchSemaphore(value: 0)
  private let isOpen = Mutex(false)

  init() { (begun, beginning) = AsyncStream.makeStream() }

  /// The sizes of the batches, in their order.
  var batches: [Int] { written.withLock { $0 } }

  func commit(_ batch: [CommitRequest]) -> [CommitQueue.CommitResult] {
    beginning.yield()
    if !isOpen.withLock({ $0 }) { permits.wait() }
    written.withLock { $0.append(batch.count) }
    return batch.map { _ in .success(.recorded([])) }
  }

  /// Waits until another write has begun.
  func waitForCommit() async {
    for await _ in begun { return }
  }

  /// Lets one write end, or all from now on.
  func letGo(times: Int = 1) {
    if times == .max { isOpen.withLock { $0 = true } }
    permits.signal()
  }
}
