public import Egress
public import Enforcement
public import NIOCore
internal import AsyncHTTPClient
internal import NIOHTTP1
public import NIOPosix
internal import NIOSSL

/// Fetches pages over HTTP/1.1 and HTTP/2: GET only, no cookies, nothing but what the policy says.
///
/// Every hop is parsed, resolved, judged and pinned by itself. All reads are bounded; what is past
/// a bound is cut, not refused, since a trap may stand before a page that matters.
public final class Fetcher: Fetching {
  /// How many addresses of a host are tried.
  private static let attempts = 3

  private let policy: FetchPolicy
  private let pins: PinCache
  private let clients: PinnedClients
  private let exchanges: ExchangeClock
  private let now: @Sendable () -> Instant

  /// Takes the policy, and what says where may be connected to.
  ///
  /// - Parameters:
  ///   - policy: who asks, and the bounds.
  ///   - addressGuard: what says where may be connected to.
  ///   - group: the event loops to work on.
  ///   - now: the clock that dates exchanges.
  /// - Throws: where the policy's trust roots cannot be read.
  public init(
    policy: FetchPolicy, addressGuard: AddressGuard,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    now: @escaping @Sendable () -> Instant
  ) throws {
    self.policy = policy
    self.now = now
    pins = PinCache(addressGuard, time: policy.pinTime)
    clients = try PinnedClients(bounds: policy.connections, group: group)
    exchanges = ExchangeClock(on: group.next(), policy: policy)
  }

  /// Ends every connection; no fetch may follow.
  public func shutDown() async { await clients.shutDown() }

  /// Fetches a page, following redirects within bounds.
  ///
  /// The validators of the request are sent with the first hop only: they are those of the page at
  /// that address, and might by chance hold for another.
  public func fetch(_ request: FetchRequest) async -> FetchOutcome {
    var hops: [Exchange] = []
    do {
      var url = try request.parsed ?? parsed(request.url)
      var seen: Set<String> = []
      let end = NIODeadline.now() + TimeAmount(policy.fetchTime)
      while true {
        guard seen.insert(url.text).inserted else { throw FetchFailure.redirectLoop(url.text) }
        let validators =
          hops.isEmpty ? request : FetchRequest(url: url.text, accept: request.accept)
        let exchange = try await exchange(url, validators: validators, end: end)
        hops.append(exchange)
        if exchange.status == 304, validators.isConditional { return .notModified(exchange) }
        guard let target = try Redirect.target(of: exchange, from: url) else {
          return .fetched(FetchedPage(hops: hops, limit: policy.contentLimit))
        }
        guard hops.count <= policy.redirects else {
          throw FetchFailure.tooManyRedirects(policy.redirects)
        }
        url = target
      }
    } catch let failure as FetchFailure {
      return .failed(failure, hops: hops)
    } catch {
      return .failed(.unreachable("\(error)"), hops: hops)
    }
  }

  private func parsed(_ text: String) throws(FetchFailure) -> WebURL {
    do {
      return try WebURL(text)
    } catch {
      throw .badURL("\(error)")
    }
  }

  /// Asks one address of the web, at the first of its addresses that answers.
  private func exchange(
    _ url: WebURL, validators: FetchRequest, end: NIODeadline
  ) async throws -> Exchange {
    let pinned: [PinnedAddress]
    do throws(AddressRefusal) {
      pinned = try await pins.addresses(of: url.host, port: url.port)
    } catch {
      throw FetchFailure(error)
    }
    var failure = FetchFailure.unresolved(host: url.host.description)
    for address in pinned.prefix(Self.attempts) {
      do throws(FetchFailure) {
        return try await exchange(url, at: address, validators: validators, end: end)
      } catch {
        failure = error
        guard case .unreachable = error else { break }
      }
    }
    pins.forget(url.host, port: url.port)
    throw failure
  }

  /// Asks at one address; once more without checks where the policy wants broken certificates
  /// recorded.
  private func exchange(
    _ url: WebURL, at address: PinnedAddress, validators: FetchRequest, end: NIODeadline
  ) async throws(FetchFailure) -> Exchange {
    let query = RequestHead(url: url, validators: validators, policy: policy)
    do throws(FetchFailure) {
      return try await send(query, to: address, verifies: true, end: end)
    } catch {
      guard case .tls(let reason) = error else { throw error }
      switch policy.certificates {
      case .verify:
        throw error
      case .record:
        var exchange = try await send(query, to: address, verifies: false, end: end)
        exchange.certificateFault = reason
        return exchange
      }
    }
  }

  /// Sends the request; a second time where a kept connection had just been closed by the server.
  private func send(
    _ query: RequestHead, to address: PinnedAddress, verifies: Bool, end: NIODeadline
  ) async throws(FetchFailure) -> Exchange {
    let key = PinnedClients.Key(address, verifies: verifies)
    guard let client = clients.take(key) else { throw .unreachable("the fetcher is shut down") }
    defer { clients.giveBack(key) }
    var mayRetry = true
    while true {
      let time = now()
      let collector = ResponseCollector(policy: policy)
      var ending: (any Error)?
      do {
        try await run(query, with: client, collector: collector, end: end)
      } catch {
        ending = error
      }
      let arrived = collector.collected()
      if let ending, arrived.head == nil, mayRetry, FetchFailure.isStaleConnection(ending) {
        mayRetry = false
        continue
      }
      var exchange = try Exchange(
        query: query, address: address.address, time: time, arrived: arrived, ending: ending)
      if query.url.scheme == .https { exchange.certificateNames = clients.certificateNames(key) }
      return exchange
    }
  }

  private func run(
    _ query: RequestHead, with client: HTTPClient, collector: ResponseCollector, end: NIODeadline
  ) async throws {
    let request = try HTTPClient.Request(
      url: query.url.text, method: .GET, headers: query.headers)
    let deadline = min(end, .now() + TimeAmount(policy.exchangeTime))
    let task = client.execute(request: request, delegate: collector)
    let number = exchanges.add(task, collector, end: deadline)
    defer { exchanges.remove(number) }
    try await withTaskCancellationHandler {
      try await task.futureResult.get()
    } onCancel: {
      task.cancel()
    }
  }
}

extension FetchRequest {
  /// Whether validators are sent along.
  var isConditional: Bool { entityTag != nil || lastModified != nil }
}
