internal import Gate
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix

/// Where the console listens; bound at once, so that a taken port is known before anything starts.
///
/// It must be served or closed.
struct WebListener: Sendable {
  typealias Connection = HTTP1Channel.Value

  /// The address, its port as the system gave it.
  let address: ListenAddress
  let server: NIOAsyncChannel<Connection, Never>

  /// A connection on which nothing happens is closed after so long.
  private static let idleTimeout = TimeAmount.seconds(30)

  /// How requests are read.
  static let protocolConfiguration = HTTP1Channel.Configuration(
    idleTimeout: idleTimeout,
    httpDecoderConfiguration: .init(
      maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 64))

  /// Binds the address.
  init(_ wanted: ListenAddress, logger: Logger) async throws(WebError) {
    let setup = HTTP1Channel(
      responder: { _, _, _ in }, configuration: Self.protocolConfiguration)
    do {
      server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.backlog, value: 256)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .bind(host: wanted.address, port: wanted.port) { channel in
          setup.setup(channel: channel, logger: logger)
        }
    } catch {
      throw WebError(error, address: wanted.description)
    }
    let port = server.channel.localAddress?.port ?? wanted.port
    address = ListenAddress(address: wanted.address, port: port)
  }

  /// Closes it unserved.
  func close() async {
    try? await server.executeThenClose { _ in }
  }
}

extension CordonConfiguration {
  /// The settings, with the port that the system chose in the console's address, where that is made
  /// from the port.
  func listening(on address: ListenAddress) -> CordonConfiguration {
    var configuration = self
    if consoleURL == "http://\(console)" { configuration.consoleURL = "http://\(address)" }
    configuration.console = address
    return configuration
  }
}
