import Conduct
import Enforcement
import Foundation
import Records

/// Sanctions that are all due at one moment: how long until the last is lifted.
struct Due {
  let office: BenchmarkOffice
  let count: Int

  /// A post for which an account is restricted for a week.
  static func line(id: String, account: String) -> String {
    let text =
      "代币私募开放认购：私募价 0.05 USDT，软顶 500 ETH，支持 USDT、ETH 打币，立即认购，名额有限，认购地址进群领取。"
    return
      #"{"id":"\#(id)","account":"\#(account)","published":"2026-11-23T00:00:00Z","text":"\#(text)"}"#
  }

  func run() async throws {
    let started = ContinuousClock.now
    for first in stride(from: 0, to: count, by: 1_000) {
      let lines = (first..<min(first + 1_000, count)).map { number in
        Self.line(id: "due-\(number)", account: "u\(number)")
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
    print("due_last_lifted_s \(seconds.hundredths)")
  }
}
