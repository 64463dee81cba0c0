import Conduct
import Enforcement
import Foundation
import Records

/// Batches as fast as they are taken, two under way at a time.
struct Throughput {
  let office: BenchmarkOffice
  let seconds: Int

  static let batchPosts = 5_000

  struct Outcome {
    let posts: Int
    let infractions: Int
    let seconds: Double
    let processorSeconds: Double
    let longestSecond: Int
    var postsPerSecond: Double { Double(posts) / seconds }

    func print(_ name: String) {
      Swift.print("\(name)_posts_s \(Int(postsPerSecond))")
      Swift.print("\(name)_infractions_s \(Int(Double(infractions) / seconds))")
      Swift.print("\(name)_slowest_second \(longestSecond)")
      Swift.print(
        "\(name)_processor_us \((processorSeconds / Double(posts) * 1e8).rounded() / 100)")
    }
  }

  func run() async throws -> Outcome {
    // Posts are made beforehand, so that making them is not measured: 50 batches, and their ids
    // are changed for each replay.
    var maker = PostMaker(seed: 1, accounts: 1_000_000)
    let batches = (0..<40).map { _ in maker.batch(Self.batchPosts) }
    let infringing = try await office.screener.screen(batches[0], of: office.platform).infractions
    guard infringing > 0 else { throw BenchmarkFault(text: "nothing infringes") }
    let replay = Shared((next: 0, posts: 0, infractions: 0, bySecond: [Int: Int]()))
    let start = ContinuousClock.now
    let processor = Self.processorSeconds()
    let end = start + .seconds(seconds)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          while ContinuousClock.now < end {
            let number = replay.withLock { state in
              state.next += 1
              return state.next
            }
            let batch = Self.renamed(batches[number % batches.count], replay: number)
            let screened = try await office.screener.screen(batch, of: office.platform)
            let second = Int(start.duration(to: .now) / .seconds(1))
            replay.withLock { state in
              state.posts += screened.posts
              state.infractions += screened.infractions
              state.bySecond[second, default: 0] += screened.posts
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let time = start.duration(to: .now) / .seconds(1)
    return replay.withLock { state in
      Outcome(
        posts: state.posts, infractions: state.infractions, seconds: time,
        processorSeconds: Self.processorSeconds() - processor,
        longestSecond: (1..<seconds).map { state.bySecond[$0, default: 0] }.min() ?? 0)
    }
  }

  /// The same posts under other ids: `p-` becomes a letter and the number of the replay.
  private static func renamed(_ batch: [UInt8], replay: Int) -> [UInt8] {
    let prefix = Array("{\"id\":\"p".utf8)
    let name = Array("\(replay)".utf8)
    var renamed: [UInt8] = []
    renamed.reserveCapacity(batch.count + 6 * batchPosts)
    for line in batch.split(separator: 0x0A) {
      renamed.append(contentsOf: line.prefix(prefix.count))
      renamed.append(contentsOf: name)
      renamed.append(contentsOf: line.dropFirst(prefix.count))
      renamed.append(0x0A)
    }
    return renamed
  }

  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Posts offered at a fixed rate, whatever becomes of those before: how long each batch takes from
/// the moment at which it was due, waiting included.
struct Offered {
  let office: BenchmarkOffice
  let name: String
  let perSecond: Double
  let batch: Int
  let total: Int
  /// The most batches under way; one that finds no room counts as dropped.
  let lanes: Int

  struct Outcome {
    let name: String
    let offered: Int
    let rate: Double
    let dropped: Int
    let milliseconds: [Double]

    func print() {
      let sorted = milliseconds.sorted()
      func at(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        return (sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] * 100).rounded()
          / 100
      }
      Swift.print("\(name)_offered \(offered)")
      Swift.print("\(name)_offered_s \(Int(rate))")
      Swift.print("\(name)_dropped \(dropped)")
      Swift.print("\(name)_p50_ms \(at(0.5))")
      Swift.print("\(name)_p95_ms \(at(0.95))")
      Swift.print("\(name)_p99_ms \(at(0.99))")
      Swift.print("\(name)_worst_ms \((sorted.last ?? .nan).rounded())")
    }
  }

  func run() async throws -> Outcome {
    var maker = PostMaker(seed: 7, accounts: 1_000_000)
    let batches = (0..<total / batch).map { number -> [UInt8] in
      (0..<batch).reduce(into: []) { octets, _ in
        octets += Array(maker.line(platform: name).utf8)
      }
    }
    let pause = Duration.seconds(Double(batch) / perSecond)
    let state = Shared((underWay: 0, dropped: 0, times: [Double]()))
    let start = ContinuousClock.now + .milliseconds(100)
    try await withThrowingDiscardingTaskGroup { group in
      for (number, octets) in batches.enumerated() {
        let due = start + pause * number
        if due > .now { try await Task.sleep(until: due, tolerance: .zero, clock: .continuous) }
        let isLetIn = state.withLock { state in
          guard state.underWay < lanes else {
            state.dropped += 1
            return false
          }
          state.underWay += 1
          return true
        }
        guard isLetIn else { continue }
        group.addTask {
          _ = try await office.screener.screen(octets, of: office.platform)
          let time = due.duration(to: .now) / .milliseconds(1)
          state.withLock { state in
            state.underWay -= 1
            state.times.append(time)
          }
        }
      }
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    return state.withLock { state in
      Outcome(
        name: name, offered: batches.count * batch,
        rate: Double(batches.count * batch) / seconds, dropped: state.dropped * batch,
        milliseconds: state.times)
    }
  }
}

/// Sanctions that are all due at one moment: how long until the last is lifted.
struct Due {
  let office: BenchmarkOffice
  let count: Int

  func run() async throws {
    let started = ContinuousClock.now
    for first in stride(from: 0, to: count, by: 1_000) {
      let lines = (first..<min(first + 1_000, count)).map { number in
        let text = "代币私募开放认购：私募价 0.05 USDT，软顶 500 ETH，支持 USDT、ETH 打币，立即认购，名额有限，认购地址进群领取。"
        return
          #"{"id":"due-\#(number)","account":"due-\#(number)","published":"2026-11-23T00:00:00Z","text":"\#(text)"}"#
      }
      _ = try await office.screener.screen(
        Array(lines.joined(separator: "\n").utf8), of: office.platform)
    }
    let imposed = started.duration(to: .now) / .seconds(1)
    let waiting = office.waiting
    office.clock.advance(.seconds(8 * 86_400))
    let start = ContinuousClock.now
    while let due = office.journal.register.nextDue(), due <= office.journal.now {
      try office.journal.catchUp()
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    print("due_sanctions \(waiting - office.waiting)")
    print("due_imposed_s \((Double(count) / imposed).rounded())")
    print("due_last_lifted_s \((seconds * 100).rounded() / 100)")
  }
}
