internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Answers verbs over the local socket of the data directory (mode 0600), so that they reach the
/// server in progress.
struct ControlServer: Service {
  let desk: Desk
  private let place: SocketPath
  /// Connections come as bare channels that read nothing yet: one that nobody takes up, because the
  /// server stops, can then just be closed.
  private let server: NIOAsyncChannel<any Channel, Never>

  init(desk: Desk, directory: String, group: any EventLoopGroup) async throws {
    self.desk = desk
    guard let place = SocketPath(directory: directory) else {
      throw DeskFault("the data directory \(directory) is not there")
    }
    self.place = place
    // What a killed server left; the lock on the directory says that no other runs.
    unlink(place.path)
    let previous = umask(0o177)
    defer { umask(previous) }
    server = try await ServerBootstrap(group: group)
      .childChannelOption(.autoRead, value: false)
      .bind(unixDomainSocketPath: place.path) { channel in
        channel.eventLoop.makeSucceededFuture(channel)
      }
    chmod(place.path, 0o600)
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      do {
        try await acceptConnections()
      } catch {
        // Only the end of the server closes the socket.
      }
    }
    unlink(place.path)
  }

  private func acceptConnections() async throws {
    try await server.executeThenClose { connections in
      try await withThrowingDiscardingTaskGroup { group in
        for try await connection in connections {
          group.addTask { try? await serve(connection) }
        }
      }
    }
  }

  private func serve(_ channel: any Channel) async throws {
    let connection = try await channel.eventLoop.submit { try channel.wrappedForControl() }.get()
    try await connection.executeThenClose { inbound, outbound in
      try await channel.setOption(.autoRead, value: true).get()
      var frames = inbound.makeAsyncIterator()
      guard let head = try await frames.next(), head.kind == .request,
        let file = try await frames.next(), file.kind == .file
      else { return }
      let output = DeskOutput(
        out: { try await outbound.write(ControlFrame(kind: .output, payload: $0)) },
        err: { try await outbound.write(ControlFrame(kind: .error, payload: Array($0.utf8))) })
      let code: ExitCode
      do {
        let request = try JSONDecoder().decode(DeskRequest.self, from: Data(head.payload))
        code = await desk.handle(request, file: file.payload, output: output)
      } catch {
        try await output.err("failed: the server is of another version than this program")
        code = .failed
      }
      // The connection is closed next, and what has not left by then would be lost.
      try await channel.writeAndFlush(ControlFrame(kind: .exit, payload: [code.rawValue])).get()
    }
  }
}
