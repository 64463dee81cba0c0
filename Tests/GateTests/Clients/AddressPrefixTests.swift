import Testing

@testable import Gate

@Suite("Blocks of addresses") struct AddressPrefixTests {
  static let readable: [(String, String, String)] = [
    ("192.0.2.0/24", "192.0.2.0", "192.0.2.255"), ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
    ("192.0.2.7/32", "192.0.2.7", "192.0.2.7"), ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
    ("2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("::1", "::1", "::1"), ("fe80::/10", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
  ]

  @Test(arguments: readable)
  func `a block holds its first and its last address, and no other`(
    block: (String, String, String)
  ) throws {
    let prefix = try #require(AddressPrefix(block.0))
    let blocks = AddressBlocks([prefix])
    #expect(blocks.contain(ClientAddress(block.1)))
    #expect(blocks.contain(ClientAddress(block.2)))
    let (first, last) = (ClientAddress(block.1).number, ClientAddress(block.2).number)
    for number in [first &- 1, last &+ 1] {
      let other = ClientAddress(
        high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number))
      #expect(!blocks.contain(other), "\(block.0)")
    }
  }

  @Test(arguments: [
    "", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.1/24",
    "2001:db8::/129", "2001:db8::1/64", "example.com", "192.0.2.0/24/8", "192.0.2", "::/0x0",
    " 192.0.2.0/24", "192.0.2.0/024x",
  ])
  func `what is no block is not read`(text: String) {
    #expect(AddressPrefix(text) == nil)
  }

  @Test func `every address of IPv6 is none of IPv4, and the other way round`() {
    let four = ClientAddress("203.0.113.9")
    let six = ClientAddress("2001:db8::9")
    #expect(!AddressBlocks([AddressPrefix("::/0")!]).contain(four))
    #expect(AddressBlocks([AddressPrefix("::/0")!]).contain(six))
    #expect(!AddressBlocks([AddressPrefix("0.0.0.0/0")!]).contain(six))
    #expect(!AddressBlocks([]).contain(four))
  }

  @Test func `many blocks answer as each of them would`() {
    var random = SeededGenerator(state: 11)
    let prefixes = (0..<200).map { _ in
      let length = Int.random(in: 4...20, using: &random)
      let network = UInt32.random(in: 0...UInt32.max, using: &random) & ~0 << UInt32(32 - length)
      let octets = [24, 16, 8, 0].map { "\(network >> UInt32($0) & 0xFF)" }
      return AddressPrefix("\(octets.joined(separator: "."))/\(length)")!
    }
    let blocks = AddressBlocks(prefixes)
    var inside = 0
    for _ in 0..<20_000 {
      let client = ClientAddress(ipv4: UInt32.random(in: 0...UInt32.max, using: &random))
      let expected = prefixes.contains { $0.range.contains(client.number) }
      inside += expected ? 1 : 0
      #expect(blocks.contain(client) == expected)
    }
    #expect((1..<20_000).contains(inside))
  }

  @Test func `the local networks are all read`() {
    #expect(AddressPrefix.local.count == 9)
    let blocks = AddressBlocks(AddressPrefix.local)
    for text in ["127.0.0.1", "10.9.8.7", "100.127.255.255", "192.168.1.1", "::1", "fd00::1"] {
      #expect(blocks.contain(ClientAddress(text)), "\(text)")
    }
    for text in ["8.8.8.8", "100.128.0.0", "172.32.0.0", "2001:db8::1", "::2"] {
      #expect(!blocks.contain(ClientAddress(text)), "\(text)")
    }
  }
}
