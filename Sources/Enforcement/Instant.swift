/// A moment in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The pure rooms read no clock; a caller passes the moment in. Text form is RFC 3339 in UTC.
public struct Instant: Sendable, Hashable, Comparable {
  /// Milliseconds since the Unix epoch.
  public let milliseconds: Int64

  /// Takes milliseconds since the Unix epoch.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Takes whole seconds since the Unix epoch.
  public init(seconds: Int64) {
    self.milliseconds = seconds * 1000
  }

  /// Whole seconds since the Unix epoch, rounded down.
  public var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : -((999 - milliseconds) / 1000)
  }

  /// Compares moments.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment that lies `duration` later.
  public static func + (left: Instant, duration: Duration) -> Instant {
    let (seconds, attoseconds) = duration.components
    return Instant(
      milliseconds: left.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// The time from `earlier` to this moment.
  public func duration(since earlier: Instant) -> Duration {
    .milliseconds(milliseconds - earlier.milliseconds)
  }
}

// MARK: - RFC 3339

extension Instant {
  /// Reads `2026-08-24T00:00:00Z`, with fraction and offset if given, or a bare date.
  ///
  /// A bare date means its first moment in UTC. Years run from 1970 to 9999, in UTC too. Answers
  /// nil for anything else (RFC 3339, Section 5.6; a leap second's `:60` is not accepted).
  public init?(_ text: some StringProtocol) {
    var scan = DigitScan(Array(text.utf8))
    guard let year = scan.number(digits: 4), scan.take("-"),
      let month = scan.number(digits: 2), scan.take("-"),
      let day = scan.number(digits: 2),
      year >= 1970, (1...12).contains(month), day >= 1,
      day <= Self.daysInMonth(month, of: year)
    else { return nil }
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    if scan.isAtEnd {
      self.init(seconds: Int64(days) * 86_400)
      return
    }
    guard scan.take("T") || scan.take("t") || scan.take(" "),
      let hour = scan.number(digits: 2), hour < 24, scan.take(":"),
      let minute = scan.number(digits: 2), minute < 60, scan.take(":"),
      let second = scan.number(digits: 2), second < 60,
      let fraction = scan.fraction(), let offset = scan.offset(), scan.isAtEnd
    else { return nil }
    let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset * 60)
    guard (0...Self.lastSecond).contains(seconds) else { return nil }
    self.init(milliseconds: seconds * 1000 + Int64(fraction))
  }

  /// The last second of the year 9999.
  private static let lastSecond: Int64 = 253_402_300_799

  /// Days from 1970-01-01 to a date of the Gregorian calendar.
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return shifted / 400 * 146_097 + dayOfEra - 719_468
  }

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Year, month and day in UTC.
  var civilDate: (year: Int, month: Int, day: Int) {
    let days = Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400) + 719_468
    let era = days / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The date alone, `2026-08-24`.
  public var date: String {
    let (year, month, day) = civilDate
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  /// The date without separators, `20260824`.
  public var compactDate: String {
    date.filter { $0 != "-" }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC, with milliseconds only where there are some.
  ///
  /// Budget: 0.2 µs; every entry of the record has several.
  public var description: String {
    let (year, month, day) = civilDate
    let ofDay = Int((seconds % 86_400 + 86_400) % 86_400)
    let fraction = Int(milliseconds - seconds * 1000)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    func add(_ signed: Int, _ width: Int, _ mark: Unicode.Scalar) {
      let number = signed.magnitude
      var unit: UInt = 1
      for _ in 1..<width { unit *= 10 }
      while number / unit >= 10 { unit *= 10 }
      while unit > 0 {
        text.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
        unit /= 10
      }
      text.append(UInt8(ascii: mark))
    }
    add(year, 4, "-")
    add(month, 2, "-")
    add(day, 2, "T")
    add(ofDay / 3600, 2, ":")
    add(ofDay / 60 % 60, 2, ":")
    add(ofDay % 60, 2, fraction == 0 ? "Z" : ".")
    if fraction != 0 { add(fraction, 3, "Z") }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Reads fixed-width decimal fields.
private struct DigitScan {
  private var rest: ArraySlice<UInt8>

  init(_ octets: [UInt8]) {
    rest = octets[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits: Int) -> Int? {
    guard rest.count >= digits else { return nil }
    var value = 0
    for octet in rest.prefix(digits) {
      guard octet >= 0x30, octet <= 0x39 else { return nil }
      value = value * 10 + Int(octet - 0x30)
    }
    rest = rest.dropFirst(digits)
    return value
  }

  /// Milliseconds of an optional fraction of up to nine digits.
  mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    rest = rest.dropFirst(digits.count)
    let firstThree = (Array(digits) + [0x30, 0x30]).prefix(3)
    return firstThree.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Minutes east of UTC.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2), hours < 24, take(":"),
      let minutes = number(digits: 2), minutes < 60
    else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
