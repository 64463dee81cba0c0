public import DomainNames

/// What is asked: a name, a type and a class (RFC 1035, Section 4.1.2).
public struct Question: Sendable, Hashable {
  /// The name in canonical form.
  public let name: DomainName
  /// The name's octets in the asker's case, which an answer repeats.
  public let wireName: [UInt8]
  /// The type asked for.
  public let type: RecordType
  /// The class asked for.
  public let recordClass: RecordClass

  /// Asks for a name in lower case.
  public init(name: DomainName, type: RecordType, recordClass: RecordClass = .internet) {
    self.init(name: name, wireName: name.wire, type: type, recordClass: recordClass)
  }

  /// Asks for a name in the case its octets have.
  ///
  /// - Throws: ``WireError`` where the octets are not one uncompressed name.
  public init(
    wireName: [UInt8], type: RecordType, recordClass: RecordClass = .internet
  ) throws(WireError) {
    let name = try DomainName(checked: wireName, at: 0)
    self.init(name: name, wireName: wireName, type: type, recordClass: recordClass)
  }

  /// Takes a name and its octets, known to be the same but for their case.
  init(name: DomainName, wireName: [UInt8], type: RecordType, recordClass: RecordClass) {
    self.name = name
    self.wireName = wireName
    self.type = type
    self.recordClass = recordClass
  }
}

extension Question: CustomStringConvertible {
  /// The question on a line: `www.example.com. IN AAAA`.
  public var description: String {
    "\(name.isRoot ? "" : name.description). \(recordClass) \(type)"
  }
}
