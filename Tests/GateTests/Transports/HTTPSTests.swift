import AsyncHTTPClient
import DNSWire
import Enforcement
import DomainNames
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Gate

@Suite("DNS over HTTPS (RFC 8484)", .timeLimit(.minutes(2))) struct HTTPSTests {
  /// A client of one version of HTTP, and the address to ask.
  private struct Asker: Sendable {
    let client: HTTPClient
    let base: String

    func send(
      _ method: HTTPMethod, _ path: String, type: String? = nil, body: [UInt8]? = nil
    ) async throws -> (head: HTTPClientResponse, body: [UInt8]) {
      var request = HTTPClientRequest(url: base + path)
      request.method = method
      if let type { request.headers.add(name: "content-type", value: type) }
      if let body { request.body = .bytes(body) }
      let response = try await client.execute(request, timeout: .seconds(60))
      let buffer = try await response.body.collect(upTo: 1 << 20)
      return (response, Array(buffer.readableBytesView))
    }

    func get(_ message: [UInt8]) async throws -> (head: HTTPClientResponse, body: [UInt8]) {
      try await send(.GET, "/dns-query?dns=\(base64url(message))")
    }

    func post(_ message: [UInt8]) async throws -> (head: HTTPClientResponse, body: [UInt8]) {
      try await send(.POST, "/dns-query", type: "application/dns-message", body: message)
    }
  }

  private static func base64url(_ octets: [UInt8]) -> String {
    Data(octets).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  static let versions: [HTTPVersion] = [.http2, .http1_1]

  /// Opens the door, lets a test ask with one version of HTTP, and closes it.
  private func withDoor(
    _ version: HTTPVersion, limits: StreamLimits = StreamLimits(),
    use: @escaping @Sendable (Asker, OpenDoors) async throws -> Void
  ) async throws {
    try await OpenDoors.open([.https], limits: limits) { (open) async throws in
      var configuration = HTTPClient.Configuration(
        tlsConfiguration: try open.identity.client(), redirectConfiguration: .disallow)
      configuration.httpVersion = version == .http2 ? .automatic : .http1Only
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      let result = await Swift.Result {
        try await use(
          Asker(client: client, base: "https://127.0.0.1:\(open.ports[.https]!)"), open)
      }
      try await client.shutdown()
      try result.get()
    }
  }

  @Test(arguments: versions)
  func `a query is answered by GET and by POST alike`(version: HTTPVersion) async throws {
    try await withDoor(version) { (asker, open) async throws in
      open.upstream.open()
      for name in ["www.venue.example", "allowed.test"] {
        let message = query(name, id: 0)
        let byGET = try await asker.get(message)
        let byPOST = try await asker.post(message)
        for answer in [byGET, byPOST] {
          #expect(answer.head.status == .ok)
          #expect(answer.head.version == version)
          #expect(answer.head.headers["content-type"] == ["application/dns-message"])
          #expect(answer.head.headers["content-length"] == ["\(answer.body.count)"])
        }
        #expect(byGET.body == byPOST.body)
        let parsed = try Message(parsing: byGET.body)
        #expect(parsed.id == 0)
        #expect(parsed.responseCode == (name == "allowed.test" ? .noError : .nxDomain))
        let life = name == "allowed.test" ? "max-age=300" : "max-age=60"
        #expect(byGET.head.headers["cache-control"] == [life])
      }
    }
  }

  @Test func `a blocked answer is kept no longer than its rule has left, a failure not at all`() {
    let end = Instant("2019-08-24")!.milliseconds
    for (left, life) in [(90_000, 60), (59_999, 59), (1_500, 1), (999, 0)] as [(Int64, Int)] {
      for answer in [BlockedAnswer.nxdomain, .nodata, .address] {
        let desk = Desk(
          board: .with(.sample(blocking: [("venue.example", .subtree)], answer: answer)))
        guard case .answered(let octets) = desk.ask(query("venue.example"), at: end - left) else {
          Issue.record("not blocked")
          return
        }
        #expect(HTTPSHandler.freshness(of: octets) == "max-age=\(life)", "\(answer)")
      }
    }
    let desk = Desk(
      board: .with(.sample(blocking: [("venue.example", .subtree)], answer: .refused)))
    guard case .answered(let refused) = desk.ask(query("venue.example")) else { return }
    #expect(HTTPSHandler.freshness(of: refused) == "no-store")
    #expect(HTTPSHandler.freshness(of: [1, 2, 3]) == "no-store")
  }

  @Test(arguments: versions)
  func `what is no query in the right form is refused with the right status`(
    version: HTTPVersion
  ) async throws {
    try await withDoor(version) { (asker, _) async throws in
      let message = query("venue.example", id: 0)
      let text = Self.base64url(message)
      let type = "application/dns-message"
      var reply = message
      reply[2] |= 0x80
      let long = [UInt8](repeating: 0, count: StreamLimits.queryOctets + 1)
      let cases: [(HTTPMethod, String, String?, [UInt8]?, UInt)] = [
        (.GET, "/dns-query", nil, nil, 400),
        (.GET, "/dns-query?", nil, nil, 400),
        (.GET, "/dns-query?dns=", nil, nil, 400),
        (.GET, "/dns-query?dns=\(text)=", nil, nil, 400),
        (.GET, "/dns-query?dns=\(text)&dns=\(text)", nil, nil, 400),
        (.GET, "/dns-query?dns=AAAA", nil, nil, 400),
        (.GET, "/dns-query?dns=\(Self.base64url(reply))", nil, nil, 400),
        (.GET, "/dns-query?ct&dns=\(text)", nil, nil, 200),
        (.GET, "/dns-query?dns=\(Self.base64url(long))", nil, nil, 414),
        (.GET, "/", nil, nil, 404), (.GET, "/dns-query/", nil, nil, 404),
        (.GET, "/dns-queries?dns=\(text)", nil, nil, 404),
        (.POST, "/other", type, message, 404),
        (.PUT, "/dns-query", type, message, 405), (.DELETE, "/dns-query", nil, nil, 405),
        (.OPTIONS, "/dns-query", nil, nil, 405),
        (.POST, "/dns-query", nil, message, 415),
        (.POST, "/dns-query", "text/plain", message, 415),
        (.POST, "/dns-query", "application/dns-json", message, 415),
        (.POST, "/dns-query", "Application/DNS-Message; charset=x", message, 200),
        (.POST, "/dns-query", type, long, 413),
        (.POST, "/dns-query", type, nil, 400), (.POST, "/dns-query", type, reply, 400),
        (.POST, "/dns-query", type, [1, 2, 3], 400),
      ]
      for (method, path, type, body, status) in cases {
        let answer = try await asker.send(method, path, type: type, body: body)
        #expect(answer.head.status.code == status, "\(method) \(path.prefix(60)) \(type ?? "")")
        if status == 405 { #expect(answer.head.headers["allow"] == ["GET, POST"]) }
        if status != 200 {
          #expect(answer.head.headers["cache-control"] == ["no-store"])
          #expect(answer.body.last == UInt8(ascii: "\n"))
        }
      }
      // A message that can be answered is, though it is malformed.
      var malformed = message
      malformed[5] = 9
      let answer = try await asker.post(malformed)
      #expect(answer.head.status == .ok)
      #expect(try Message(parsing: answer.body).responseCode == .formErr)
    }
  }

  @Test func `each answer comes when it is ready, on one connection of HTTP 2`() async throws {
    try await withDoor(.http2) { (asker, open) async throws in
      // The connection is there first, so that both queries take it.
      #expect(try await asker.get(query("venue.example", id: 0)).head.status == .ok)
      try await withThrowingTaskGroup(of: String.self) { (group) async throws in
        for name in ["slow.test", "slower.test"] {
          group.addTask { () async throws in
            #expect(try await asker.get(query(name, id: 0)).head.status == .ok)
            return name
          }
        }
        await open.upstream.waitForQueries(2)
        #expect(open.doors.roll.count == 1)
        #expect(try await asker.get(query("venue.example", id: 0)).head.status == .ok)
        open.upstream.release("slower.test")
        #expect(try await group.next() == "slower.test")
        open.upstream.release("slow.test")
        #expect(try await group.next() == "slow.test")
      }
    }
  }

  @Test(arguments: versions)
  func `a thousand mutated requests disturb nobody`(version: HTTPVersion) async throws {
    try await withDoor(version) { (asker, open) async throws in
      open.upstream.open()
      var random = SeededGenerator(state: 31)
      let message = query("www.venue.example", id: 0, edns: EDNS(options: [.padding(20)]))
      for _ in 0..<500 {
        let mutated = random.mutation(of: message)
        let posted = try await asker.post(mutated)
        #expect([.ok, .badRequest].contains(posted.head.status))
        if posted.head.status == .ok {
          #expect(try Message(parsing: posted.body).flags.contains(.response))
        }
        let text = random.mutation(of: Array(Self.base64url(message).utf8)).map { octet in
          octet.isASCIIAlphanumeric ? octet : UInt8(ascii: "-")
        }
        let got = try await asker.send(
          .GET, "/dns-query?dns=\(String(decoding: text, as: UTF8.self))")
        #expect([.ok, .badRequest].contains(got.head.status))
      }
    }
  }

  @Test func `answers are padded for those who pad`() async throws {
    try await withDoor(.http2) { (asker, _) async throws in
      let answer = try await asker.get(
        query("venue.example", id: 0, edns: EDNS(options: [.padding(0)])))
      #expect(answer.body.count == AnswerOptions.block)
    }
  }
}

@Suite("Heads of requests for DNS") struct HTTPSRequestTests {
  @Test func `a target with scheme and host is read as one without`() {
    let text = "AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB"
    for target in [
      "/dns-query?dns=\(text)", "https://dns.example/dns-query?dns=\(text)",
      "https://[::1]:8443/dns-query?dns=\(text)&a=b",
    ] {
      let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
      guard case .message(let octets) = HTTPSRequest(head) else {
        Issue.record("\(target)")
        continue
      }
      #expect(octets.count == 33)
    }
    for target in ["", "*", "https://dns.example", "//dns-query", "dns-query", "/?dns=\(text)"] {
      let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
      #expect(HTTPSRequest(head) == .refused(.notFound), "\(target)")
    }
  }

  @Test func `whatever a target says, it is a message, a body or a refusal`() {
    var random = SeededGenerator(state: 9)
    let target = Array("/dns-query?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB".utf8)
    var messages = 0
    for _ in 0..<20_000 {
      let uri = String(decoding: random.mutation(of: target), as: UTF8.self)
      let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: uri)
      if case .message(let octets) = HTTPSRequest(head) {
        messages += 1
        #expect(octets.count <= uri.utf8.count)
      }
    }
    #expect(messages > 500)
  }

  @Test(arguments: HTTPSRefusal.allCases)
  func `each refusal says what to do`(refusal: HTTPSRefusal) {
    #expect((400...415).contains(refusal.status.code))
    #expect(refusal.sentence.hasSuffix("."))
  }
}

extension UInt8 {
  fileprivate var isASCIIAlphanumeric: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
