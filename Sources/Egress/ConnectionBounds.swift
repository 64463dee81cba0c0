/// Whose certificates vouch for servers.
public enum TrustRoots: Sendable, Hashable {
  /// The system's.
  case system
  /// Those in a file in PEM form.
  case file(path: String)
}

/// What bounds connections that go out.
public struct ConnectionBounds: Sendable, Hashable {
  /// How long a connection and its handshake may take.
  public var connectTime = Duration.seconds(10)
  /// How long a server may be silent, before its first octet and between two; nil where whoever asks
  /// sees to that.
  public var silence: Duration? = .seconds(20)
  /// How long a connection is kept for the next request.
  public var idleTime = Duration.seconds(15)
  /// How many hosts may have an open connection at once.
  public var hosts = 1_024
  /// How many connections a host may have.
  public var connectionsPerHost = 1
  /// Whose certificates vouch for servers.
  public var trustRoots = TrustRoots.system

  /// The defaults.
  public init() {}
}
