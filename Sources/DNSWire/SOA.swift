public import DomainNames

/// The data of a SOA record: who runs a zone and how it ages (RFC 1035, Section 3.3.13).
public struct SOA: Sendable, Hashable {
  /// The zone's primary server (MNAME).
  public var primary: DomainName
  /// The mailbox of who runs the zone, as a name (RNAME).
  public var mailbox: DomainName
  /// The zone's version, in serial arithmetic (RFC 1982).
  public var serial: UInt32
  /// Seconds between a secondary's checks.
  public var refresh: UInt32
  /// Seconds until a failed check is repeated.
  public var retry: UInt32
  /// Seconds after which a secondary without contact stops answering.
  public var expire: UInt32
  /// The most seconds a negative answer may be kept (RFC 2308, Section 4).
  public var minimum: UInt32

  /// Makes the data of a SOA record.
  public init(
    primary: DomainName,
    mailbox: DomainName,
    serial: UInt32,
    refresh: UInt32,
    retry: UInt32,
    expire: UInt32,
    minimum: UInt32
  ) {
    self.primary = primary
    self.mailbox = mailbox
    self.serial = serial
    self.refresh = refresh
    self.retry = retry
    self.expire = expire
    self.minimum = minimum
  }

  /// The data on the wire, uncompressed.
  public var rdata: [UInt8] {
    primary.wire + mailbox.wire
      + [serial, refresh, retry, expire, minimum].flatMap(\.bigEndianOctets)
  }

  /// Reads uncompressed data.
  ///
  /// - Throws: ``WireError`` where the octets are not exactly the data of a SOA record.
  public init(rdata: [UInt8]) throws(WireError) {
    let octets = rdata.span
    let mailboxAt = try NameExtent(of: octets, at: 0).end
    let mailboxExtent = try NameExtent(of: octets, at: mailboxAt)
    guard !mailboxExtent.isCompressed else { throw .compressedName(at: mailboxAt) }
    let numbers = mailboxExtent.end
    guard rdata.count == numbers + 20 else { throw .recordData(.soa, at: 0) }
    primary = try DomainName(in: octets, at: 0)
    mailbox = try DomainName(in: octets, at: mailboxAt)
    serial = try octets.uint32(at: numbers)
    refresh = try octets.uint32(at: numbers + 4)
    retry = try octets.uint32(at: numbers + 8)
    expire = try octets.uint32(at: numbers + 12)
    minimum = try octets.uint32(at: numbers + 16)
  }
}

extension Record {
  /// A record that holds this SOA.
  public init(owner: DomainName, ttl: UInt32, soa: SOA) {
    self.init(owner: owner, type: .soa, ttl: ttl, rdata: soa.rdata)
  }

  /// The data of a SOA record; nil for other types.
  public var soa: SOA? {
    type == .soa ? try? SOA(rdata: rdata) : nil
  }
}
