import Testing

@testable import Egress

@Suite("The address guard") struct AddressGuardTests {
  /// What a page may write to reach inside, and nobody on the public internet has.
  static let refused: [String] = [
    // Plain addresses.
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "169.254.0.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "168.63.129.16",
    "192.0.0.8", "192.0.0.192", "192.0.2.1", "198.51.100.7", "203.0.113.255", "198.18.0.1",
    "198.19.255.255", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    // Spellings that browsers read as addresses.
    "2130706433", "0x7f000001", "0X7F000001", "017700000001", "127.1", "127.0.1", "0177.0.0.1",
    "0x7f.0.0.1", "0x7f.1", "0300.0250.0.1", "3232235521", "0xa9fea9fe", "2852039166",
    "0251.0376.0251.0376", "169.254.43518", "127.0.0.1.", "0x7f.0x0.0x0.0x1", "0",
    "00000177.0.0.1", "127.0.0.0x1", "0x", "0x.0x.0x",
    // Written in another script, or percent-encoded.
    "１２７.０.０.１", "127。0。0。1", "１２７．０．０．１", "①②⑦.0.0.1", "%31%32%37.0.0.1",
    "127.0.0.%31", "1\u{AD}27.0.0.1", "127.0.0\u{200B}.1",
    // IPv6, and IPv4 within it.
    "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::ffff:10.1.2.3]", "[::ffff:169.254.169.254]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]",
    "[::7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b::169.254.169.254]",
    "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:808:808::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001::1]", "[fc00::1]", "[fd00:ec2::254]",
    "[fdff:ffff::1]", "[fe80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]",
    "[2001:db8::1]", "[3fff::1]", "[2001:2::1]", "[2001:10::1]", "[2001:20::1]", "[100::1]",
    "[5f00::1]", "[4000::1]", "[2a00:1450::5efe:7f00:1]", "[2a00:1450::200:5efe:10.0.0.1]",
  ]

  @Test(arguments: refused)
  func `an address that no public site has is refused however it is written`(
    _ host: String
  ) async throws {
    let url = try WebURL("http://\(host)/")
    guard case .address = url.host else {
      Issue.record("\(host) was read as the name \(url.host)")
      return
    }
    let addressGuard = AddressGuard(resolver: HostTable([:], next: nil))
    for text in [url.host.description, host] {
      do throws(AddressRefusal) {
        let permitted = try await addressGuard.pin(text, 80)
        Issue.record("\(host) was let through as \(permitted)")
      } catch {
        guard case .refused = error else {
          Issue.record("\(host) was not refused as an address: \(error)")
          return
        }
      }
    }
  }

  @Test(arguments: [
    "[fe80::1%25eth0]", "[fe80::1%eth0]", "[::1", "::1]", "[]", "[1.2.3.4]", "256.0.0.1",
    "1.2.3.4.5", "0x100000000", "4294967296", "1.2.3.0x100", "1.2.65536", "08.0.0.1", "[::g]",
    "127.0.0.1%00.shop.example", "shop.example%2f@127.0.0.1x y", "a b", "exa<mple.com",
    "example.com%00", "", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1::2::3]", "a..b", "a^b",
  ])
  func `a host that no browser would connect to is no host`(_ host: String) {
    #expect(throws: WebURL.Invalid.self) { try WebURL("http://\(host)/") }
  }

  @Test(arguments: [
    "8.8.8.8", "1.1.1.1", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255",
    "172.32.0.0", "192.167.255.255", "192.169.0.0", "126.255.255.255", "128.0.0.1",
    "169.253.255.255", "169.255.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "11.0.0.0",
    "9.255.255.255", "1.0.0.0", "[2606:4700::1111]", "[2a00:1450:4001::200e]", "[2003::1]",
    "[64:ff9b::808:808]", "[::ffff:8.8.8.8]", "[2001:200::1]", "134744072", "0x08.8.8.8",
  ])
  func `a public address is let through at the ports of the web`(_ host: String) async throws {
    let addressGuard = AddressGuard(resolver: HostTable([:], next: nil))
    #expect(try await addressGuard.pin(host, 443).count == 1)
    await #expect(throws: AddressRefusal.self) {
      try await addressGuard.pin(host, 22)
    }
  }

  @Test func `a name is judged by all of its addresses, and only those that pass are handed out`()
    async throws
  {
    let table = HostTable(
      [
        "mixed.example": [try address("10.0.0.1"), try address("8.8.8.8"), try address("::1")],
        "inside.example": [try address("192.168.1.1"), try address("fd00::1")],
        "empty.example": [],
      ], next: nil)
    let addressGuard = AddressGuard(resolver: table)
    let pinned = try await addressGuard.pin("Mixed.Example.", 80)
    #expect(pinned.map(\.address.description) == ["8.8.8.8"])
    #expect(pinned.map(\.host) == [.name("mixed.example")])
    await #expect(
      throws: AddressRefusal.refused(
        "inside.example is at 192.168.1.1, which is private (RFC 1918)")
    ) { try await addressGuard.pin("inside.example", 80) }
    await #expect(throws: AddressRefusal.unresolved(host: "empty.example")) {
      try await addressGuard.pin("empty.example", 80)
    }
  }

  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1", 8080, true), ("127.0.0.1:8080", "127.0.0.1", 8081, false),
    ("127.0.0.1", "127.0.0.1", 9, true), ("127.0.0.0/8", "127.9.9.9", 9, true),
    ("127.0.0.0/8", "10.0.0.1", 80, false), ("127.0.0.1", "[::ffff:127.0.0.1]", 80, false),
    ("127.0.0.1", "2130706433", 80, true), ("[::1]:443", "[::1]", 443, true),
    ("::1", "[::1]", 12, true), ("fd00::/8", "[fd12::1]", 80, true),
    ("inside.example", "inside.example", 80, true),
    ("inside.example", "www.inside.example", 80, true),
    ("inside.example:81", "www.inside.example", 80, false),
    ("inside.example", "notinside.example", 80, false),
  ])
  func `an exception lets through what it names and no more`(
    _ exception: String, _ host: String, _ port: Int, _ isPermitted: Bool
  ) async throws {
    let inside = [try address("10.9.9.9")]
    let table = HostTable(
      [
        "inside.example": inside, "www.inside.example": inside, "notinside.example": inside,
      ], next: nil)
    let addressGuard = AddressGuard(
      rules: .init(exceptions: [try #require(AddressException(exception))]), resolver: table)
    let permitted = try? await addressGuard.pin(host, port)
    #expect((permitted != nil) == isPermitted)
  }

  @Test func `the system's resolver knows this host, which the guard refuses`() async throws {
    let addresses = try await SystemResolver().addresses(of: "localhost")
    #expect(addresses.contains { ["127.0.0.1", "::1"].contains($0.description) })
    await #expect(throws: AddressRefusal.self) {
      try await AddressGuard().pin("localhost", 80)
    }
  }

  @Test func `what is written of an address is read back as that address`() throws {
    var dice = Dice(seed: 7)
    for _ in 0..<2_000 {
      let four = IPAddress(v4: UInt32.random(in: 0 ... .max, using: &dice))
      #expect(IPAddress(four.description) == four)
      let mask: UInt64 = Bool.random(using: &dice) ? 0xFFFF_0000_0000_FFFF : .max
      let six = IPAddress(high: dice.next() & mask, low: dice.next() & mask)
      #expect(IPAddress(six.description) == six)
      let length = Int.random(in: 0...128, using: &dice)
      let range = try #require(AddressRange(six, prefixLength: length))
      #expect(range.contains(six))
      #expect(AddressRange(range.description) == range)
    }
  }

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }
}

extension AddressGuard {
  /// What the fetcher asks; the guard answers the browser's proxy under the same name.
  fileprivate func pin(_ host: String, _ port: Int) async throws(AddressRefusal) -> [PinnedAddress]
  {
    try await permit(host: host, port: port)
  }
}
