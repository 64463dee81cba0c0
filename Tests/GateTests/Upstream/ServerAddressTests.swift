import NIOCore
import Testing

@testable import Gate

@Suite("Server addresses")
struct ServerAddressTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1:53"), ("192.0.2.1:5353", "192.0.2.1:5353"),
    ("2001:db8::1", "[2001:db8::1]:53"), ("[2001:DB8:0::1]", "[2001:db8::1]:53"),
    ("[::1]:65535", "[::1]:65535"), ("fe80::1%1", "[fe80::1%1]:53"),
    ("[fe80::1%lo]:54", "[fe80::1%lo]:54"),
  ])
  func `an address is read, and written so that it is read again`(_ text: String, _ written: String)
    throws
  {
    let address = try #require(ServerAddress(text))
    #expect(address.description == written)
    #expect(ServerAddress(written) == address)
  }

  @Test(arguments: [
    "", "dns.example", "192.0.2", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:+5",
    "192.0.2.256", "[192.0.2.1]:53", "[::1]53", "[::1]:", "[::1", "::1]", "::g", "1:2", "127.1",
    " 192.0.2.1", "192.0.2.1 ", "192.0.2.1%lo", "fe80::1%", "fe80::1%no-such-interface",
  ])
  func `what is no address is refused`(_ text: String) {
    #expect(ServerAddress(text) == nil)
  }

  @Test func `the interface is part of the address`() {
    #expect(ServerAddress("fe80::1%lo") != ServerAddress("fe80::1"))
  }
}

@Suite("The system's upstreams")
struct SystemUpstreamsTests {
  private func servers(_ text: String) -> [String] {
    SystemUpstreams.parse(text).map(\.description)
  }

  @Test func `nameserver lines are read in their order, each address once`() {
    let text = """
      # nameserver 192.0.2.99
      ; nameserver 192.0.2.98
      search example.org
      nameserver 192.0.2.1
      nameserver\t2001:db8::1   # the other one
      nameserver 192.0.2.1
      options edns0 trust-ad
      nameserver   127.0.0.53
      nameserver fe80::1%lo
      """
    #expect(
      servers(text)
        == ["192.0.2.1:53", "[2001:db8::1]:53", "127.0.0.53:53", "[fe80::1%lo]:53"])
  }

  @Test func `lines that hold no address are passed over`() {
    let text = """
      nameserver
      nameserver dns.example
      nameservers 192.0.2.1
       nameserver 192.0.2.2
      nameserver fe80::1%no-such-interface
      nameserver 192.0.2.3:53
      """
    #expect(servers(text).isEmpty)
    #expect(servers("").isEmpty)
  }

  @Test func `line ends of other systems do`() {
    #expect(servers("nameserver 192.0.2.1\r\nnameserver 192.0.2.2\r\n").count == 2)
  }
}
