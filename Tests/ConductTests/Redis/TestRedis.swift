import Foundation
import NIOCore
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

  // Secure: over TLS on a port of loopback, with certificates of both sides and a user `intake`
  // beside the one with the password alone; else on a socket.
  init(secure: Bool = false) async throws {
    folder = try TestFolder()
    guard secure else {
      address = RedisAddress(host: folder.path + "/r.sock", user: nil, password: "a secret")
      try await start()
      return
    }
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "127.0.0.1", port: 0).get()
    var address = RedisAddress(
      host: "127.0.0.1", port: listener.localAddress?.port ?? 0, user: nil, password: "a secret")
    try await listener.close().get()
    var tls = RedisTLS()
    tls.authority = Self.certificates + "/authority.pem"
    tls.certificate = Self.certificates + "/other.pem"
    tls.key = Self.certificates + "/other.key"
    tls.name = "shop.example"
    address.tls = tls
    self.address = address
    try await start()
  }

  private static let certificates =
    #filePath.components(separatedBy: "/Tests/")[0] + "/Tests/Fixtures/tls"

  /// A file with credentials.
  func credentials(_ text: String, mode: Int = 0o600) throws -> String {
    let path = folder.path + "/credentials"
    try? FileManager.default.removeItem(atPath: path)
    let isMade = FileManager.default.createFile(
      atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
    return isMade ? path : ""
  }

  private var doors: [String] {
    guard address.tls != nil else { return ["--unixsocket", address.host] }
    return [
      "--bind", "127.0.0.1", "--tls-port", "\(address.port)",
      "--tls-cert-file", Self.certificates + "/shop.pem",
      "--tls-key-file", Self.certificates + "/shop.key",
      "--tls-ca-cert-file", Self.certificates + "/authority.pem", "--tls-auth-clients", "yes",
      "--user", "intake", "on", ">another-secret", "~posts*", "+@all",
    ]
  }

  func start() async throws {
    process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program ?? "/usr/bin/redis-server")
    process.arguments =
      ["--port", "0"] + doors + [
        "--dir", folder.path, "--save", "",
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
