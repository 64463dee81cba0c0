/// A record's type: which data it holds, or what a question asks for.
///
/// Every 16-bit value is a type; those Cordon knows by name have a constant (IANA registry "Resource
/// Record (RR) TYPEs"; for HTTPS and SVCB see RFC 9460).
public struct RecordType: RawRepresentable, Sendable, Hashable {
  /// The number in the IANA registry.
  public let rawValue: UInt16

  /// Takes any number; unknown ones are types too (RFC 3597).
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }
}

extension RecordType {
  /// An IPv4 address.
  public static let a = RecordType(rawValue: 1)
  /// A name server of a zone.
  public static let ns = RecordType(rawValue: 2)
  /// A mail destination (obsolete).
  static let md = RecordType(rawValue: 3)
  /// A mail forwarder (obsolete).
  static let mf = RecordType(rawValue: 4)
  /// The true name of an alias.
  public static let cname = RecordType(rawValue: 5)
  /// The start of a zone of authority.
  public static let soa = RecordType(rawValue: 6)
  /// A mailbox (experimental).
  static let mb = RecordType(rawValue: 7)
  /// A member of a mail group (experimental).
  static let mg = RecordType(rawValue: 8)
  /// A mailbox's new name (experimental).
  static let mr = RecordType(rawValue: 9)
  /// A pointer to a name, mostly of an address.
  public static let ptr = RecordType(rawValue: 12)
  /// A host's processor and system; also the answer to ANY (RFC 8482).
  public static let hinfo = RecordType(rawValue: 13)
  /// Who answers for a mailbox (experimental).
  static let minfo = RecordType(rawValue: 14)
  /// A mail exchanger.
  public static let mx = RecordType(rawValue: 15)
  /// Text strings.
  public static let txt = RecordType(rawValue: 16)
  /// A responsible person (RFC 1183).
  static let rp = RecordType(rawValue: 17)
  /// An AFS database (RFC 1183).
  static let afsdb = RecordType(rawValue: 18)
  /// A host to route through (RFC 1183).
  static let rt = RecordType(rawValue: 21)
  /// A signature, of old DNSSEC and of transactions (RFC 2931).
  static let sig = RecordType(rawValue: 24)
  /// Where X.400 mail goes (RFC 2163).
  static let px = RecordType(rawValue: 26)
  /// An IPv6 address.
  public static let aaaa = RecordType(rawValue: 28)
  /// The next name, of old DNSSEC (RFC 2535).
  static let nxt = RecordType(rawValue: 30)
  /// A service's host and port (RFC 2782).
  public static let srv = RecordType(rawValue: 33)
  /// A rule that rewrites a name (RFC 3403).
  public static let naptr = RecordType(rawValue: 35)
  /// The true name of a whole subtree (RFC 6672).
  public static let dname = RecordType(rawValue: 39)
  /// The pseudo-record of EDNS (RFC 6891).
  public static let opt = RecordType(rawValue: 41)
  /// A delegation's signer (RFC 4034).
  public static let ds = RecordType(rawValue: 43)
  /// A fingerprint of an SSH key (RFC 4255).
  public static let sshfp = RecordType(rawValue: 44)
  /// A signature over a record set (RFC 4034).
  public static let rrsig = RecordType(rawValue: 46)
  /// The next name, and the types that exist (RFC 4034).
  public static let nsec = RecordType(rawValue: 47)
  /// A zone's public key (RFC 4034).
  public static let dnskey = RecordType(rawValue: 48)
  /// The next hashed name (RFC 5155).
  public static let nsec3 = RecordType(rawValue: 50)
  /// How a zone hashes its names (RFC 5155).
  public static let nsec3param = RecordType(rawValue: 51)
  /// A certificate bound to a name (RFC 6698).
  public static let tlsa = RecordType(rawValue: 52)
  /// Where and how to reach a service (RFC 9460).
  public static let svcb = RecordType(rawValue: 64)
  /// Where and how to reach a web site (RFC 9460).
  public static let https = RecordType(rawValue: 65)
  /// A transaction's signature by a shared secret (RFC 8945).
  public static let tsig = RecordType(rawValue: 250)
  /// The changes of a zone (RFC 1995); only in questions.
  public static let ixfr = RecordType(rawValue: 251)
  /// A whole zone (RFC 5936); only in questions.
  public static let axfr = RecordType(rawValue: 252)
  /// Whatever there is (RFC 8482); only in questions.
  public static let any = RecordType(rawValue: 255)
  /// Who may issue certificates for a name (RFC 8659).
  public static let caa = RecordType(rawValue: 257)
}

extension RecordType: LosslessStringConvertible {
  /// The mnemonic, as "AAAA"; for a type without one the generic form, as "TYPE65280"
  /// (RFC 3597, Section 5).
  public var description: String {
    Self.mnemonics[self] ?? "TYPE\(rawValue)"
  }

  /// Reads a mnemonic or the generic form, in any case; nil where the text is neither.
  public init?(_ text: String) {
    let capitals = text.uppercased()
    if let known = Self.types[capitals] {
      self = known
    } else if let number = UInt16(generic: capitals, prefix: "TYPE") {
      self.init(rawValue: number)
    } else {
      return nil
    }
  }

  private static let mnemonics: [RecordType: String] = [
    .a: "A", .ns: "NS", .md: "MD", .mf: "MF", .cname: "CNAME", .soa: "SOA", .mb: "MB", .mg: "MG",
    .mr: "MR", .ptr: "PTR", .hinfo: "HINFO", .minfo: "MINFO", .mx: "MX", .txt: "TXT", .rp: "RP",
    .afsdb: "AFSDB", .rt: "RT", .sig: "SIG", .px: "PX", .aaaa: "AAAA", .nxt: "NXT", .srv: "SRV",
    .naptr: "NAPTR", .dname: "DNAME", .opt: "OPT", .ds: "DS", .sshfp: "SSHFP", .rrsig: "RRSIG",
    .nsec: "NSEC", .dnskey: "DNSKEY", .nsec3: "NSEC3", .nsec3param: "NSEC3PARAM", .tlsa: "TLSA",
    .svcb: "SVCB", .https: "HTTPS", .tsig: "TSIG", .ixfr: "IXFR", .axfr: "AXFR", .any: "ANY",
    .caa: "CAA",
  ]

  private static let types = Dictionary(
    uniqueKeysWithValues: mnemonics.map { type, mnemonic in (mnemonic, type) })
}

extension UInt16 {
  /// Reads the number of a generic form such as "TYPE65280": digits only.
  init?(generic text: String, prefix: String) {
    guard text.hasPrefix(prefix) else { return nil }
    let digits = text.dropFirst(prefix.count)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    self.init(digits)
  }
}
