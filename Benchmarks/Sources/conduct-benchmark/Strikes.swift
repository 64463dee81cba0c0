import Conduct
import Enforcement
import Foundation
import Records

/// Ten thousand posts of one account, each handed in by itself and all at once: whether its strikes
/// add up, and each rung is answered once.
struct Strikes {
  let office: BenchmarkOffice
  let count: Int

  func run() async throws {
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count { group.addTask { try await hand(number) } }
      try await group.waitForAll()
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    let book = office.journal.register.conduct
    guard let account = book.account(on: office.platform, key: "one") else {
      throw BenchmarkFault(text: "the account has no strikes")
    }
    let points = account.strikes.reduce(0) { $0 + $1.points }
    let rungs = account.sanctions.compactMap { book.sanctions[$0]?.plan.ground.rungPoints }
    guard points == 40 * count, account.strikes.count == count, Set(rungs).count == rungs.count
    else {
      throw BenchmarkFault(
        text: "\(count) strikes came to \(account.strikes.count) with \(points) points, \(rungs)")
    }
    print("strikes_points \(points)")
    print("strikes_rungs \(rungs.count)")
    print("strikes_s \(seconds.hundredths)")
  }

  /// Hands one post in; where the record is busy nothing was taken, and it is handed in again.
  private func hand(_ number: Int) async throws {
    let line = Due.line(id: "one-\(number)", account: "one")
    while true {
      do {
        _ = try await office.screener.screen(Array(line.utf8), of: office.platform)
        return
      } catch StoreError.busy {
        try await Task.sleep(for: .milliseconds(250))
      }
    }
  }
}
