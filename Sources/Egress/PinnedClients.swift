public import AsyncHTTPClient
public import NIOCore
internal import Dispatch
internal import NIOSSL
internal import Synchronization

/// One HTTP client for each name at each address, so that a connection goes where the guard said.
///
/// AsyncHTTPClient takes the address of a name as a property of a client. A client holds at most
/// the bounds' number of connections; one that nobody uses is retired once there are too many.
/// Addresses in place of names need no pin and share one client.
public final class PinnedClients: Sendable {
  /// What a client is for.
  public struct Key: Sendable, Hashable {
    /// The name and the address to connect to; nil for all hosts that are addresses.
    fileprivate var pin: Pin?
    /// Whether certificates are checked.
    fileprivate var verifies: Bool

    /// A name at an address.
    fileprivate struct Pin: Hashable {
      var name: String
      var address: IPAddress
    }

    /// Takes where to connect to, and whether certificates are checked.
    public init(_ address: PinnedAddress, verifies: Bool) {
      switch address.host {
      case .address: pin = nil
      case .name(let name): pin = Pin(name: name, address: address.address)
      }
      self.verifies = verifies
    }
  }

  private struct Entry {
    let client: HTTPClient
    var users = 0
    var lastUse: UInt64 = 0
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var uses: UInt64 = 0
    var isClosed = false
  }

  private let bounds: ConnectionBounds
  private let group: any EventLoopGroup
  private let trustRoots: NIOSSLTrustRoots
  private let state = Mutex(State())
  private let certificates = CertificateBook()
  /// Clients that are being retired: they are waited for at the end.
  private let retiring = DispatchGroup()

  /// Reads the trust roots once: a client of its own for each host would read them each time.
  ///
  /// - Throws: where the trust roots cannot be read.
  public init(bounds: ConnectionBounds, group: any EventLoopGroup) throws {
    self.bounds = bounds
    self.group = group
    switch bounds.trustRoots {
    case .file(let path):
      trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
    case .system:
      let bundle = try? NIOSSLCertificate.fromPEMFile(Self.systemBundle)
      trustRoots = bundle.map { .certificates($0) } ?? .default
    }
  }

  /// Where Debian keeps the certificates it trusts.
  private static let systemBundle = "/etc/ssl/certs/ca-certificates.crt"

  /// The client for a key, held until it is given back; nil once all are shut down.
  public func take(_ key: Key) -> HTTPClient? {
    let (client, retired) = state.withLock { state -> (HTTPClient?, [HTTPClient]) in
      guard !state.isClosed else { return (nil, []) }
      state.uses += 1
      if var entry = state.entries[key] {
        entry.users += 1
        entry.lastUse = state.uses
        state.entries[key] = entry
        return (entry.client, [])
      }
      let retired = state.entries.count < bounds.hosts ? [] : retire(from: &state)
      let client = makeClient(key)
      state.entries[key] = Entry(client: client, users: 1, lastUse: state.uses)
      return (client, retired)
    }
    for client in retired {
      retiring.enter()
      client.shutdown { [retiring] _ in retiring.leave() }
    }
    return client
  }

  /// Gives a client back.
  public func giveBack(_ key: Key) {
    state.withLock { $0.entries[key]?.users -= 1 }
  }

  /// The names in the certificate that the server of a key has shown; none for a server that was asked
  /// by its address.
  public func certificateNames(_ key: Key) -> [String] { certificates.names(for: key) }

  /// Ends every connection.
  public func shutDown() async {
    let clients = state.withLock { state in
      state.isClosed = true
      defer { state.entries = [:] }
      return state.entries.values.map(\.client)
    }
    for client in clients { try? await client.shutdown() }
    await withCheckedContinuation { ended in
      retiring.notify(queue: .global()) { ended.resume() }
    }
  }

  /// Takes out the eighth that has been idle longest; fewer where more are in use.
  private func retire(from state: inout State) -> [HTTPClient] {
    let idle = state.entries.filter { $0.value.users == 0 }
      .sorted { $0.value.lastUse < $1.value.lastUse }
      .prefix(max(1, state.entries.count / 8))
    for (key, _) in idle {
      state.entries[key] = nil
      certificates.forget(key)
    }
    return idle.map(\.value.client)
  }

  private func makeClient(_ key: Key) -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = trustRoots
    tls.certificateVerification = key.verifies ? .fullVerification : .none
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls,
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(bounds.connectTime)),
      connectionPool: .init(
        idleTimeout: TimeAmount(bounds.idleTime),
        concurrentHTTP1ConnectionsPerHostSoftLimit: bounds.connectionsPerHost),
      decompression: .disabled)
    configuration.timeout.read = bounds.silence.map { TimeAmount($0) }
    configuration.timeout.write = bounds.silence.map { TimeAmount($0) }
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.tracing.tracer = nil
    if let pin = key.pin {
      configuration.dnsOverride = [pin.name: pin.address.description]
      configuration.http1_1ConnectionDebugInitializer = { [certificates] channel in
        certificates.note(channel, for: key)
      }
      configuration.http2ConnectionDebugInitializer = { [certificates] channel in
        certificates.note(channel, for: key)
      }
    }
    return HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
  }
}
