import DNSWire
import Testing

/// Octets of hexadecimal digits.
private func octets(_ text: String) -> [UInt8] {
  stride(from: 0, to: text.count, by: 2).map { start in
    let digits = text.dropFirst(start).prefix(2)
    return UInt8(digits, radix: 16)!
  }
}

private func option(_ text: String) -> CookieOption {
  let data = octets(text)
  return CookieOption(data.span, data: 0..<data.count)!
}

/// The digits of a cookie as an answer holds it.
private func text(client: UInt64, _ cookie: ServerCookie) -> String {
  [client, cookie.head, cookie.hash].map { number in
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}

@Suite("DNS cookies (RFC 7873, RFC 9018)") struct CookieTests {
  /// An example of RFC 9018, Appendix A.
  struct Example: Sendable {
    let section: String
    let address: CookieAddress
    let secrets: CookieSecrets
    let asked: String
    let verdict: CookieSecrets.Verdict
    let seconds: UInt32
    let answered: String
  }

  static let shared = CookieSecret(hexadecimal: "e5e973e5a6b2a43f48e7dc849e37bfcf")!
  static let old = CookieSecret(hexadecimal: "dd3bdf9344b678b185a6f5cb60fca715")!
  static let new = CookieSecret(hexadecimal: "445536bcd2513298075a5d379663c962")!
  static let first = CookieAddress.ipv4(0xC633_6464)
  static let another = CookieAddress.ipv4(0xCB00_71CB)
  static let sixth = CookieAddress.ipv6(high: 0x2001_0DB8_0220_0001, low: 0x59DE_D0F4_8769_82B8)

  static let examples = [
    Example(
      section: "A.1, learning a cookie", address: first, secrets: CookieSecrets(shared),
      asked: "2464c4abcf10c957", verdict: .missing, seconds: 1_559_731_985,
      answered: "2464c4abcf10c957010000005cf79f111f8130c3eee29480"),
    Example(
      section: "A.2, renewing it", address: first, secrets: CookieSecrets(shared),
      asked: "2464c4abcf10c957010000005cf79f111f8130c3eee29480", verdict: .valid,
      seconds: 1_559_734_385, answered: "2464c4abcf10c957010000005cf7a871d4a564a1442aca77"),
    // The example's cookie has been made 6,715 seconds before: it is renewed, but does not hold.
    Example(
      section: "A.3, another client", address: another, secrets: CookieSecrets(shared),
      asked: "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5", verdict: .wrong,
      seconds: 1_559_734_700, answered: "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e"),
    Example(
      section: "A.4, a new secret, IPv6", address: sixth,
      secrets: CookieSecrets(old).rotated(to: new),
      asked: "22681ab97d52c298010000005cf7c57926556bd0934c72f8", verdict: .valid,
      seconds: 1_559_741_961, answered: "22681ab97d52c298010000005cf7c609a6bb79d16625507a"),
  ]

  @Test(arguments: examples)
  func `the examples of RFC 9018 come out octet for octet`(example: Example) {
    let asked = option(example.asked)
    let (verdict, reply) = example.secrets.judge(
      asked, from: example.address, at: example.seconds)
    #expect(verdict == example.verdict, "\(example.section)")
    #expect(text(client: asked.client, reply) == example.answered, "\(example.section)")
  }

  @Test func `reserved octets count as they came`() {
    let asked = option("fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5")
    let secrets = CookieSecrets(Self.shared)
    #expect(secrets.judge(asked, from: Self.another, at: 0x5CF7_8F71).verdict == .valid)
    let cleared = option("fc93fc62807ddb86010000005cf78f71a314227b6679ebf5")
    #expect(secrets.judge(cleared, from: Self.another, at: 0x5CF7_8F71).verdict == .wrong)
  }

  @Test func `a cookie holds for an hour and is renewed after half of one`() {
    let secrets = CookieSecrets(Self.shared)
    let made: UInt32 = 1_559_731_985
    let asked = option("2464c4abcf10c957010000005cf79f111f8130c3eee29480")
    for (age, verdict, isKept) in [
      (-301, CookieSecrets.Verdict.wrong, false), (-300, .valid, true), (0, .valid, true),
      (1_800, .valid, true), (1_801, .valid, false), (3_600, .valid, false),
      (3_601, .wrong, false),
    ] {
      let moment = UInt32(Int(made) + age)
      let (found, reply) = secrets.judge(asked, from: Self.first, at: moment)
      #expect(found == verdict, "\(age) s")
      #expect((reply.head & 0xFFFF_FFFF == UInt64(made)) == (isKept || age == 0), "\(age) s")
      #expect(
        reply.isMade(with: Self.shared, client: asked.client, address: Self.first), "\(age) s")
    }
  }

  @Test func `the time of cookies goes on past the end of its 32 bits`() {
    let secrets = CookieSecrets(Self.shared)
    let made = ServerCookie(
      client: 1, address: Self.first, at: UInt32.max - 9, secret: Self.shared)
    let asked = CookieOption.both(client: 1, made)
    #expect(secrets.judge(asked, from: Self.first, at: 20).verdict == .valid)
    #expect(secrets.judge(asked, from: Self.first, at: 3_600).verdict == .wrong)
  }

  @Test func `a cookie of another address, client, version or secret is wrong`() {
    let secrets = CookieSecrets(Self.shared)
    let now: UInt32 = 1_559_731_985
    let good = ServerCookie(client: 7, address: Self.first, at: now, secret: Self.shared)
    #expect(
      secrets.judge(.both(client: 7, good), from: Self.first, at: now).verdict == .valid)
    var changed = [CookieOption.both(client: 8, good), .foreign(client: 7)]
    for bit in 0..<64 {
      changed.append(
        .both(client: 7, ServerCookie(head: good.head ^ 1 << UInt64(bit), hash: good.hash)))
      changed.append(
        .both(client: 7, ServerCookie(head: good.head, hash: good.hash ^ 1 << UInt64(bit))))
    }
    for option in changed {
      #expect(secrets.judge(option, from: Self.first, at: now).verdict == .wrong, "\(option)")
    }
    for address in [Self.another, Self.sixth] {
      #expect(secrets.judge(.both(client: 7, good), from: address, at: now).verdict == .wrong)
    }
    let rotated = secrets.rotated(to: Self.new)
    #expect(rotated.judge(.both(client: 7, good), from: Self.first, at: now).verdict == .valid)
    let later = rotated.rotated(to: Self.old)
    #expect(later.judge(.both(client: 7, good), from: Self.first, at: now).verdict == .wrong)
  }

  @Test func `only lengths that a cookie may have are read`() {
    for length in 0...50 {
      let data = [UInt8](repeating: 1, count: length)
      let read = CookieOption(data.span, data: 0..<length)
      #expect((read != nil) == (length == 8 || (16...40).contains(length)), "\(length) octets")
    }
    let short = [UInt8](repeating: 1, count: 10)
    #expect(CookieOption(short.span, data: 4..<12) == nil)
  }

  @Test func `a secret is 32 hexadecimal digits and is never shown`() {
    for text in [
      "", "e5e973e5a6b2a43f48e7dc849e37bfc", "e5e973e5a6b2a43f48e7dc849e37bfcf0",
      "+5e973e5a6b2a43f48e7dc849e37bfcf", "g5e973e5a6b2a43f48e7dc849e37bfcf",
    ] {
      #expect(CookieSecret(hexadecimal: text) == nil, "\(text)")
    }
    #expect(CookieSecret(hexadecimal: "E5E973E5A6B2A43F48E7DC849E37BFCF") == Self.shared)
    let shown = "\(Self.shared) \(CookieSecrets(Self.shared)) \(String(reflecting: Self.shared))"
    #expect(!shown.contains("\(Self.shared.first)") && !shown.contains("e5e973"))
  }
}

@Suite("SipHash-2-4") struct SipHashTests {
  /// The reference's own vectors: key 00…0f, message of so many octets 00, 01, 02 and so on.
  static let vectors: [(count: Int, hash: UInt64)] = [
    (0, 0x726F_DB47_DD0E_0E31), (1, 0x74F8_39C5_93DC_67FD), (7, 0xAB02_00F5_8B01_D137),
    (8, 0x93F5_F579_9A93_2462), (15, 0xA129_CA61_49BE_45E5), (16, 0x3F2A_CC7F_57C2_9BDB),
    (63, 0x958A_324C_EB06_4572),
  ]

  @Test(arguments: vectors)
  func `the reference's vectors come out`(vector: (count: Int, hash: UInt64)) {
    let message = (0..<vector.count).map { UInt8($0) }
    func word(_ octets: ArraySlice<UInt8>) -> UInt64 {
      octets.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    var hash = SipHash(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
    let whole = vector.count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) { hash.add(word(message[start..<(start + 8)])) }
    let rest = word(message[whole...])
    #expect(hash.finish(rest, count: UInt64(vector.count - whole)) == vector.hash)
  }
}
