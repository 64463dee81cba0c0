import Foundation
import NIOPosix

@testable import Conduct

/// Debian's Redis on a socket of its own, ended with its owner.
final class TestRedis: @unchecked Sendable {
  // Changed by `start` and `kill` alone, which a test calls one after the other.
  private var process = Process()
  let folder: TestFolder
  let address: RedisAddress

  static let program = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  init() async throws {
    folder = try TestFolder()
    address = RedisAddress(host: folder.path + "/r.sock", user: nil, password: "a secret")
    try await start()
  }

  func start() async throws {
    process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program ?? "/usr/bin/redis-server")
    process.arguments = [
      "--port", "0", "--unixsocket", address.host, "--dir", folder.path, "--save", "",
      "--appendonly", "yes", "--appendfsync", "always", "--requirepass", "a secret",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning {
      if (try? await command(["PING"])) != nil { return }
      await Task.yield()
    }
    throw RedisFailure.closed
  }

  /// Ends the server at once.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  deinit { kill() }

  @discardableResult
  func command(_ parts: [String]) async throws -> RESPValue {
    try await RedisConnection.with(address, group: .singletonMultiThreadedEventLoopGroup) {
      try await $0.send(parts)
    }
  }

  func length(_ stream: String) async throws -> Int {
    guard case .integer(let count) = try await command(["XLEN", stream]) else { return -1 }
    return count
  }

  /// How many messages of a group are read and not acknowledged.
  func pending(_ stream: String, _ group: String) async throws -> Int {
    guard let parts = try await command(["XPENDING", stream, group]).elements,
      case .integer(let count) = parts[0]
    else { return -1 }
    return count
  }
}
