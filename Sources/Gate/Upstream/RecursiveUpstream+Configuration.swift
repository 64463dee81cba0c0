internal import NIOCore

extension RecursiveUpstream {
  /// How libunbound resolves.
  struct Configuration: Sendable {
    /// A file with the root's trust anchors as DS or DNSKEY records; nil for none.
    var trustAnchorFile: String? = "/usr/share/dns/root.key"
    /// More trust anchors, each a DS or DNSKEY record on one line.
    var trustAnchors: [String] = []
    /// A file with the root servers' addresses; nil for those libunbound was built with.
    var rootHintsFile: String?
    /// Zones whose authoritative servers are known.
    var stubZones: [Zone] = []
    /// Resolvers that are asked instead of the authorities; none to recurse.
    var forwarders: [ServerAddress] = []
    /// Whether servers on this machine may be asked.
    var asksLocalhost = false
    /// The longest wait for an answer.
    var deadline: Duration = .seconds(5)
    /// The most callers that wait at a time.
    var maximumInFlight = 4096
    /// Octets for messages; as many again go to keys and negative data, and twice as many to records.
    var cacheOctets = 16 << 20

    /// A zone and a server with authority over it.
    struct Zone: Sendable, Hashable {
      /// The zone's name in presentation form.
      var name: String
      /// Its server.
      var server: ServerAddress
    }
  }
}

extension RecursiveUpstream.Configuration {
  /// The configuration in libunbound's terms.
  var settings: [UnboundContext.Setting] {
    var settings = options.map { UnboundContext.Setting.option($0, $1) }
    if let rootHintsFile { settings.append(.option("root-hints", rootHintsFile)) }
    if asksLocalhost { settings.append(.option("do-not-query-localhost", "no")) }
    if let trustAnchorFile { settings.append(.trustAnchorFile(trustAnchorFile)) }
    settings += trustAnchors.map { .trustAnchor($0) }
    settings += stubZones.map { .stub(zone: $0.name, address: $0.server.unboundForm) }
    settings += forwarders.map { .forward(address: $0.unboundForm) }
    return settings
  }

  private var options: [(String, String)] {
    [
      ("module-config", "validator iterator"),
      // Tell authorities no more than they need, and believe them no more than one must.
      ("qname-minimisation", "yes"),
      ("harden-glue", "yes"),
      ("harden-dnssec-stripped", "yes"),
      ("harden-below-nxdomain", "yes"),
      ("harden-short-bufsize", "yes"),
      ("harden-large-queries", "yes"),
      ("val-clean-additional", "yes"),
      ("aggressive-nsec", "yes"),
      // Random case breaks with some authorities, and ports and ids are random already.
      ("use-caps-for-id", "no"),
      ("edns-buffer-size", "1232"),
      // The library's defaults are those of a single program that looks up a few names.
      ("outgoing-range", "512"),
      ("outgoing-num-tcp", "32"),
      ("num-queries-per-thread", "1024"),
      ("msg-cache-size", String(cacheOctets)),
      ("rrset-cache-size", String(cacheOctets * 2)),
      ("key-cache-size", String(cacheOctets / 2)),
      ("neg-cache-size", String(cacheOctets / 2)),
      ("cache-max-ttl", "86400"),
      ("cache-max-negative-ttl", "3600"),
    ]
  }
}

extension ServerAddress {
  /// The address in libunbound's form, `192.0.2.1@5353`.
  fileprivate var unboundForm: String {
    let host = socketAddress.ipAddress ?? ""
    return "\(host)@\(socketAddress.port ?? Self.defaultPort)"
  }
}
