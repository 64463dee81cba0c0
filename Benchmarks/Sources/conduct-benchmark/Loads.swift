import Conduct
import Enforcement
import Foundation
import Records

/// Batches as fast as they are taken, three under way at a time.
struct Throughput {
  let office: BenchmarkOffice
  /// Posts are made beforehand, so that making them is not measured.
  let batches: [ReplayBatch]
  let seconds: Int

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
    let infringing = try await office.screener.screen(
      batches[0].octets, of: office.platform
    ).infractions
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
            let batch = batches[number % batches.count].renamed(replay: number)
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
  /// The batches, one behind the other; more often than once where there are too few.
  let batches: [ReplayBatch]
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
    // Numbers of replays that no other load uses.
    let first = name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000 } * 1_000_000 + 1_000_000
    let pause = Duration.seconds(Double(batch) / perSecond)
    let state = Shared((underWay: 0, dropped: 0, times: [Double]()))
    let start = ContinuousClock.now + .milliseconds(100)
    try await withThrowingDiscardingTaskGroup { group in
      for number in 0..<total / batch {
        let octets = batches[number % batches.count].renamed(replay: first + number)
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
        name: name, offered: total,
        rate: Double(total) / seconds, dropped: state.dropped * batch,
        milliseconds: state.times)
    }
  }
}
