import Testing

@testable import Enforcement

@Suite struct `An instant` {
  @Test func `agrees with counting days one by one from 1970 to 9999`() {
    var calendar = SlowCalendar()
    var wrong: [String] = []
    while calendar.year < 10_000 {
      let days = Instant.daysSinceEpoch(
        year: calendar.year, month: calendar.month, day: calendar.dayOfMonth)
      let civil = Instant(seconds: Int64(calendar.day) * 86_400 + 86_399).civilDate
      if days != calendar.day
        || civil != (calendar.year, calendar.month, calendar.dayOfMonth)
      {
        wrong.append("\(calendar.year)-\(calendar.month)-\(calendar.dayOfMonth)")
      }
      calendar.advance()
    }
    #expect(wrong.isEmpty)
    #expect(calendar.day == 2_932_897)
  }

  @Test func `reads and writes bare dates as the slow calendar does`() {
    var calendar = SlowCalendar()
    var random = SeededRandom(seed: 70)
    var compared = 0
    while calendar.year < 10_000 {
      if random.chance(1, in: 150) {
        let first = Instant(seconds: Int64(calendar.day) * 86_400)
        #expect(Instant(calendar.text) == first)
        #expect(first.date == calendar.text)
        #expect(first.description == calendar.text + "T00:00:00Z")
        #expect(first.compactDate.count == 8)
        compared += 1
      }
      calendar.advance()
    }
    #expect(compared > 10_000)
  }

  @Test func `comes back from its own text`() {
    var random = SeededRandom(seed: 3339)
    for _ in 0..<20_000 {
      let moment = Instant(milliseconds: .random(in: 0...Self.last, using: &random))
      #expect(Instant(moment.description) == moment)
    }
    for edge in [0, 1, 999, 1000, 86_399_999, 86_400_000, Self.last] {
      #expect(Instant(Instant(milliseconds: edge).description)?.milliseconds == edge)
    }
  }

  @Test func `means the same moment whatever the offset and the digits of the fraction`() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<5_000 {
      let moment = Instant(
        milliseconds: .random(in: 86_400_000...(Self.last - 86_400_000), using: &random))
      let east = Int.random(in: -1439...1439, using: &random)
      let local = Instant(milliseconds: moment.milliseconds + Int64(east) * 60_000)
      let clock = local.description.prefix(19)
      let digits = String(String((1000 + moment.milliseconds % 1000)).dropFirst())
      let more = random.pick(["", "0", "000", "123456", "999999"])
      let offset =
        (east < 0 ? "-" : "+") + Self.two(abs(east) / 60) + ":" + Self.two(abs(east) % 60)
      #expect(Instant("\(clock).\(digits)\(more)\(offset)") == moment)
    }
  }

  @Test(arguments: [
    ("2026-08-24", "2026-08-24T00:00:00Z"), ("2026-08-24T10:20:30Z", "2026-08-24T10:20:30Z"),
    ("2026-08-24t10:20:30z", "2026-08-24T10:20:30Z"),
    ("2026-08-24 10:20:30Z", "2026-08-24T10:20:30Z"),
    ("2026-08-24T10:20:30.5Z", "2026-08-24T10:20:30.500Z"),
    ("2026-08-24T10:20:30.05Z", "2026-08-24T10:20:30.050Z"),
    ("2026-08-24T10:20:30.000Z", "2026-08-24T10:20:30Z"),
    ("2026-08-24T10:20:30.123456789Z", "2026-08-24T10:20:30.123Z"),
    ("2026-08-24T00:30:00+01:00", "2026-08-23T23:30:00Z"),
    ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z"),
    ("2026-08-24T00:00:00-00:00", "2026-08-24T00:00:00Z"),
    ("2024-02-29", "2024-02-29T00:00:00Z"), ("2000-02-29", "2000-02-29T00:00:00Z"),
    ("1970-01-01", "1970-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
  ])
  func `reads RFC 3339`(text: String, meaning: String) {
    #expect(Instant(text)?.description == meaning)
  }

  @Test(arguments: [
    "", " ", "2026", "2026-08", "2026-8-24", "26-08-24", "2026-02-29", "2024-02-30", "2100-02-29",
    "2026-00-10", "2026-13-01", "2026-08-00", "2026-08-32", "2026-04-31", "2026-08-24T",
    "2026-08-24T10:20", "2026-08-24T10:20Z", "2026-08-24T10:20:30", "2026-08-24T24:00:00Z",
    "2026-08-24T10:60:00Z", "2016-12-31T23:59:60Z", "2026-08-24T10:20:30.Z",
    "2026-08-24T10:20:30.1234567890Z", "2026-08-24T10:20:30,5Z", "2026-08-24T10:20:30+1:00",
    "2026-08-24T10:20:30+0100", "2026-08-24T10:20:30+24:00", "2026-08-24T10:20:30+01:60",
    "2026-08-24T10:20:30ZZ", "2026-08-24T10:20:30Z ", " 2026-08-24", "2026-08-24 ", "2026/08/24",
    "20260824", "+2026-08-24", "-2026-08-24", "1969-12-31", "1970-01-01T00:00:00+00:01",
    "0000-01-01", "10000-01-01", "٢٠٢٦-08-24", "2026-08-24T10:20:30\u{0}", "24.08.2026",
  ])
  func `reads nothing into what is no date`(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func `is never read past the year 9999, where its text would have five digits`() {
    #expect(Instant("9999-12-31T23:59:59-00:01") == nil)
    #expect(Instant("9999-12-31T22:59:59.999-01:00")?.milliseconds == Self.last)
  }

  @Test func `reads no random damage of a good text as the same moment by accident`() {
    var random = SeededRandom(seed: 11)
    let good = "2026-08-24T10:20:30.250+02:00"
    let alphabet = Array("0123456789-+:.TZtz /a".utf8)
    for _ in 0..<20_000 {
      var octets = Array(good.utf8)
      octets[Int.random(in: octets.indices, using: &random)] = random.pick(alphabet)
      guard let read = Instant(String(decoding: octets, as: UTF8.self)) else { continue }
      #expect(Instant(read.description) == read)
    }
  }

  @Test func `counts whole seconds downwards before the epoch too`() {
    #expect(Instant(milliseconds: -1).seconds == -1)
    #expect(Instant(milliseconds: -1000).seconds == -1)
    #expect(Instant(milliseconds: -1001).seconds == -2)
    #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
  }

  @Test func `moves by a duration and back`() {
    var random = SeededRandom(seed: 8)
    for _ in 0..<1000 {
      let moment = Instant(milliseconds: .random(in: 0...Self.last, using: &random))
      let step = Duration.milliseconds(
        Int64.random(in: -1_000_000_000...1_000_000_000, using: &random))
      #expect((moment + step).duration(since: moment) == step)
      #expect((moment < moment + step) == (step > .zero))
    }
  }

  /// The last millisecond of the year 9999.
  private static let last: Int64 = 253_402_300_799_999

  private static func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
