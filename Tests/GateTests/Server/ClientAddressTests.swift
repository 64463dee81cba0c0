import NIOCore
import Testing

@testable import Gate

@Suite("The address of who asks") struct ClientAddressTests {
  static let addresses: [(String, [UInt8])] = [
    ("192.0.2.7", [192, 0, 2, 7]),
    ("255.255.255.255", [255, 255, 255, 255]),
    ("2001:db8::12:7", [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0, 7]),
    ("::1", [UInt8](repeating: 0, count: 15) + [1]),
    ("::ffff:192.0.2.7", [192, 0, 2, 7]),
  ]

  @Test(arguments: addresses)
  func `a socket's address is read as its octets`(text: String, octets: [UInt8]) throws {
    let address = try SocketAddress(ipAddress: text, port: 53)
    let client = try #require(ClientAddress(address))
    #expect(client.octets == octets)
    #expect(client == ClientAddress(octets))
    #expect((client.ipv4 != nil) == (octets.count == 4))
  }

  @Test func `octets of another number are no address`() {
    for count in [0, 1, 3, 5, 15, 17] {
      #expect(ClientAddress([UInt8](repeating: 1, count: count)) == nil)
    }
    #expect(ClientAddress(nil) == nil)
  }

  @Test func `an address is not printed in any way`() throws {
    let client = ClientAddress(ipv4: 0xC000_0207)
    var dumped = ""
    dump(QueryContext(transport: .udp, client: client), to: &dumped)
    for text in ["\(client)", String(reflecting: client), dumped] {
      #expect(text.contains("a client"))
      for part in ["192", "3221225991", "C0000207", "281474"] { #expect(!text.contains(part)) }
    }
  }
}
