import NIOCore
import Testing

@testable import Watch

@Suite("Servers that mean harm", .timeLimit(.minutes(2))) struct TrapTests {
  private func fetch(
    adjust: (inout FetchPolicy) -> Void = { _ in }, script: @escaping ScriptedServer.Script
  ) async throws -> FetchOutcome {
    let server = try await ScriptedServer(script: script)
    let outcome = try await withFetcher(adjust: adjust) {
      await $0.fetch(FetchRequest(url: server.url()))
    }
    try await server.stop()
    return outcome
  }

  @Test func `a body without end is cut at the bound`() async throws {
    let outcome = try await fetch {
      $0.bodyLimit = 300_000
    } script: { _ in
      .raw(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000000\r\n\r\n",
        then: .flood(Array(repeating: 0x61, count: 65_536)))
    }
    let page = try #require(outcome.page)
    #expect(page.content.count == 300_000 && page.isTruncated)
    #expect(page.hops.last?.truncation == .length)
  }

  @Test func `a chunked body without end is cut at the bound`() async throws {
    let chunk = "4000\r\n" + String(repeating: "b", count: 0x4000) + "\r\n"
    let outcome = try await fetch {
      $0.bodyLimit = 100_000
    } script: { _ in
      .raw(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", then: .flood(Array(chunk.utf8)))
    }
    let page = try #require(outcome.page)
    #expect(page.content.count == 100_000)
    let head = String(decoding: page.hops[0].responseHead, as: UTF8.self).lowercased()
    #expect(!head.contains("transfer-encoding"))
  }

  @Test func `a gzip bomb is unpacked up to the bound only`() async throws {
    // A gigabyte of zeros in a megabyte; sent as one member after another of 64 MiB.
    let zeros = try #require(GzipMember.pack([UInt8](repeating: 0, count: 64 << 20)))
    let bomb = Array(repeatElement(zeros, count: 16).joined())
    let outcome = try await fetch {
      $0.contentLimit = 1 << 20
    } script: { _ in
      .page(bomb, fields: "Content-Encoding: gzip\r\n")
    }
    let page = try #require(outcome.page)
    #expect(page.content.count == 1 << 20 && page.isTruncated)
    // As evidence the body stays as it was sent.
    #expect(page.hops[0].body == bomb && page.hops[0].truncation == nil)
  }

  @Test func `a bomb within a bomb is unpacked up to the bound only`() async throws {
    let inner = try #require(GzipMember.pack([UInt8](repeating: 0, count: 64 << 20)))
    let outer = try #require(GzipMember.pack(inner))
    let outcome = try await fetch {
      $0.contentLimit = 1 << 20
    } script: { _ in
      .page(outer, fields: "Content-Encoding: gzip, gzip\r\n")
    }
    #expect(outcome.page?.content.count == 1 << 20)
  }

  @Test func `a body that drips is cut once patience is over`() async throws {
    let outcome = try await fetch {
      $0.patience = .milliseconds(200)
      $0.minimumRate = 10_000
    } script: { _ in
      .raw(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n<p>",
        then: .drip(0x78, every: .milliseconds(5)))
    }
    let page = try #require(outcome.page)
    #expect(page.hops.last?.truncation == .time && page.isTruncated)
    #expect(page.content.starts(with: Array("<p>x".utf8)))
  }

  @Test func `a head that drips is given up at the deadline`() async throws {
    let outcome = try await fetch {
      $0.exchangeTime = .milliseconds(400)
    } script: { _ in
      .raw("HTTP/1.1 200 OK\r\nX-Endless: ", then: .drip(0x78, every: .milliseconds(5)))
    }
    guard case .timedOut = outcome.failure else { return #expect(Bool(false), "\(outcome)") }
  }

  @Test func `a server that takes the request and says nothing is given up`() async throws {
    let outcome = try await fetch {
      $0.silence = .milliseconds(300)
    } script: { _ in
      .raw("", then: .silence)
    }
    guard case .timedOut = outcome.failure else { return #expect(Bool(false), "\(outcome)") }
  }

  @Test func `a server that falls silent leaves what it sent`() async throws {
    let outcome = try await fetch {
      $0.silence = .milliseconds(300)
    } script: { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", then: .silence)
    }
    #expect(outcome.page?.hops.last?.truncation == .time)
    #expect(outcome.page?.content == Array("half".utf8))
  }

  @Test func `a fetch with all its redirects ends at its own deadline`() async throws {
    let outcome = try await fetch {
      $0.fetchTime = .milliseconds(500)
    } script: { request in
      request.target == "/"
        ? .redirect("/slow") : .raw("", then: .silence)
    }
    guard case .failed(.timedOut, let hops) = outcome else {
      return #expect(Bool(false), "\(outcome)")
    }
    #expect(hops.count == 1)
  }

  @Test(arguments: [
    String(repeating: "X-A: \(String(repeating: "b", count: 1_000))\r\n", count: 70),
    String(repeating: "X-A: b\r\n", count: 300),
    "X-A: " + String(repeating: "c", count: 200_000) + "\r\n",
  ])
  func `a head that is too large is refused`(_ fields: String) async throws {
    let outcome = try await fetch { _ in .page("x", fields: fields) }
    guard case .tooLarge = outcome.failure else { return #expect(Bool(false), "\(outcome)") }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
  ])
  func `a body that ends too early is looked at as far as it came`(_ reply: String) async throws {
    let outcome = try await fetch { _ in .raw(reply) }
    #expect(outcome.page?.content == Array("short".utf8))
    #expect(outcome.page?.hops.last?.truncation == .disconnect)
  }

  @Test func `a body without a length ends with the connection, whole`() async throws {
    let outcome = try await fetch { _ in .raw("HTTP/1.1 200 OK\r\n\r\nall of it") }
    #expect(outcome.page?.content == Array("all of it".utf8))
    #expect(outcome.page?.isTruncated == false)
  }

  @Test func `a body longer than announced is what was announced`() async throws {
    let outcome = try await fetch { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfourHTTP/1.1 200 OK\r\n\r\nsmuggled")
    }
    #expect(outcome.page?.content == Array("four".utf8))
  }

  @Test(arguments: [
    "", "nonsense\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 200",
    "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", "SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
  ])
  func `what is no response is no page, and no crash`(_ reply: String) async throws {
    let outcome = try await fetch { _ in .raw(reply) }
    #expect(outcome.page == nil && outcome.failure != nil, "\(outcome)")
  }

  @Test func `a redirect with a body without end costs no more than its bound`() async throws {
    let outcome = try await fetch { request in
      request.target == "/"
        ? .raw(
          "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 1000000000\r\n\r\n",
          then: .flood(Array(repeating: 0x61, count: 65_536)))
        : .page("next")
    }
    let page = try #require(outcome.page)
    #expect(page.content == Array("next".utf8))
    #expect(page.hops[0].body.count == 64 << 10)
  }

  @Test func `a server that hangs up on some requests does not spoil the others`() async throws {
    let server = try await ScriptedServer { request in
      request.target.hasSuffix("3") ? .raw("", then: .close) : .page(request.target)
    }
    try await withFetcher { fetcher in
      for number in 0..<30 {
        let outcome = await fetcher.fetch(FetchRequest(url: server.url("/\(number)")))
        #expect((outcome.page != nil) == (number % 10 != 3))
      }
    }
    try await server.stop()
  }
}
