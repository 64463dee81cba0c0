internal import Foundation
internal import NIOCore
internal import NIOPosix

/// Asks the server in progress.
struct ControlClient {
  let directory: String

  /// Asks, and passes on what comes back; nil where no server runs.
  func ask(
    _ request: DeskRequest, file: [UInt8], output: DeskOutput
  ) async throws -> ExitCode? {
    guard let place = SocketPath(directory: directory) else { return nil }
    let head = [UInt8](try JSONEncoder().encode(request))
    let channel: NIOAsyncChannel<ControlFrame, ControlFrame>
    do {
      channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(unixDomainSocketPath: place.path) { channel in
          channel.eventLoop.makeCompletedFuture { try channel.wrappedForControl() }
        }
    } catch {
      // No socket, or one that a killed server left: the lock decides who has the directory.
      return nil
    }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ControlFrame(kind: .request, payload: head))
      try await outbound.write(ControlFrame(kind: .file, payload: file))
      for try await frame in inbound {
        switch frame.kind {
        case .output: try await output.out(frame.payload)
        case .error: try await output.err(String(decoding: frame.payload, as: UTF8.self))
        case .exit: return frame.payload.first.flatMap(ExitCode.init(rawValue:)) ?? .failed
        case .request, .file: throw ControlFault.malformed
        }
      }
      throw ControlFault.ended
    }
  }
}
