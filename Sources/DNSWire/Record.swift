public import DomainNames

/// A resource record with its data uncompressed (RFC 1035, Section 4.1.3).
public struct Record: Sendable, Hashable {
  /// The owner name.
  public var owner: DomainName
  /// What the data means.
  public var type: RecordType
  /// The class, in practice the Internet's.
  public var recordClass: RecordClass
  /// Seconds the record may be kept, as it stands there; above 2³¹ − 1 it means 0
  /// (RFC 2181, Section 8).
  public var ttl: UInt32
  /// The data, at most 65,535 octets.
  ///
  /// Names in it are never compressed and keep their case; the data of types not known to Cordon is
  /// as it was (RFC 3597).
  public var rdata: [UInt8]

  /// Makes a record of the Internet's class unless told otherwise.
  public init(
    owner: DomainName,
    type: RecordType,
    recordClass: RecordClass = .internet,
    ttl: UInt32,
    rdata: [UInt8]
  ) {
    self.owner = owner
    self.type = type
    self.recordClass = recordClass
    self.ttl = ttl
    self.rdata = rdata
  }
}

// MARK: - Data that is a name

extension Record {
  /// A record that says its owner is an alias of a name.
  public static func cname(owner: DomainName, ttl: UInt32, target: DomainName) -> Record {
    Record(owner: owner, type: .cname, ttl: ttl, rdata: target.wire)
  }

  /// The true name an alias leads to; nil for other types than CNAME.
  public var cnameTarget: DomainName? {
    type == .cname ? try? DomainName(wire: rdata) : nil
  }

  /// The name a subtree is an alias of; nil for other types than DNAME (RFC 6672).
  public var dnameTarget: DomainName? {
    type == .dname ? try? DomainName(wire: rdata) : nil
  }

  /// The name an SVCB or HTTPS record in AliasMode leads to (RFC 9460, Section 2.4.2).
  ///
  /// Nil for other types, for ServiceMode, and for the root, which says that there is no such service.
  public var aliasTarget: DomainName? {
    guard type == .svcb || type == .https, rdata.starts(with: [0, 0]) else { return nil }
    // A recipient ignores parameters in AliasMode, so what follows the name does not count.
    guard let name = try? DomainName(in: rdata.span, at: 2) else { return nil }
    return name.isRoot ? nil : name
  }
}

// MARK: - Addresses

extension Record {
  /// An A record of four octets or an AAAA record of sixteen; nil for any other number of octets.
  public init?(owner: DomainName, ttl: UInt32, address: [UInt8]) {
    switch address.count {
    case 4: self.init(owner: owner, type: .a, ttl: ttl, rdata: address)
    case 16: self.init(owner: owner, type: .aaaa, ttl: ttl, rdata: address)
    default: return nil
    }
  }

  /// The octets of the address: four for A, sixteen for AAAA, nil for anything else.
  public var address: [UInt8]? {
    switch (type, rdata.count) {
    case (.a, 4), (.aaaa, 16): rdata
    default: nil
    }
  }
}

// MARK: - Host information

extension Record {
  /// A HINFO record; strings are cut at 255 octets (RFC 1035, Section 3.3.2).
  ///
  /// With "RFC8482" as `cpu` and nothing as `system` it is the short answer to ANY
  /// (RFC 8482, Section 4.2).
  public static func hinfo(
    owner: DomainName, ttl: UInt32, cpu: String, system: String = ""
  ) -> Record {
    let data = [cpu, system].flatMap { text in
      let octets = Array(text.utf8.prefix(Int(UInt8.max)))
      return [UInt8(octets.count)] + octets
    }
    return Record(owner: owner, type: .hinfo, ttl: ttl, rdata: data)
  }
}

extension Record: CustomStringConvertible {
  /// The record on a line, its data in the generic form of RFC 3597, Section 5.
  public var description: String {
    let digits = Array("0123456789abcdef")
    let data = rdata.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    let owner = owner.isRoot ? "." : "\(owner)."
    return "\(owner) \(ttl) \(recordClass) \(type) \\# \(rdata.count) \(String(data))"
  }
}
