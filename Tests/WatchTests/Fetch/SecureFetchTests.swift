import Egress
import Foundation
import Hummingbird
import HummingbirdHTTP2
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Watch

/// What servers of the tests show, from `scripts/make-test-certificates`.
private enum Certificates {
  /// The file of an authority or a server.
  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/tls/\(name)").path
  }

  /// A server's settings.
  static func server(_ name: String) throws -> TLSConfiguration {
    .makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(path("\(name).pem")).map {
        .certificate($0)
      },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: path("\(name).key"), format: .pem)))
  }
}

@Suite("The fetcher, over TLS", .timeLimit(.minutes(2))) struct SecureFetchTests {
  /// Runs a server of HTTP/2 and HTTP/1.1 on loopback, and a fetch of it under a name.
  private func fetch(
    _ name: String = "shop.example", tls: TLSConfiguration,
    isOld: Bool = false,
    adjust: @escaping (inout FetchPolicy) -> Void = { _ in }, paths: [String] = ["/x"]
  ) async throws -> [FetchOutcome] {
    let router = Router()
    router.get("**") { request, _ in
      "\(request.head.authority ?? "") \(request.uri) \(request.headers[.userAgent] ?? "")"
    }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
      router: router,
      server: try isOld
        ? .tls(.http1(), tlsConfiguration: tls) : .http2Upgrade(tlsConfiguration: tls),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
      logger: Logger(label: "tests", factory: { _ in SwiftLogNoOpLogHandler() }))
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      var waiting = ports.makeAsyncIterator()
      let number = try #require(await waiting.next())
      let table = HostTable([name: [try #require(IPAddress("127.0.0.1"))]], next: nil)
      let outcomes = try await withFetcher(
        resolver: table,
        adjust: {
          $0.trustRoots = .file(path: Certificates.path("authority.pem"))
          adjust(&$0)
        }
      ) { fetcher in
        var outcomes: [FetchOutcome] = []
        for path in paths {
          outcomes.append(
            await fetcher.fetch(FetchRequest(url: "https://\(name):\(number)\(path)")))
        }
        return outcomes
      }
      group.cancelAll()
      return outcomes
    }
  }

  @Test func `a page comes over HTTP 2, its exchange written as HTTP 1 would`() async throws {
    let outcomes = try await fetch(tls: try Certificates.server("shop"), paths: ["/a?b", "/c"])
    #expect(outcomes.count == 2)
    for (outcome, path) in zip(outcomes, ["/a?b", "/c"]) {
      let page = try #require(outcome.page)
      let text = String(decoding: page.content, as: UTF8.self)
      #expect(text.hasPrefix("shop.example:") && text.contains(" \(path) Cordon/1.0"))
      let exchange = try #require(page.hops.last)
      #expect(String(decoding: exchange.responseHead, as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
      #expect(exchange.version == "HTTP/2")
      #expect(exchange.certificateFault == nil)
    }
  }

  @Test func `a server that speaks HTTP 1 only is spoken to in it`() async throws {
    let page = try await fetch(
      tls: try Certificates.server("shop"), isOld: true)[0].page
    #expect(page?.status == 200)
    #expect(page?.hops.last?.version == "HTTP/1.1")
  }

  @Test(arguments: [false, true])
  func `the names in a server's certificate go with every exchange`(_ isOld: Bool) async throws {
    let outcomes = try await fetch(
      tls: try Certificates.server("shop"), isOld: isOld, paths: ["/a", "/b"])
    for outcome in outcomes {
      let exchange = try #require(outcome.page?.hops.last)
      #expect(exchange.certificateNames.contains("shop.example"))
    }
  }

  @Test(arguments: [
    ("other", "is for another name"), ("ended", "not one that the trust roots vouch for"),
    ("stranger-shop", "not one that the trust roots vouch for"),
  ])
  func `a certificate that does not hold is a failure, or recorded where that is asked`(
    _ server: String, _ words: String
  ) async throws {
    let tls = try Certificates.server(server)
    let refused = try await fetch(tls: tls)[0]
    guard case .tls(let reason) = refused.failure else {
      Issue.record("it was not refused: \(refused)")
      return
    }
    #expect(reason.contains(words))
    let recorded = try await fetch(tls: tls, adjust: { $0.certificates = .record })[0]
    let exchange = try #require(recorded.page?.hops.last)
    // The port differs from fetch to fetch.
    #expect(exchange.certificateFault?.contains(words) == true)
  }

  @Test func `a server that does not speak TLS is given up`() async throws {
    let server = try await ScriptedServer { _ in .page("plain") }
    let outcome = try await withFetcher(adjust: { $0.connectTime = .milliseconds(300) }) {
      await $0.fetch(FetchRequest(url: "https://127.0.0.1:\(server.port)/"))
    }
    guard case .unreachable = outcome.failure else { return #expect(Bool(false), "\(outcome)") }
    try await server.stop()
  }
}
