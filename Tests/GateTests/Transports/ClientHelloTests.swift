import NIOCore
import NIOEmbedded
import Testing

@testable import Gate

@Suite("Protocols that TLS clients name") struct ClientHelloTests {
  /// A first message with other extensions around the one for protocols, in records of a size.
  private func hello(_ names: [String]?, record: Int = 1_000) -> [UInt8] {
    func counted<Length: FixedWidthInteger>(_ octets: [UInt8], by: Length.Type) -> [UInt8] {
      withUnsafeBytes(of: Length(octets.count).bigEndian) { Array($0) } + octets
    }
    var extensions: [UInt8] = [0, 23, 0, 0]
    if let names {
      let list = names.flatMap { counted(Array($0.utf8), by: UInt8.self) }
      extensions += [0, 16] + counted(counted(list, by: UInt16.self), by: UInt16.self)
    }
    extensions += [0, 43, 0, 3, 2, 3, 4]
    var body: [UInt8] = [3, 3] + [UInt8](repeating: 9, count: 32)
    body += counted([1, 2, 3], by: UInt8.self) + counted([0x13, 0x01], by: UInt16.self)
    body += counted([0], by: UInt8.self) + counted(extensions, by: UInt16.self)
    let message = [1, 0] + counted(body, by: UInt16.self)
    return stride(from: 0, to: message.count, by: record).flatMap { start in
      let part = Array(message[start..<min(start + record, message.count)])
      return [22, 3, 1] + counted(part, by: UInt16.self)
    }
  }

  @Test(arguments: [1, 3, 40, 1_000])
  func `protocols are found in records of any size, and not before all came`(record: Int) {
    let octets = hello(["dot", "h2"], record: record)
    #expect(ClientHello(ByteBuffer(bytes: octets)) == .offers(["dot", "h2"]))
    for count in 0..<octets.count {
      #expect(ClientHello(ByteBuffer(bytes: octets[..<count])) == .unfinished)
    }
    #expect(ClientHello(ByteBuffer(bytes: hello(nil, record: record))) == .silent)
  }

  @Test func `what is no first message of TLS is left to TLS`() {
    for octets in [
      Array("GET / HTTP/1.1\r\n".utf8), [20, 3, 1, 0], [22, 3, 1, 0, 4, 2, 0, 0, 0],
      [22, 3, 1, 0, 4, 1, 0xFF, 0xFF, 0xFF], [22, 3, 1, 0xFF, 0xFF],
    ] {
      #expect(ClientHello(ByteBuffer(bytes: octets)) == .silent, "\(octets)")
    }
  }

  @Test func `mutated messages never trap`() {
    var random = SeededGenerator(state: 21)
    let octets = hello(["dot"])
    var offers = 0
    for _ in 0..<20_000 {
      let read = ClientHello(ByteBuffer(bytes: random.mutation(of: octets)))
      if case .offers = read { offers += 1 }
    }
    #expect(offers > 500 && offers < 15_000)
  }

  /// What comes through the guard, what goes out, and whether it closed.
  private func sent(
    _ octets: [UInt8], piece: Int
  ) throws -> (through: [UInt8], out: [UInt8], isClosed: Bool) {
    let channel = EmbeddedChannel(handler: ProtocolGuard(spoken: ["dot"]))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    for start in stride(from: 0, to: octets.count, by: piece) where channel.isActive {
      let part = octets[start..<min(start + piece, octets.count)]
      try channel.writeInbound(ByteBuffer(bytes: part))
    }
    var through: [UInt8] = []
    while let part = try channel.readInbound(as: ByteBuffer.self) {
      through += part.readableBytesView
    }
    let out = try channel.readOutbound(as: ByteBuffer.self).map { Array($0.readableBytesView) }
    return (through, out ?? [], !channel.isActive)
  }

  @Test(arguments: [1, 7, 5_000])
  func `who names the door's protocol or none comes in whole, others get an alert`(
    piece: Int
  ) throws {
    for names in [["dot"], ["h2", "dot"], nil] {
      let octets = hello(names) + [20, 3, 3, 0, 1, 1]
      let result = try sent(octets, piece: piece)
      #expect(result.through == octets && result.out.isEmpty && !result.isClosed)
    }
    let refused = try sent(hello(["h2", "xmpp-client"]), piece: piece)
    #expect(refused.through.isEmpty && refused.isClosed)
    #expect(refused.out == [21, 3, 3, 0, 2, 2, 120])
  }
}
