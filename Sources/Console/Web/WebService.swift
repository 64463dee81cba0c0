internal import Gate
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// Serves the console's pages until the system shuts down; what is under way then is still answered.
struct WebService: Service {
  private let listener: WebListener
  private let http: HTTP1Channel
  private let logger: Logger
  private let count = ConnectionCount()

  /// Makes the pages ready.
  ///
  /// - Parameters:
  ///   - listener: where to serve.
  ///   - desk: where pages get what they tell.
  ///   - metrics: what is told to who watches over the system.
  ///   - logger: where faults are told.
  /// - Throws: where a template cannot be read.
  init(
    _ listener: WebListener, desk: Desk, metrics: @escaping @Sendable () -> String = { "" },
    logger: Logger
  ) throws {
    self.listener = listener
    self.logger = logger
    let rooms = try WebRooms(
      desk: desk, listening: listener.address, metrics: metrics, logger: logger)
    let responder = rooms.router().buildResponder()
    http = HTTP1Channel(
      responder: { request, writer, channel in
        let context = BasicRequestContext(source: .init(channel: channel, logger: logger))
        let response = try await responder.respond(to: request, context: context)
        try await writer.write(response: response.head, body: response.body)
      },
      configuration: WebListener.protocolConfiguration)
  }

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      try await listener.server.executeThenClose { connections in
        await withDiscardingTaskGroup { group in
          do {
            for try await connection in connections {
              group.addTask { await serve(connection) }
            }
          } catch {
            logger.debug("the console takes no more connections: \(error)")
          }
        }
      }
    }
  }

  private func serve(_ connection: WebListener.Connection) async {
    guard count.enter() else {
      try? await connection.executeThenClose { _, _ in }
      return
    }
    await http.handle(value: connection, logger: logger)
    count.leave()
  }
}

/// How many connections are open; one too many is closed at once.
private final class ConnectionCount: Sendable {
  private static let limit = 512
  private let open = Atomic<Int>(0)

  func enter() -> Bool {
    guard open.add(1, ordering: .relaxed).newValue <= Self.limit else {
      leave()
      return false
    }
    return true
  }

  func leave() { open.subtract(1, ordering: .relaxed) }
}
