/// By what way a query came, and from where.
///
/// Every door makes one for each query, and it goes with the query to its answer and no further.
struct QueryContext: Sendable, Hashable {
  /// The way the query came.
  let transport: Transport
  /// Who asks.
  let client: ClientAddress
}

/// A way for queries to come.
enum Transport: Sendable, Hashable, CaseIterable {
  /// Datagrams (RFC 1035, Section 4.2.1).
  case udp
  /// A plain stream (RFC 7766).
  case tcp
  /// A stream under TLS (RFC 7858).
  case tls
  /// HTTPS (RFC 8484).
  case https

  /// Whether what goes over it can be read by nobody between.
  var isEncrypted: Bool {
    switch self {
    case .udp, .tcp: false
    case .tls, .https: true
    }
  }

  /// Whether the client's address is proven by a handshake: a datagram's can be forged.
  var provesAddress: Bool {
    switch self {
    case .udp: false
    case .tcp, .tls, .https: true
    }
  }
}

/// The address of who asks, without the port.
///
/// It is used while the query is answered, and for counts in memory; it is never printed and never
/// stored, and so its description says nothing.
struct ClientAddress: Sendable, Hashable {
  /// The first eight octets of the IPv6 address; 0 for an IPv4 one.
  let high: UInt64
  /// The last eight octets of the IPv6 address; for IPv4, `::ffff:0:0/96` with it
  /// (RFC 4291, Section 2.5.5.2).
  let low: UInt64

  /// Takes the octets of an IPv6 address as two numbers; a mapped IPv4 address is an IPv4 one.
  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Takes the octets of an IPv4 address as a number: 127.0.0.1 is 0x7F000001.
  init(ipv4: UInt32) {
    self.init(high: 0, low: Self.mappedPrefix << 32 | UInt64(ipv4))
  }

  /// Takes four or sixteen octets, in the order of the wire; nil for any other number.
  init?(_ octets: some Collection<UInt8>) {
    func number(_ part: some Collection<UInt8>) -> UInt64 {
      part.reduce(0) { $0 << 8 | UInt64($1) }
    }
    switch octets.count {
    case 4: self.init(ipv4: UInt32(number(octets)))
    case 16: self.init(high: number(octets.prefix(8)), low: number(octets.suffix(8)))
    default: return nil
    }
  }

  /// The IPv4 address; nil where it is an IPv6 one.
  var ipv4: UInt32? {
    high == 0 && low >> 32 == Self.mappedPrefix ? UInt32(truncatingIfNeeded: low) : nil
  }

  /// The four octets of the IPv4 address, or the sixteen of the IPv6 one, in the order of the wire.
  var octets: [UInt8] {
    if let ipv4 { return (0..<4).map { UInt8(truncatingIfNeeded: ipv4 >> (24 - 8 * $0)) } }
    return [high, low].flatMap { half in
      (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) }
    }
  }

  private static let mappedPrefix: UInt64 = 0xFFFF
}

extension ClientAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says nothing, so that no log line or error can hold an address.
  var description: String { "a client" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }
}
