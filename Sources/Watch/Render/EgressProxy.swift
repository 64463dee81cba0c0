internal import NIOCore
internal import NIOPosix

/// The only way out for a page: a proxy on loopback that is there for one page and goes with it.
///
/// It resolves, judges and pins every place through the guard, and counts every octet. It opens
/// TLS for no one: a tunnel's content is the browser's and the server's alone.
struct EgressProxy: Sendable {
  typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// The longest wait for a connection to be made.
  private static let connectTimeout = TimeAmount.seconds(5)
  /// The most addresses of one host that are tried.
  private static let attempts = 3

  /// The account of what passed.
  let ledger: EgressLedger
  /// The port on 127.0.0.1.
  let port: Int

  private let listener: NIOAsyncChannel<Connection, Never>
  private let permitting: any EgressPermitting
  private let group: any EventLoopGroup

  /// Listens on a port of the system's choice.
  static func open(
    permitting: any EgressPermitting, bounds: EgressBounds, group: any EventLoopGroup
  ) async throws -> EgressProxy {
    let listener = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.maxMessagesPerRead, value: 8)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          try Connection(wrappingChannelSynchronously: channel, configuration: .init())
        }
      }
    guard let port = listener.channel.localAddress?.port else {
      throw ChannelError.unknownLocalAddress
    }
    return EgressProxy(
      ledger: EgressLedger(bounds: bounds), port: port, listener: listener,
      permitting: permitting, group: group)
  }

  private init(
    ledger: EgressLedger, port: Int, listener: NIOAsyncChannel<Connection, Never>,
    permitting: any EgressPermitting, group: any EventLoopGroup
  ) {
    self.ledger = ledger
    self.port = port
    self.listener = listener
    self.permitting = permitting
    self.group = group
  }

  /// Serves until the task is cancelled; every connection is closed then.
  func run() async {
    try? await listener.executeThenClose { connections in
      try await withThrowingDiscardingTaskGroup { tasks in
        for try await connection in connections {
          guard ledger.countConnection() else {
            try? await connection.channel.close()
            continue
          }
          // A connection that breaks is the page's loss, and nobody else's.
          tasks.addTask { try? await serve(connection) }
        }
      }
    }
  }

  // MARK: One connection

  private func serve(_ client: Connection) async throws {
    try await client.executeThenClose { inbound, outbound in
      var reader = HeadReader(octets: inbound.makeAsyncIterator())
      guard let head = try await reader.readHead(), let request = ProxyRequest(head: head) else {
        return
      }
      guard let server = await connect(to: request) else {
        if case .tunnel = request.kind {
          try await outbound.write(ByteBuffer(string: "HTTP/1.1 403 Forbidden\r\n\r\n"))
        }
        return
      }
      try await server.executeThenClose { answers, requests in
        switch request.kind {
        case .tunnel:
          try await outbound.write(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n"))
          try await tunnel(&reader, to: requests, answers: answers, back: outbound)
        case .forward(let head):
          try await requests.write(ByteBuffer(bytes: head))
          try await pass(&reader, octets: request.bodyLength, to: requests)
          try await answer(answers, to: outbound)
        }
      }
    }
  }

  /// A connection to the first address that takes one; nil where none may be or does.
  private func connect(to request: ProxyRequest) async -> Connection? {
    let addresses: [SocketAddress]
    do throws(EgressRefusal) {
      addresses = try await permitting.permit(host: request.host, port: request.port)
    } catch {
      switch error {
      case .refused: ledger.noteRefused(request.place)
      case .unresolved: ledger.noteUnreachable(request.place)
      }
      return nil
    }
    for address in addresses.prefix(Self.attempts) {
      let connection = try? await ClientBootstrap(group: group)
        .connectTimeout(Self.connectTimeout)
        .connect(to: address) { channel in
          channel.eventLoop.makeCompletedFuture {
            try Connection(wrappingChannelSynchronously: channel, configuration: .init())
          }
        }
      if let connection { return connection }
    }
    ledger.noteUnreachable(request.place)
    return nil
  }

  // MARK: Passing on

  private func tunnel(
    _ reader: inout HeadReader, to requests: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    answers: NIOAsyncChannelInboundStream<ByteBuffer>,
    back: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        for try await octets in answers {
          guard ledger.count(octets: octets.readableBytes) else { break }
          try await back.write(octets)
        }
        // The browser closes its end when it has read to this one.
        back.finish()
      }
      while let octets = try await reader.next(), ledger.count(octets: octets.readableBytes) {
        try await requests.write(octets)
      }
      tasks.cancelAll()
    }
  }

  private func pass(
    _ reader: inout HeadReader, octets length: Int,
    to requests: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    var left = length
    while left > 0, var octets = try await reader.next() {
      guard let part = octets.readSlice(length: min(left, octets.readableBytes)),
        ledger.count(octets: part.readableBytes)
      else { return }
      left -= part.readableBytes
      try await requests.write(part)
    }
  }

  private func answer(
    _ answers: NIOAsyncChannelInboundStream<ByteBuffer>,
    to back: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    var reader = HeadReader(octets: answers.makeAsyncIterator())
    while let head = try await reader.readHead() {
      guard let rewritten = ProxyResponse.rewritten(head: head) else { return }
      guard !rewritten.isInterim else { continue }
      try await back.write(ByteBuffer(bytes: rewritten.octets))
      while let octets = try await reader.next(), ledger.count(octets: octets.readableBytes) {
        try await back.write(octets)
      }
      return
    }
  }
}

/// Reads a head, and then what follows it, from one stream of octets.
private struct HeadReader {
  var octets: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private var rest = ByteBuffer()

  init(octets: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) {
    self.octets = octets
  }

  /// The head without its final empty line; nil where none ends within the bound.
  mutating func readHead() async throws -> [UInt8]? {
    let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    var searched = 0
    while true {
      let view = rest.readableBytesView
      if let found = view.dropFirst(searched).firstRange(of: end) {
        let head = rest.readBytes(length: found.lowerBound - view.startIndex)
        rest.moveReaderIndex(forwardBy: end.count)
        return head
      }
      guard rest.readableBytes <= ProxyRequest.headLimit else { return nil }
      searched = max(0, rest.readableBytes - end.count + 1)
      guard var more = try await octets.next() else { return nil }
      rest.writeBuffer(&more)
    }
  }

  /// What follows; nil at the end.
  mutating func next() async throws -> ByteBuffer? {
    guard rest.readableBytes == 0 else {
      defer { rest.clear() }
      return rest
    }
    return try await octets.next()
  }
}
