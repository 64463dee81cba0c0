import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Watch

/// Knows some names, each at a port of loopback; all else is refused.
struct KnownHosts: EgressPermitting {
  var ports: [String: Int]

  func permit(host: String, port: Int) async throws(EgressRefusal) -> [SocketAddress] {
    guard let known = ports[host], port == 80,
      let address = try? SocketAddress(ipAddress: "127.0.0.1", port: known)
    else { throw .refused(host) }
    return [address]
  }
}

/// What Chromium shows, with real pages on loopback.
@Suite(.serialized) struct RenderingTests {
  private func visit(
    _ answers: [String: LoopbackSite.Answer], at path: String = "/",
    bounds: EgressBounds = EgressBounds(), loadTime: Duration = .seconds(10)
  ) async throws -> (visit: ChromiumRenderer.Visit, site: LoopbackSite) {
    let site = try await LoopbackSite(answers)
    let renderer = ChromiumRenderer(
      settings: .init(userAgentSuffix: "Cordon (+https://watch.test/)", loadTime: loadTime),
      permitting: KnownHosts(ports: ["site.test": site.port]), bounds: bounds)
    let visit = await renderer.visit("http://site.test\(path)")
    await renderer.close()
    try await site.close()
    return (visit, site)
  }

  private func page(_ visit: ChromiumRenderer.Visit) throws -> RenderedPage {
    switch visit.outcome {
    case .rendered(let page): return page
    case .failed(let failure): throw failure
    }
  }

  private func html(_ visit: ChromiumRenderer.Visit) throws -> String {
    String(decoding: try page(visit).html, as: UTF8.self)
  }

  @Test func `what a script builds is seen, and pictured`() async throws {
    let (visit, site) = try await visit([
      "/": .html("<!DOCTYPE html><title>t</title><div id=a></div><script src=/app.js></script>"),
      "/app.js": .script("setTimeout(() => { a.textContent = '币' + '安' + 6 * 7 }, 200)"),
    ])
    let page = try page(visit)
    #expect(String(decoding: page.html, as: UTF8.self).contains("币安42"))
    #expect(page.url == "http://site.test/")
    #expect(page.screenshot?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
    #expect(site.requests.first?.field("user-agent")?.hasSuffix("(+https://watch.test/)") == true)
  }

  @Test func `a script cannot reach loopback, the metadata address or a name of its own`()
    async throws
  {
    let other = try await LoopbackSite(["/secret": .html("secret")])
    let (visit, _) = try await visit([
      "/": .html(
        """
        <p id=a></p><script>
        const places = ['http://169.254.169.254/latest/', 'http://127.0.0.1:\(other.port)/secret',
          'http://localhost:\(other.port)/secret', 'http://[::1]:\(other.port)/secret',
          'http://inner.test/']
        Promise.all(places.map(p => fetch(p, {mode: 'no-cors'}).then(() => 'got', () => 'refused')))
          .then(all => { a.textContent = all.join() })
        </script>
        """)
    ])
    #expect(try html(visit).contains("refused,refused,refused,refused,refused"))
    #expect(other.requests.isEmpty)
    #expect(
      Set(visit.network.refused) == [
        "169.254.169.254:80", "127.0.0.1:\(other.port)", "localhost:\(other.port)",
        "[::1]:\(other.port)", "inner.test:80",
      ])
    try await other.close()
  }

  @Test func `a page at a refused address is not shown`() async throws {
    let (visit, _) = try await visit(["/": .redirect("http://127.0.0.1:8080/")])
    #expect(visit.outcome == .failed(.refusedAddress("127.0.0.1:8080")))
  }

  @Test func `redirects by status, markup and script are followed to their end`() async throws {
    let (visit, _) = try await visit([
      "/": .redirect("/meta"),
      "/meta": .html("<meta http-equiv=refresh content='0; url=/script'>"),
      "/script": .html("<script>location.href = '/end'</script>"),
      "/end": .html("<p>arrived"),
    ])
    #expect(try page(visit).url == "http://site.test/end")
    #expect(try html(visit).contains("arrived"))
  }

  @Test func `a dialog does not hold the page up`() async throws {
    let (visit, _) = try await visit([
      "/": .html("<p id=a></p><script>alert(1); a.textContent = confirm('?') + '!'</script>")
    ])
    #expect(try html(visit).contains("false!"))
  }

  @Test func `a download is no page`() async throws {
    let (visit, _) = try await visit([
      "/": LoopbackSite.Answer(
        fields: [
          ("content-type", "application/octet-stream"),
          ("content-disposition", "attachment; filename=a.apk"),
        ], body: [1, 2, 3])
    ])
    guard case .failed(.page) = visit.outcome else {
      Issue.record("\(visit.outcome)")
      return
    }
  }

  @Test func `a page whose resources never come is shown as far as it came`() async throws {
    let (visit, _) = try await visit(
      ["/": .html("<p>shown<img src=/never>"), "/never": .silence], loadTime: .seconds(2))
    #expect(try html(visit).contains("shown"))
  }

  @Test func `a page that never answers times out`() async throws {
    let (visit, _) = try await visit(["/": .silence], loadTime: .seconds(2))
    #expect(visit.outcome == .failed(.timedOut("http://site.test/")))
  }

  @Test func `an endless script ends with its page, and the next page is shown`() async throws {
    let site = try await LoopbackSite([
      "/": .html("<p>busy</p><script>onload = () => { for (;;) {} }</script>"),
      "/next": .html("<p>next"),
    ])
    let renderer = ChromiumRenderer(
      settings: .init(loadTime: .seconds(2)),
      permitting: KnownHosts(ports: ["site.test": site.port]))
    let busy = await renderer.visit("http://site.test/")
    switch busy.outcome {
    case .rendered(let page): #expect(String(decoding: page.html, as: UTF8.self).contains("busy"))
    case .failed(let failure): #expect(failure == .timedOut("http://site.test/"))
    }
    #expect(try html(await renderer.visit("http://site.test/next")).contains("next"))
    await renderer.close()
    try await site.close()
  }

  @Test func `a page keeps nothing for the next one`() async throws {
    let worker = "self.onfetch = e => e.respondWith(new Response('from the worker'))"
    let site = try await LoopbackSite([
      "/": .html(
        """
        <p id=a></p><script>
        document.cookie = 'seen=1; max-age=9999'; localStorage.seen = 1
        navigator.serviceWorker?.register('/worker.js')
        a.textContent = 'stored ' + localStorage.seen
        </script>
        """),
      "/worker.js": .script(worker),
      "/again": .html(
        "<p id=a></p><script>a.textContent = 'kept ' + localStorage.seen + document.cookie</script>"
      ),
    ])
    let renderer = ChromiumRenderer(
      settings: .init(), permitting: KnownHosts(ports: ["site.test": site.port]))
    #expect(try html(await renderer.visit("http://site.test/")).contains("stored 1"))
    #expect(try html(await renderer.visit("http://site.test/again")).contains("kept undefined<"))
    #expect(site.requests.last { $0.path == "/again" }?.field("cookie") == nil)
    await renderer.close()
    try await site.close()
  }

  @Test func `a page gets no more octets than it may`() async throws {
    let large = LoopbackSite.Answer(
      fields: [("content-type", "image/png")], body: [UInt8](repeating: 7, count: 300_000))
    let (visit, _) = try await visit(
      [
        "/": .html("<p>shown<img src=/1><img src=/2><img src=/3>"), "/1": large, "/2": large,
        "/3": large,
      ],
      bounds: EgressBounds(octets: 500_000))
    #expect(visit.network.isSpent)
    #expect(visit.network.octets <= 500_000)
    #expect(try html(visit).contains("shown"))
  }

  @Test func `a tunnel leads to the permitted host alone`() async throws {
    let (visit, site) = try await visit([
      "/": .html(
        """
        <p id=a></p><script>
        new WebSocket('ws://site.test/socket'); new WebSocket('ws://127.0.0.1:8123/socket')
        </script>
        """)
    ])
    #expect(site.paths.contains("/socket"))
    #expect(visit.network.refused == ["127.0.0.1:8123"])
  }

  @Test func `no datagram leaves the browser`() async throws {
    let heard = Counter()
    let listener = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(DatagramCounter(heard))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = listener.localAddress?.port ?? 0
    let (visit, _) = try await visit([
      "/": .html(
        """
        <p id=a></p><script>
        const c = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:\(port)'}]})
        c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o))
        c.onicegatheringstatechange = () => { a.textContent = c.iceGatheringState }
        </script>
        """)
    ])
    #expect(try html(visit).contains("complete"))
    #expect(heard.value == 0)
    try await listener.close()
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func add() { count.withLock { $0 += 1 } }
}

private final class DatagramCounter: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  private let counter: Counter

  init(_ counter: Counter) {
    self.counter = counter
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { counter.add() }
}
