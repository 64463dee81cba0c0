import Testing

@testable import Gate

/// A limiter that can be asked within an expectation.
private final class Limiter {
  private var limiter: RateLimiter

  init(_ limit: ClientConfiguration.Limit, key: (UInt64, UInt64), entries: Int) {
    limiter = RateLimiter(limit, key: key, entries: entries)
  }

  func take(
    _ client: ClientAddress, _ answer: RateLimiter.Answer, at now: Int64
  ) -> RateLimiter.Ruling {
    limiter.take(client, answer, at: now)
  }

  func exempts(_ client: ClientAddress) -> Bool { limiter.exempts(client) }
}

@Suite("How much is answered to a network") struct RateLimiterTests {
  static let one = ClientAddress("203.0.113.9")
  static let neighbour = ClientAddress("203.0.113.250")
  static let stranger = ClientAddress("203.0.114.9")

  private static func limit(
    _ answers: Int, slip: Int = 0, exempt: [String] = []
  ) -> ClientConfiguration.Limit {
    ClientConfiguration.Limit(
      answers: answers, slip: slip, exempt: exempt.map { AddressPrefix($0)! })
  }

  @Test(arguments: [1, 3, 10, 1_000, 100_000])
  func `over ten seconds a network gets its answers a second, and one second's more at once`(
    answers: Int
  ) {
    let limiter = Limiter(Self.limit(answers), key: (1, 2), entries: 64)
    var passed = 0
    for step in 0..<10_000 {
      for _ in 0..<max(1, answers / 200) {
        let now = sampleNow + Int64(step)
        if limiter.take(Self.one, .full, at: now) == .pass { passed += 1 }
      }
    }
    #expect((answers * 10...answers * 11).contains(passed), "\(passed)")
  }

  @Test func `neighbours share, strangers do not`() {
    let limiter = Limiter(Self.limit(2), key: (1, 2), entries: 64)
    #expect(limiter.take(Self.one, .full, at: sampleNow) == .pass)
    #expect(limiter.take(Self.neighbour, .full, at: sampleNow) == .pass)
    #expect(limiter.take(Self.one, .full, at: sampleNow) == .drop)
    #expect(limiter.take(Self.stranger, .full, at: sampleNow) == .pass)
    let six = ["2001:db8:0:100::1", "2001:db8:0:1ff::2", "2001:db8:0:200::1"].map {
      ClientAddress($0)
    }
    #expect(limiter.take(six[0], .full, at: sampleNow) == .pass)
    #expect(limiter.take(six[1], .full, at: sampleNow) == .pass)
    #expect(limiter.take(six[0], .full, at: sampleNow) == .drop)
    #expect(limiter.take(six[2], .full, at: sampleNow) == .pass)
  }

  @Test(arguments: [1, 2, 3, 7])
  func `of those over the limit one in so many slips`(slip: Int) {
    let limiter = Limiter(Self.limit(1, slip: slip), key: (1, 2), entries: 64)
    #expect(limiter.take(Self.one, .full, at: sampleNow) == .pass)
    let rulings = (0..<70 * slip).map { _ in limiter.take(Self.one, .full, at: sampleNow) }
    #expect(rulings.filter { $0 == .slip }.count == 70)
    #expect(rulings.filter { $0 == .drop }.count == 70 * (slip - 1))
  }

  @Test func `refusals are few, even without a limit`() {
    for answers in [0, 1_000] {
      let limiter = Limiter(Self.limit(answers), key: (1, 2), entries: 64)
      let passed = (0..<100).filter { _ in
        limiter.take(Self.one, .refusal, at: sampleNow) == .pass
      }
      #expect(passed.count == 5)
      #expect(limiter.take(Self.one, .refusal, at: sampleNow + 1_000) == .pass)
    }
  }

  @Test func `no limit means none`() {
    let limiter = Limiter(Self.limit(0), key: (1, 2), entries: 64)
    for _ in 0..<10_000 { #expect(limiter.take(Self.one, .full, at: sampleNow) == .pass) }
    var none = RateLimiter()
    let ruling = none.take(Self.one, .refusal, at: sampleNow)
    #expect(ruling == .pass)
  }

  @Test func `a clock that is set back frees everyone`() {
    let limiter = Limiter(Self.limit(1), key: (1, 2), entries: 64)
    #expect(limiter.take(Self.one, .full, at: sampleNow) == .pass)
    #expect(limiter.take(Self.one, .full, at: sampleNow) == .drop)
    #expect(limiter.take(Self.one, .full, at: sampleNow - 86_400_000) == .pass)
    for extreme in [Int64.min, -1, 0, Int64.max] {
      _ = limiter.take(Self.one, .full, at: extreme)
    }
  }

  @Test func `a million forged networks do not wash out a busy one`() {
    let limiter = Limiter(Self.limit(10), key: (5, 6), entries: 1_024)
    var random = SeededGenerator(state: 9)
    var passed = 0
    for step in 0..<100_000 {
      let now = sampleNow + Int64(step / 100)
      if limiter.take(Self.one, .full, at: now) == .pass { passed += 1 }
      for _ in 0..<10 {
        let forged = ClientAddress(ipv4: UInt32.random(in: 0...UInt32.max, using: &random))
        _ = limiter.take(forged, .full, at: now)
      }
    }
    #expect(passed <= 40, "\(passed) answers in a second, of 10 and 10 at once")
  }

  @Test func `exempt networks are known`() {
    let limiter = Limiter(
      Self.limit(1, exempt: ["203.0.113.0/25", "2001:db8::/32"]), key: (1, 2), entries: 64)
    #expect(limiter.exempts(Self.one) && !limiter.exempts(Self.neighbour))
    #expect(limiter.exempts(ClientAddress("2001:db8::1")))
  }
}
