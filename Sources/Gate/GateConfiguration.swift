internal import NIOCore

/// How the gate listens and resolves.
public struct GateConfiguration: Sendable {
  /// The addresses to listen on, by UDP and TCP; port 0 lets the system choose.
  public var listeners: [ListenAddress]
  /// The number of UDP workers for each address.
  public var workers: Int
  /// Whether each worker keeps to one processor, and takes the queries that come in there.
  public var pinsWorkers = false
  /// How allowed names are resolved.
  public var upstream: UpstreamChoice
  /// Addresses of the page that explains a block.
  public var blockPage: BlockPageAddresses
  /// The octets of memory the cache may take.
  public var cacheOctets: Int
  /// Who may ask, and how much.
  public var clients: ClientConfiguration
  /// Seconds past its time for which a resolved answer may be used where upstreams fail; 0 for none.
  public var staleSeconds: UInt32
  /// What clients on streams may hold open.
  public var streams: StreamLimits
  /// The encrypted doors; nil where there are none.
  public var encryption: EncryptedDoors?

  /// Takes the parts.
  public init(
    listeners: [ListenAddress],
    workers: Int = 2,
    upstream: UpstreamChoice,
    blockPage: BlockPageAddresses = BlockPageAddresses(),
    cacheOctets: Int = 64 << 20,
    clients: ClientConfiguration = ClientConfiguration(),
    staleSeconds: UInt32 = 86_400,
    streams: StreamLimits = StreamLimits(),
    encryption: EncryptedDoors? = nil
  ) {
    self.listeners = listeners
    self.workers = workers
    self.upstream = upstream
    self.blockPage = blockPage
    self.cacheOctets = cacheOctets
    self.clients = clients
    self.staleSeconds = staleSeconds
    self.streams = streams
    self.encryption = encryption
  }
}

/// Where the gate answers encrypted, and as whom.
public struct EncryptedDoors: Sendable, Hashable {
  /// The certificate and its key.
  public var files: CertificateFiles
  /// The addresses for DNS over TLS (RFC 7858).
  public var tls: [ListenAddress]
  /// The addresses for DNS over HTTPS (RFC 8484).
  public var https: [ListenAddress]

  /// Takes the parts.
  public init(files: CertificateFiles, tls: [ListenAddress], https: [ListenAddress]) {
    self.files = files
    self.tls = tls
    self.https = https
  }
}

/// An address and port to listen on.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// The numeric address.
  public var address: String
  /// The port.
  public var port: Int

  /// Takes address and port.
  public init(address: String, port: Int) {
    self.address = address
    self.port = port
  }

  /// Reads `127.0.0.1:5300` or `[::1]:5300`.
  public init?(_ text: String) {
    // Port 0, by which the system chooses one, is no server's port, but can be listened on.
    let hasPort = text.hasPrefix("[") || text.count { $0 == ":" } == 1
    if hasPort, text.hasSuffix(":0"), let any = Self(String(text.dropLast()) + "53") {
      self.init(address: any.address, port: 0)
      return
    }
    guard let server = ServerAddress(text), let address = server.socketAddress.ipAddress,
      let port = server.socketAddress.port
    else { return nil }
    self.init(address: address, port: port)
  }

  /// `127.0.0.1:5300`, or `[::1]:5300`.
  public var description: String {
    address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}

/// How names that no rule blocks are resolved.
public enum UpstreamChoice: Sendable, Hashable {
  /// By other resolvers, as `192.0.2.1`, `[2001:db8::1]:5353`, `tcp://192.0.2.1` or
  /// `tls://192.0.2.1:853#dns.example`; for TLS with a file of certificates to trust, nil for the
  /// system's.
  case forward([String], authorities: String? = nil)
  /// By asking the authorities, with DNSSEC validation (libunbound).
  case recursive(Recursion)

  /// Whether a text says where a resolver is, in one of the forms of ``forward(_:authorities:)``.
  public static func isResolver(_ text: String) -> Bool { UpstreamServer(text) != nil }

  /// What recursion starts from.
  public struct Recursion: Sendable, Hashable {
    /// A file with the root's trust anchor.
    public var trustAnchorFile: String
    /// A file with the addresses of the root's servers; nil for those built in.
    public var rootHintsFile: String?
    /// Zones asked of certain servers instead, by name: `example.com.` to addresses.
    public var stubs: [String: [String]]

    /// Takes the parts.
    public init(
      trustAnchorFile: String = "/usr/share/dns/root.key",
      rootHintsFile: String? = nil,
      stubs: [String: [String]] = [:]
    ) {
      self.trustAnchorFile = trustAnchorFile
      self.rootHintsFile = rootHintsFile
      self.stubs = stubs
    }
  }
}
