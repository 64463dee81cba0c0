/// What an OPT record says (RFC 6891), without the response code's bits, which the message holds.
public struct EDNS: Sendable, Hashable {
  /// The largest datagram the sender can take, in octets; below 512 it means 512
  /// (RFC 6891, Section 6.2.3).
  public var udpSize: UInt16
  /// The version of EDNS; anything but 0 is answered with BADVERS.
  public var version: UInt8
  /// DO: the sender wants DNSSEC records (RFC 3225).
  public var dnssecOK: Bool
  /// The options, in their order.
  public var options: [EDNSOption]

  /// The size every server can send without fragments, and so ours (DNS Flag Day 2020).
  public static let safeUDPSize: UInt16 = 1232

  /// Makes EDNS of version 0 unless told otherwise.
  public init(
    udpSize: UInt16 = EDNS.safeUDPSize,
    version: UInt8 = 0,
    dnssecOK: Bool = false,
    options: [EDNSOption] = []
  ) {
    self.udpSize = udpSize
    self.version = version
    self.dnssecOK = dnssecOK
    self.options = options
  }
}

/// One option: a code and data of any form.
///
/// Cookies, padding and every option not known to Cordon stay as they are.
public struct EDNSOption: Sendable, Hashable {
  /// What the data means.
  public var code: EDNSOptionCode
  /// The data; at most 65,535 octets.
  public var data: [UInt8]

  /// Makes an option of a code and its data.
  public init(code: EDNSOptionCode, data: [UInt8]) {
    self.code = code
    self.data = data
  }
}

/// The kind of an option (IANA registry "DNS EDNS0 Option Codes").
public struct EDNSOptionCode: RawRepresentable, Sendable, Hashable {
  /// The number in the registry.
  public let rawValue: UInt16

  /// Takes any number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Which server answers (RFC 5001).
  public static let nsid = EDNSOptionCode(rawValue: 3)
  /// Part of the asker's address (RFC 7871).
  public static let clientSubnet = EDNSOptionCode(rawValue: 8)
  /// A cookie (RFC 7873).
  public static let cookie = EDNSOptionCode(rawValue: 10)
  /// How long a TCP connection may idle (RFC 7828).
  public static let tcpKeepalive = EDNSOptionCode(rawValue: 11)
  /// Padding (RFC 7830).
  public static let padding = EDNSOptionCode(rawValue: 12)
  /// An extended error (RFC 8914).
  public static let extendedError = EDNSOptionCode(rawValue: 15)
  /// The asker understands structured errors (draft-ietf-dnsop-structured-dns-error).
  ///
  /// The registry has no number for it yet, so this is one of those for local use
  /// (65001 to 65534), and it can be configured.
  public static let structuredError = EDNSOptionCode(rawValue: 65_015)
}

/// The fields that an OPT record packs into its TTL (RFC 6891, Section 6.1.3).
struct EDNSFields: Sendable, Hashable {
  var extendedResponseCode: UInt8
  var version: UInt8
  var dnssecOK: Bool

  init(extendedResponseCode: UInt8, version: UInt8, dnssecOK: Bool) {
    self.extendedResponseCode = extendedResponseCode
    self.version = version
    self.dnssecOK = dnssecOK
  }

  init(ttl: UInt32) {
    extendedResponseCode = UInt8(truncatingIfNeeded: ttl >> 24)
    version = UInt8(truncatingIfNeeded: ttl >> 16)
    dnssecOK = ttl & 0x8000 != 0
  }

  var ttl: UInt32 {
    UInt32(extendedResponseCode) << 24 | UInt32(version) << 16 | (dnssecOK ? 0x8000 : 0)
  }
}
