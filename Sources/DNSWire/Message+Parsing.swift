internal import DomainNames

extension Message {
  /// Reads a message: all of it, with nothing before and nothing after.
  ///
  /// Names in data are decompressed for the types of RFC 3597, Section 4 alone.
  ///
  /// - Throws: ``WireError`` with the first fault and where it is.
  public init(parsing octets: [UInt8]) throws(WireError) {
    try self.init(parsing: octets.span)
  }

  /// Reads a message: all of it, with nothing before and nothing after.
  ///
  /// - Throws: ``WireError`` with the first fault and where it is.
  public init(parsing octets: Span<UInt8>) throws(WireError) {
    let header = try Header(parsing: octets)
    self.init(
      id: header.id, flags: header.flags, opcode: header.opcode,
      responseCode: header.responseCode)
    var offset = Header.length
    for _ in 0..<header.questionCount {
      questions.append(try Question(parsing: octets, at: &offset))
    }
    var walk = RecordWalk(header: header, from: offset)
    while let record = try walk.next(in: octets) { try take(record, of: octets) }
  }

  private mutating func take(
    _ outline: RecordOutline, of octets: Span<UInt8>
  ) throws(WireError) {
    guard outline.type != .opt else { return try take(opt: outline, of: octets) }
    let record = try Record(outline, of: octets)
    switch outline.section {
    case .answer: answers.append(record)
    case .authority: authorities.append(record)
    case .additional: additionals.append(record)
    }
  }

  private mutating func take(
    opt record: RecordOutline, of octets: Span<UInt8>
  ) throws(WireError) {
    let fields = EDNSFields(ttl: record.ttl)
    var edns = EDNS(
      udpSize: record.recordClass.rawValue, version: fields.version, dnssecOK: fields.dnssecOK)
    var options = OptionWalk(in: record.data)
    while let option = try options.next(in: octets) {
      edns.options.append(
        EDNSOption(code: option.code, data: try octets.octets(in: option.data)))
    }
    self.edns = edns
    let high = UInt16(fields.extendedResponseCode) << 4
    responseCode = ResponseCode(rawValue: high | responseCode.rawValue)
  }
}

extension Question {
  /// Reads the question at an offset and moves the offset behind it.
  fileprivate init(parsing message: Span<UInt8>, at offset: inout Int) throws(WireError) {
    var wireName: [UInt8] = []
    let end = try message.appendName(at: offset, to: &wireName)
    self.init(
      name: try DomainName(checked: wireName, at: offset), wireName: wireName,
      type: RecordType(rawValue: try message.uint16(at: end)),
      recordClass: RecordClass(rawValue: try message.uint16(at: end + 2)))
    offset = end + 4
  }
}

extension Record {
  fileprivate init(_ outline: RecordOutline, of message: Span<UInt8>) throws(WireError) {
    self.init(
      owner: try DomainName(in: message, at: outline.ownerOffset),
      type: outline.type,
      recordClass: outline.recordClass,
      ttl: outline.ttl,
      rdata: try message.uncompressedData(in: outline.data, type: outline.type))
  }
}
