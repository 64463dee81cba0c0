internal import NIOCore

/// How the gate listens and resolves.
public struct GateConfiguration: Sendable {
  /// The addresses to listen on, by UDP and TCP; port 0 lets the system choose.
  public var listeners: [ListenAddress]
  /// The number of UDP workers for each address.
  public var workers: Int
  /// Whether each worker keeps to one processor.
  public var pinsWorkers = false
  /// How allowed names are resolved.
  public var upstream: UpstreamChoice
  /// Addresses of the page that explains a block.
  public var blockPage: BlockPageAddresses
  /// The octets of memory the cache may take.
  public var cacheOctets: Int

  /// Takes the parts.
  public init(
    listeners: [ListenAddress],
    workers: Int = 2,
    upstream: UpstreamChoice,
    blockPage: BlockPageAddresses = BlockPageAddresses(),
    cacheOctets: Int = 64 << 20
  ) {
    self.listeners = listeners
    self.workers = workers
    self.upstream = upstream
    self.blockPage = blockPage
    self.cacheOctets = cacheOctets
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
  /// By other resolvers, in order, as `192.0.2.1` or `[2001:db8::1]:5353`.
  case forward([String])
  /// By asking the authorities, with DNSSEC validation (libunbound).
  case recursive(Recursion)

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
