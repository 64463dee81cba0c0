public import Egress

/// How the watch asks for pages: who it says it is, and where it stops.
public struct FetchPolicy: Sendable, Hashable {
  /// What a broken certificate means.
  public enum CertificateRule: Sendable, Hashable {
    /// The page is not looked at.
    case verify
    /// The page is looked at, and the exchange says what is wrong.
    case record
  }

  /// What the User-Agent field says.
  public var agent: String
  /// What the Accept-Language field says.
  public var languages = "zh-CN,zh;q=0.9,zh-TW;q=0.8,en;q=0.7"
  /// How many redirects are followed.
  public var redirects = 10
  /// How much of a body is read, in octets as sent.
  public var bodyLimit = 8 << 20
  /// How much of a body is unpacked, in octets.
  public var contentLimit = 8 << 20
  /// How much of the body of a redirect is read, in octets; nobody looks at it.
  public var redirectBodyLimit = 64 << 10
  /// How large all fields of a response may be together, in octets; at most 80 KiB.
  public var headLimit = 64 << 10
  /// How many fields a response may have.
  public var fieldLimit = 256
  /// How long a connection and its handshake may take.
  public var connectTime = Duration.seconds(10)
  /// How long a server may be silent, before its first octet and between two.
  public var silence = Duration.seconds(20)
  /// How long a request and its response may take together.
  public var exchangeTime = Duration.seconds(60)
  /// How long a fetch with all its redirects may take.
  public var fetchTime = Duration.seconds(120)
  /// From when on a body must have come at ``minimumRate``.
  public var patience = Duration.seconds(10)
  /// Octets a second; what comes slower on average is cut.
  public var minimumRate = 256
  /// What a broken certificate means.
  public var certificates = CertificateRule.verify
  /// Whose certificates vouch for servers.
  public var trustRoots = TrustRoots.system
  /// How many hosts may have an open connection at once.
  public var hosts = 1_024
  /// How many connections a host may have.
  public var connectionsPerHost = 1
  /// How long a connection is kept for the next page of its host.
  public var idleTime = Duration.seconds(15)
  /// How long the addresses of a name are good for before they are looked up and judged anew.
  public var pinTime = Duration.seconds(60)

  /// Takes who asks.
  ///
  /// - Parameters:
  ///   - version: the program's version.
  ///   - contact: a URL where the owner of a site learns who we are and how to reach us.
  public init(version: String, contact: String) {
    agent = "Cordon/\(version) (+\(contact))"
  }

  /// What bounds its connections; for silence an ``ExchangeClock`` listens.
  var connections: ConnectionBounds {
    var bounds = ConnectionBounds()
    bounds.connectTime = connectTime
    bounds.silence = nil
    bounds.idleTime = idleTime
    bounds.hosts = hosts
    bounds.connectionsPerHost = connectionsPerHost
    bounds.trustRoots = trustRoots
    return bounds
  }
}
