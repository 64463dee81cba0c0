public import DomainNames

/// Where contacts are looked up.
public struct ContactSettings: Sendable {
  /// The folder of IANA's bootstrap registry, with `dns.json`, `ipv4.json` and `ipv6.json`: a URL,
  /// or a path.
  public var bootstrap: String
  /// RDAP servers that are asked before the registry is: a name or a range of addresses, and the
  /// server's base URL.
  public var servers: [String: String]
  /// The public suffixes, which tell the name that is registered from the names below it.
  public var suffixes: PublicSuffixes?

  /// IANA's own copy of the registry.
  public static let standardBootstrap = "https://data.iana.org/rdap/"

  /// Takes the parts.
  public init(
    bootstrap: String = standardBootstrap, servers: [String: String] = [:],
    suffixes: PublicSuffixes? = .builtin
  ) {
    self.bootstrap = bootstrap
    self.servers = servers
    self.suffixes = suffixes
  }

  /// Whether a text can be an entry of ``servers``.
  public static func isEntry(_ text: String) -> Bool {
    var bootstrap = RDAPBootstrap()
    return bootstrap.add(text, "https://rdap.example/")
  }
}
