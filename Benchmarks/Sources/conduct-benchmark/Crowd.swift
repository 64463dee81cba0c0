import Conduct
import Enforcement
import Foundation
import Records

/// A register of many accounts: how fast they are entered, and what they take of memory.
struct Crowd {
  let office: BenchmarkOffice
  let count: Int

  func run() async throws {
    guard let business = Slug(text: "business"), let personal = Slug(text: "personal"),
      let olga = PersonName("olga")
    else { throw BenchmarkFault(text: "a name is none") }
    let start = ContinuousClock.now
    for first in stride(from: 0, to: count, by: 1_000) {
      let entries = (first..<min(first + 1_000, count)).map { number in
        AccountEntry(
          identity: AccountIdentity(key: "u\(number)", handle: "handle-\(number)"),
          category: number.isMultiple(of: 10) ? business : personal, language: "zh-Hans",
          agreement: "2026-01")
      }
      try await office.do(
        .conduct(.registerAccounts(platform: office.platform, entries)), .person(olga))
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    print("accounts \(office.journal.register.conduct.accounts.count)")
    print("accounts_s \(Int(Double(count) / seconds))")
  }
}

/// The start of a record that was made before, in a process of its own: how long until it can be
/// asked and written, and what it takes of memory.
struct Opening {
  let folder: String

  func run() throws {
    let before = Memory.resident
    let start = ContinuousClock.now
    let journal = try Journal(
      directory: folder, origin: "log.example/benchmark",
      clock: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) })
    let seconds = start.duration(to: .now) / .seconds(1)
    let book = journal.register.conduct
    print("start_entries \(journal.size)")
    print("start_accounts \(book.accounts.count)")
    print("start_s \(seconds.hundredths)")
    print("start_memory_mb \((Memory.resident - before) >> 20)")
    try lists(journal)
  }

  /// The first piece of each list, and one far behind, where few or none fit: what takes longest.
  private func lists(_ journal: Journal) throws {
    let far = AccountID(count: journal.register.conduct.accounts.count / 2)
    let lists: [(String, () throws -> Int)] = [
      ("accounts", { try journal.accounts(after: far).things.count }),
      ("clear_accounts", { try journal.accounts(standing: .clear, after: far).things.count }),
      ("warned_accounts", { try journal.accounts(standing: .under(.warn)).things.count }),
      ("closed_accounts", { try journal.accounts(standing: .under(.close)).things.count }),
      ("lifted_sanctions", { try journal.sanctions(in: .lifted).things.count }),
      ("declined_sanctions", { try journal.sanctions(in: .declined).things.count }),
      ("held_infractions", { try journal.infractions(in: .held).things.count }),
      ("overturned_infractions", { try journal.infractions(in: .overturned).things.count }),
      ("unreviewed_accounts", { try journal.accounts(onlyUnreviewed: true).things.count }),
      ("open_appeals", { try journal.appeals(.open).things.count }),
      ("overdue_appeals", { try journal.appeals(.overdue(at: journal.now)).things.count }),
      ("open_leads", { try journal.leads(onlyOpen: true).things.count }),
    ]
    let times = try lists.map { name, list in
      let start = ContinuousClock.now
      _ = try list()
      return (name, start.duration(to: .now) / .milliseconds(1))
    }
    guard let slowest = times.max(by: { $0.1 < $1.1 }) else { return }
    print("start_slowest_list \(slowest.0)")
    print("start_slowest_list_ms \(slowest.1.hundredths)")
  }
}

/// What the process holds of memory.
enum Memory {
  /// Octets that are resident.
  static var resident: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

extension Double {
  /// With two digits behind the point.
  var hundredths: Double { (self * 100).rounded() / 100 }
}
