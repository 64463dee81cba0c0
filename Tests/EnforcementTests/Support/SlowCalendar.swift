/// The calendar by counting: one day after the other from 1970-01-01 on.
struct SlowCalendar {
  /// Number of days since 1970-01-01.
  private(set) var day = 0
  private(set) var year = 1970
  private(set) var month = 1
  private(set) var dayOfMonth = 1

  static func isLeap(_ year: Int) -> Bool {
    if year.isMultiple(of: 400) { return true }
    if year.isMultiple(of: 100) { return false }
    return year.isMultiple(of: 4)
  }

  static func length(of month: Int, in year: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  var text: String {
    let full = [(year, 4), (month, 2), (dayOfMonth, 2)].map { number, width in
      String(String(String(number).reversed() + "0000").prefix(width).reversed())
    }
    return full.joined(separator: "-")
  }

  mutating func advance() {
    day += 1
    dayOfMonth += 1
    guard dayOfMonth > Self.length(of: month, in: year) else { return }
    dayOfMonth = 1
    month += 1
    guard month > 12 else { return }
    month = 1
    year += 1
  }
}
