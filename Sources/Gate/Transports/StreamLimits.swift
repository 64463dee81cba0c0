/// What clients on streams may hold open: over TCP, TLS and HTTPS together.
public struct StreamLimits: Sendable, Hashable {
  /// Connections at a time; one more closes the one that has been still for longest.
  public var connections: Int
  /// Connections of one client at a time; one more is refused.
  ///
  /// A client is an IPv4 address, or the first 64 bits of an IPv6 one.
  public var connectionsPerClient: Int
  /// Queries of one connection that are being resolved at a time; the next is read when one is done.
  public var queriesPerConnection: Int
  /// How long a connection may stay open while no whole query comes and no whole answer leaves
  /// (RFC 7766, Section 6.2.3); with the edns-tcp-keepalive option, clients are told of it.
  public var idle: Duration

  /// Takes the limits.
  public init(
    connections: Int = 1_024,
    connectionsPerClient: Int = 64,
    queriesPerConnection: Int = 64,
    idle: Duration = .seconds(20)
  ) {
    self.connections = connections
    self.connectionsPerClient = connectionsPerClient
    self.queriesPerConnection = queriesPerConnection
    self.idle = idle
  }

  /// The longest query that is read; a longer one ends the connection.
  static let queryOctets = 4_096
  /// Octets of answers that a client has not taken, from which on no more of its queries are read.
  static let fullOctets = 64 << 10
  /// Octets of answers that a client has not taken, beyond which its connection is closed.
  static let overfullOctets = 1 << 20
  /// Octets of answers that all clients together have not taken, beyond which a connection that
  /// adds to them is closed.
  static let overfullOctetsInAll = 64 << 20
}
