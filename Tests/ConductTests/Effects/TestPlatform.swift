import Crypto
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A platform that takes webhooks over HTTP on loopback: it checks each signature, knows a message
/// again by its id, and does what it is told.
final class TestPlatform: Sendable {
  /// A message as it came.
  struct Message: Sendable {
    let id: String
    let timestamp: String
    let body: [UInt8]

    struct Payload: Decodable {
      struct Detail: Decodable {
        struct Notice: Decodable {
          struct Item: Decodable {
            let kind: String
            let heading: String
            let text: String
          }
          let language: String
          let title: String
          let text: String
          let items: [Item]
        }
        struct Appeal: Decodable {
          let url: String
          let token: String
          let days: Int
          let until: String
        }
        let sanction: String
        let account: String
        let kind: String
        let sequence: Int
        let restrictions: [String]
        let until: String?
        let notice: Notice
        let appeal: Appeal?
        let cause: String?
      }
      let type: String
      let timestamp: String
      let data: Detail
    }

    func payload() throws -> Payload { try JSONDecoder().decode(Payload.self, from: Data(body)) }
  }

  private struct State {
    var secret = ""
    var arrived: [Message] = []
    var known: Set<String> = []
    var done: [Message] = []
    var badSignatures = 0
    var answers: [Int] = []
    var waiters: [(count: Int, resume: @Sendable () -> Void)] = []
  }

  private let state = Mutex(State())

  /// Messages, in the order in which they arrived, doubles included.
  var arrived: [Message] { state.withLock { $0.arrived } }
  /// Messages that were acted on: each id once.
  var done: [Message] { state.withLock { $0.done } }
  var badSignatures: Int { state.withLock { $0.badSignatures } }

  func know(_ secret: String) { state.withLock { $0.secret = secret } }

  /// The statuses of the next answers; 200 once they are used up.
  func answer(_ statuses: [Int]) { state.withLock { $0.answers = statuses } }

  /// Waits until so many messages were acted on.
  func waitUntilDone(_ count: Int) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isThere = state.withLock { state in
        if state.done.count >= count { return true }
        state.waiters.append((count, { continuation.resume() }))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// Runs a body while the platform listens; the body gets its address.
  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let router = Router()
    router.post("hook") { request, _ in
      let buffer = try await request.body.collect(upTo: 1 << 20)
      return Response(
        status: .init(code: self.take(request.headers, Array(buffer.readableBytesView))),
        body: .init(byteBuffer: ByteBuffer(string: #"{"notice":"delivered"}"#)))
    }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        port.yield(channel.localAddress?.port ?? 0)
        port.finish()
      }, logger: quiet)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      for await number in ports {
        try await body("http://127.0.0.1:\(number)/hook")
      }
      group.cancelAll()
      while let _ = try? await group.next() {}
    }
  }

  private func take(_ headers: HTTPFields, _ body: [UInt8]) -> Int {
    let (waiters, status): ([@Sendable () -> Void], Int) = state.withLock { state in
      let message = Message(
        id: headers[.init("webhook-id")!] ?? "",
        timestamp: headers[.init("webhook-timestamp")!] ?? "", body: body)
      state.arrived.append(message)
      guard Self.isSigned(message, headers[.init("webhook-signature")!] ?? "", state.secret) else {
        state.badSignatures += 1
        return ([], 401)
      }
      let status = state.answers.isEmpty ? 200 : state.answers.removeFirst()
      guard (200..<300).contains(status) else { return ([], status) }
      if state.known.insert(message.id).inserted { state.done.append(message) }
      let count = state.done.count
      let ready = state.waiters.filter { $0.count <= count }.map(\.resume)
      state.waiters.removeAll { $0.count <= count }
      return (ready, status)
    }
    for waiter in waiters { waiter() }
    return status
  }

  /// Checks as the receivers' libraries do, from the text of the standard.
  private static func isSigned(_ message: Message, _ header: String, _ secret: String) -> Bool {
    guard let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count))) else {
      return false
    }
    let signed = Data("\(message.id).\(message.timestamp).".utf8) + Data(message.body)
    return header.split(separator: " ").contains { part in
      guard part.hasPrefix("v1,"), let code = Data(base64Encoded: String(part.dropFirst(3))) else {
        return false
      }
      return HMAC<SHA256>.isValidAuthenticationCode(
        code, authenticating: signed, using: SymmetricKey(data: key))
    }
  }
}
