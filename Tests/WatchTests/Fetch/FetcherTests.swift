import Egress
import Enforcement
import NIOCore
import Synchronization
import Testing

@testable import Watch

@Suite("The fetcher, over plain connections", .timeLimit(.minutes(2))) struct FetcherTests {
  private typealias Reply = ScriptedServer.Reply

  /// Fetches one address from a server with a script.
  private func fetch(
    _ path: String = "/", adjust: (inout FetchPolicy) -> Void = { _ in },
    script: @escaping ScriptedServer.Script
  ) async throws -> (outcome: FetchOutcome, requests: [ScriptedServer.Request]) {
    let server = try await ScriptedServer(script: script)
    let outcome = try await withFetcher(adjust: adjust) {
      await $0.fetch(FetchRequest(url: server.url(path)))
    }
    let requests = server.requests
    try await server.stop()
    return (outcome, requests)
  }

  @Test func `a page is fetched, and the exchange holds what passed`() async throws {
    let (outcome, requests) = try await fetch("/a?b=c") { _ in
      .page("<p>交易</p>", fields: "ETag: \"x\"\r\nX-Two: 1\r\nX-Two: 2\r\n")
    }
    let page = try #require(outcome.page)
    #expect(page.status == 200 && page.mediaType == "text/html" && page.charset == "utf-8")
    #expect(String(decoding: page.content, as: UTF8.self) == "<p>交易</p>")
    #expect(!page.isTruncated)
    let exchange = try #require(page.hops.first)
    #expect(page.hops.count == 1 && exchange.address == "127.0.0.1" && exchange.time == someMoment)
    #expect(exchange.body == Array("<p>交易</p>".utf8))
    #expect(exchange.fields.filter { $0.name == "x-two" }.map(\.value) == ["1", "2"])
    #expect(String(decoding: exchange.responseHead, as: UTF8.self).hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(requests.map(\.target) == ["/a?b=c"])
    // What the exchange says was sent is what the server got, the connection's own field aside.
    let sent = String(decoding: exchange.request, as: UTF8.self).split(separator: "\r\n")
    let got = requests[0].head.split(separator: "\r\n").filter {
      !$0.lowercased().hasPrefix("connection:")
    }
    #expect(sent.first == got.first)
    #expect(Set(sent) == Set(got))
  }

  @Test func `the fetcher says who it is, and sends neither cookies nor credentials`() async throws
  {
    let (_, requests) = try await fetch("/one") {
      $0.target == "/one"
        ? .page(
          "", status: "301 Moved",
          fields: "Set-Cookie: a=b\r\nLocation: http://u:p@\($0.field("host")!)/two\r\n")
        : .page("two")
    }
    #expect(requests.map(\.target) == ["/one", "/two"])
    for request in requests {
      #expect(request.field("user-agent") == "Cordon/1.0 (+https://watch.example/crawler)")
      #expect(request.field("cookie") == nil && request.field("authorization") == nil)
      #expect(request.head.hasPrefix("GET "))
    }
  }

  @Test func `connections are kept for the next page of a host, one a host`() async throws {
    let server = try await ScriptedServer { .page($0.target) }
    try await withFetcher { fetcher in
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<20 {
          group.addTask {
            let page = await fetcher.fetch(FetchRequest(url: server.url("/\(number)"))).page
            #expect(page?.content == Array("/\(number)".utf8))
          }
        }
      }
    }
    #expect(Set(server.requests.map(\.connection)) == [1])
    try await server.stop()
  }

  @Test func `a connection that the server left is replaced without a word`() async throws {
    // The server says keep and closes: what a kept connection looks like once its time is up.
    let leaving = try await ScriptedServer { _ in
      var reply = Reply.page("x")
      reply.end = .close
      return reply
    }
    try await withFetcher { fetcher in
      for number in 0..<300 {
        let outcome = await fetcher.fetch(FetchRequest(url: leaving.url("/\(number)")))
        #expect(outcome.page?.status == 200, "\(outcome)")
      }
    }
    try await leaving.stop()
  }

  @Test(arguments: ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
  func `redirects are followed, each hop on the record`(_ status: String) async throws {
    let (outcome, _) = try await fetch("/a/b") { request in
      switch request.target {
      case "/a/b": .redirect("../c?d#e", status: status)
      case "/c?d": .redirect("//\(request.field("host")!)/f", status: status)
      default: .page("end")
      }
    }
    let page = try #require(outcome.page)
    #expect(page.hops.map(\.status).last == 200 && page.hops.count == 3)
    #expect(page.url.hasSuffix("/f") && page.hops.map(\.url).last == page.url)
  }

  @Test func `a status that sends nowhere is a page`() async throws {
    for status in ["302 Found", "300 Choices", "404 Not Found", "503 Busy"] {
      let (outcome, _) = try await fetch { _ in .page("x", status: status) }
      #expect(outcome.page?.status == Int(status.prefix(3)))
    }
  }

  @Test func `redirects that come back, or never end, are given up`() async throws {
    let (loop, _) = try await fetch("/a") { .redirect($0.target == "/a" ? "/b" : "/a") }
    guard case .redirectLoop = loop.failure else { return #expect(Bool(false), "\(loop)") }
    let (endless, requests) = try await fetch("/1") { .redirect($0.target + "1") }
    #expect(endless.failure == .tooManyRedirects(10))
    #expect(requests.count == 11)
    guard case .failed(_, let hops) = endless else { return }
    #expect(hops.count == 11)
    let (away, _) = try await fetch("/") { _ in .redirect("javascript:alert(1)") }
    guard case .badResponse = away.failure else { return #expect(Bool(false), "\(away)") }
  }

  /// What a site may send a crawler to, written as sites would.
  @Test(arguments: [
    "http://127.0.0.2/", "http://localhost/", "http://0x7f.2/", "http://2130706434/",
    "http://[::1]/", "http://[::ffff:127.0.0.2]/", "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/", "http://１０.0.0.1/", "http://[fd00::1]/", "//192.168.1.1/",
    "http://inside.example/", "http://0/", "http://127.0.0.1:22/", "http://[64:ff9b::a00:1]/",
  ])
  func `a redirect to a private address is refused`(_ target: String) async throws {
    let server = try await ScriptedServer { _ in .redirect(target) }
    let resolver = HostTable(
      ["inside.example": [try #require(IPAddress("10.1.2.3"))]], next: SystemResolver())
    let outcome = try await withFetcher(
      resolver: resolver, exceptions: ["127.0.0.1:\(server.port)"]
    ) { await $0.fetch(FetchRequest(url: server.url())) }
    guard case .failed(.refusedAddress, let hops) = outcome else {
      Issue.record("\(target) was not refused: \(outcome)")
      return
    }
    #expect(hops.count == 1)
    try await server.stop()
  }

  @Test func `a page is asked for anew only where it changed`() async throws {
    let server = try await ScriptedServer { request in
      request.field("if-none-match") == "\"v1\"" || request.field("if-modified-since") != nil
        ? .raw("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n", then: .keep) : .page("new")
    }
    try await withFetcher { fetcher in
      let url = server.url()
      for request in [
        FetchRequest(url: url, entityTag: "\"v1\""),
        FetchRequest(url: url, lastModified: "Sun, 06 Nov 1994 08:49:37 GMT"),
      ] {
        guard case .notModified(let exchange) = await fetcher.fetch(request) else {
          Issue.record("it was fetched again")
          continue
        }
        #expect(exchange.status == 304 && exchange.body.isEmpty)
      }
      #expect(await fetcher.fetch(FetchRequest(url: url, entityTag: "\"v0\"")).page != nil)
      let bad = FetchRequest(url: url, entityTag: "\"v1\"\r\nX-Injected: 1")
      #expect(await fetcher.fetch(bad).page != nil)
    }
    #expect(server.requests.allSatisfy { !$0.head.contains("Injected") })
    try await server.stop()
  }

  @Test func `a name is reached at the address that was judged, under its own name`() async throws {
    let server = try await ScriptedServer { .page($0.field("host") ?? "") }
    let table = HostTable(["shop.example": [try #require(IPAddress("127.0.0.1"))]], next: nil)
    let url = "http://Shop.Example.:\(server.port)/"
    let page = try await withFetcher(resolver: table) {
      await $0.fetch(FetchRequest(url: url)).page
    }
    #expect(
      page.map { String(decoding: $0.content, as: UTF8.self) } == "shop.example:\(server.port)")
    #expect(page?.hops.first?.address == "127.0.0.1")
    try await server.stop()
  }

  /// A name that points somewhere else each time it is looked up.
  private final class TurningName: Resolving {
    private let answers: Mutex<[IPAddress]>

    init(_ answers: [String]) {
      self.answers = Mutex(answers.compactMap { IPAddress($0) })
    }

    func addresses(of host: String) async throws(AddressRefusal) -> [IPAddress] {
      answers.withLock { [$0.count > 1 ? $0.removeFirst() : $0[0]] }
    }
  }

  @Test func `a name that turns inward after it was judged is not followed there`() async throws {
    let outside = try await ScriptedServer { _ in .page("outside") }
    let inside = try await ScriptedServer(address: "127.0.0.2", port: outside.port) { _ in
      .page("inside")
    }
    let url = "http://turning.example:\(outside.port)/"
    // Only the first address is let through; the second stands for the operator's network.
    let exceptions = ["127.0.0.1:\(outside.port)"]
    for pinTime in [Duration.zero, .seconds(60)] {
      try await withFetcher(
        resolver: TurningName(["127.0.0.1", "127.0.0.2"]), exceptions: exceptions,
        adjust: { $0.pinTime = pinTime }
      ) { fetcher in
        #expect(await fetcher.fetch(FetchRequest(url: url)).page?.content == Array("outside".utf8))
        let second = await fetcher.fetch(FetchRequest(url: url))
        if pinTime == .zero {
          guard case .refusedAddress = second.failure else {
            Issue.record("the second look was not judged: \(second)")
            return
          }
        } else {
          #expect(second.page?.content == Array("outside".utf8))
        }
      }
    }
    #expect(inside.requests.isEmpty)
    try await outside.stop()
    try await inside.stop()
  }

  @Test func `of several addresses the first that answers is asked`() async throws {
    let server = try await ScriptedServer(address: "127.0.0.3") { _ in .page("here") }
    let table = HostTable(
      ["many.example": try ["127.0.0.4", "127.0.0.3"].map { try #require(IPAddress($0)) }],
      next: nil)
    let page = try await withFetcher(resolver: table) {
      await $0.fetch(FetchRequest(url: "http://many.example:\(server.port)/")).page
    }
    #expect(page?.hops.first?.address == "127.0.0.3")
    try await server.stop()
  }

  @Test func `a busy server says when to come back`() async throws {
    func exchange(_ status: String, _ value: String) async throws -> Exchange? {
      try await fetch { _ in .page("", status: status, fields: "Retry-After: \(value)\r\n") }
        .outcome.page?.hops.last
    }
    #expect(try await exchange("429 Slow", "120")?.retryAfter == .seconds(120))
    // 100 seconds after the moment of the exchange.
    #expect(
      try await exchange("503 Busy", "Tue, 14 Nov 2023 22:15:00 GMT")?.retryAfter == .seconds(100))
    #expect(try await exchange("503 Busy", "soon")?.retryAfter == nil)
    #expect(try await exchange("503 Busy", "99999999999")?.retryAfter == nil)
    #expect(try await exchange("200 OK", "120")?.retryAfter == nil)
  }

  @Test(arguments: [
    "ftp://127.0.0.1/", "shop.example", "", "http://", "http://a b/", "javascript:1",
  ])
  func `what is no web address is not asked`(_ url: String) async throws {
    let outcome = try await withFetcher { await $0.fetch(FetchRequest(url: url)) }
    guard case .badURL = outcome.failure else { return #expect(Bool(false), "\(outcome)") }
  }

  @Test func `nobody there is said to be nobody there`() async throws {
    let server = try await ScriptedServer { _ in .page("") }
    try await server.stop()
    let outcome = try await withFetcher { await $0.fetch(FetchRequest(url: server.url())) }
    guard case .unreachable = outcome.failure else { return #expect(Bool(false), "\(outcome)") }
    let unknown = try await withFetcher { await $0.fetch(FetchRequest(url: "http://no.example/")) }
    #expect(unknown.failure == .unresolved(host: "no.example"))
  }
}
