/// What a COOKIE option of a query holds (RFC 7873, Section 4).
///
/// Numbers are as on the wire: the first octet is the most significant one.
public enum CookieOption: Sendable, Hashable {
  /// A client's cookie alone: it has not learned ours yet.
  case client(UInt64)
  /// A client's cookie, and a server's of the form that all servers share (RFC 9018, Section 4).
  case both(client: UInt64, ServerCookie)
  /// A client's cookie, and a server's of another form: not one of ours.
  case foreign(client: UInt64)

  /// Reads the data of an option; nil where its length is none that a cookie may have, which is
  /// answered with FORMERR (RFC 7873, Section 5.2.2).
  ///
  /// It allocates nothing.
  public init?(_ datagram: Span<UInt8>, data: Range<Int>) {
    let length = data.count
    guard data.lowerBound >= 0, data.upperBound <= datagram.count,
      length == 8 || (16...40).contains(length)
    else { return nil }
    let client = Self.number(datagram, at: data.lowerBound)
    switch length {
    case 8: self = .client(client)
    case 24:
      self = .both(
        client: client,
        ServerCookie(
          head: Self.number(datagram, at: data.lowerBound + 8),
          hash: Self.number(datagram, at: data.lowerBound + 16)))
    default: self = .foreign(client: client)
    }
  }

  /// The client's part.
  public var client: UInt64 {
    switch self {
    case .client(let client), .both(let client, _), .foreign(let client): client
    }
  }

  private static func number(_ octets: Span<UInt8>, at start: Int) -> UInt64 {
    var number: UInt64 = 0
    for offset in start..<(start + 8) { number = number << 8 | UInt64(octets[offset]) }
    return number
  }
}

/// A server's cookie of version 1 (RFC 9018, Section 4).
public struct ServerCookie: Sendable, Hashable {
  /// Version, three reserved octets, and the moment it was made: seconds since 1970, modulo 2³².
  public var head: UInt64
  /// What only who has the secret can make.
  public var hash: UInt64

  /// Takes the halves.
  public init(head: UInt64, hash: UInt64) {
    self.head = head
    self.hash = hash
  }

  /// Makes the cookie of a client.
  public init(
    client: UInt64, address: CookieAddress, at seconds: UInt32, secret: CookieSecret
  ) {
    head = 1 << 56 | UInt64(seconds)
    hash = secret.hash(client: client, head: head, address: address)
  }

  /// Whether the cookie was made with a secret, for this client at this address.
  ///
  /// The reserved octets count as they came. Two words are compared at once, so that the time it
  /// takes tells nothing.
  public func isMade(
    with secret: CookieSecret, client: UInt64, address: CookieAddress
  ) -> Bool {
    secret.hash(client: client, head: head, address: address) ^ hash == 0
  }

  /// The version; only 1 is known.
  public var version: UInt8 { UInt8(truncatingIfNeeded: head >> 56) }

  /// Seconds since it was made, below 0 where it is of the future; by serial arithmetic (RFC 1982).
  public func age(at seconds: UInt32) -> Int32 {
    Int32(bitPattern: seconds &- UInt32(truncatingIfNeeded: head))
  }
}

/// A client's address as cookies are bound to it.
public enum CookieAddress: Sendable, Hashable {
  case ipv4(UInt32)
  case ipv6(high: UInt64, low: UInt64)
}

/// A key that server cookies are made with: 128 bits, shared by all servers at one address.
///
/// It prints nothing.
public struct CookieSecret: Sendable, Equatable {
  /// The first eight octets, as a little-endian number.
  public let first: UInt64
  /// The last eight octets, as a little-endian number.
  public let last: UInt64

  /// Takes two words.
  public init(_ first: UInt64, _ last: UInt64) {
    self.first = first
    self.last = last
  }

  /// Reads 32 hexadecimal digits; nil for anything else.
  public init?(hexadecimal text: some StringProtocol) {
    guard text.utf8.count == 32,
      text.utf8.allSatisfy({ UInt8(hexadecimalDigit: $0) != nil }),
      let first = UInt64(text.prefix(16), radix: 16), let last = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(first.byteSwapped, last.byteSwapped)
  }

  /// SipHash-2-4 over client cookie, head, and address (RFC 9018, Section 4.4).
  func hash(client: UInt64, head: UInt64, address: CookieAddress) -> UInt64 {
    var hash = SipHash(key: (first, last))
    hash.add(client.byteSwapped)
    hash.add(head.byteSwapped)
    switch address {
    case .ipv4(let number):
      return hash.finish(UInt64(number.byteSwapped), count: 4).byteSwapped
    case .ipv6(let high, let low):
      hash.add(high.byteSwapped)
      hash.add(low.byteSwapped)
      return hash.finish().byteSwapped
    }
  }
}

extension CookieSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says nothing, so that no log line can hold a secret.
  public var description: String { "a cookie secret" }
  /// Says nothing either.
  public var debugDescription: String { description }
  /// Shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension UInt8 {
  /// The value of a hexadecimal digit; nil for any other octet.
  fileprivate init?(hexadecimalDigit octet: UInt8) {
    switch octet {
    case 0x30...0x39: self = octet - 0x30
    case 0x41...0x46: self = octet - 0x41 + 10
    case 0x61...0x66: self = octet - 0x61 + 10
    default: return nil
    }
  }
}
