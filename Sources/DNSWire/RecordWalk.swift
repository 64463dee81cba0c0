/// One record's parts in a message, checked and not yet copied.
struct RecordOutline: Sendable, Hashable {
  let section: Section
  let ownerOffset: Int
  let type: RecordType
  let recordClass: RecordClass
  let ttl: UInt32
  let ttlOffset: Int
  let data: Range<Int>

  /// Checks the record at an offset: its owner, its length, and the names in its data.
  init(of message: Span<UInt8>, at offset: Int, section: Section) throws(WireError) {
    let fields = try NameExtent(of: message, at: offset).end
    self.section = section
    ownerOffset = offset
    type = RecordType(rawValue: try message.uint16(at: fields))
    recordClass = RecordClass(rawValue: try message.uint16(at: fields + 2))
    ttlOffset = fields + 4
    ttl = try message.uint32(at: ttlOffset)
    let length = Int(try message.uint16(at: fields + 8))
    data = (fields + 10)..<(fields + 10 + length)
    guard data.upperBound <= message.count else { throw .truncated(at: message.count) }
    // Empty data is a form of its own in updates, whatever the type (RFC 2136, Section 2.4).
    if !data.isEmpty, let form = NamesInData(type) {
      _ = try form.uncompressedLength(of: message, in: data, type: type)
    }
  }
}

/// A walk over a message's records, section by section, which holds the rules of the whole:
/// at most one OPT, in its place, with whole options, and nothing after the last record.
///
/// It copies nothing and allocates nothing.
struct RecordWalk {
  private var offset: Int
  private var section = Section.answer
  private var answersLeft: UInt16
  private var authoritiesLeft: UInt16
  private var additionalsLeft: UInt16
  private var hasOPT = false

  /// Starts after the question section.
  init(header: Header, from offset: Int) {
    self.offset = offset
    answersLeft = header.answerCount
    authoritiesLeft = header.authorityCount
    additionalsLeft = header.additionalCount
  }

  /// The next record; nil where the message ends as it should.
  mutating func next(in message: Span<UInt8>) throws(WireError) -> RecordOutline? {
    guard let section = nextSection() else {
      guard offset == message.count else { throw .trailingOctets(message.count - offset) }
      return nil
    }
    let record = try RecordOutline(of: message, at: offset, section: section)
    if record.type == .opt { try check(opt: record, in: message) }
    offset = record.data.upperBound
    return record
  }

  private mutating func nextSection() -> Section? {
    if answersLeft > 0 {
      answersLeft -= 1
      return .answer
    }
    if authoritiesLeft > 0 {
      authoritiesLeft -= 1
      return .authority
    }
    if additionalsLeft > 0 {
      additionalsLeft -= 1
      return .additional
    }
    return nil
  }

  private mutating func check(opt record: RecordOutline, in message: Span<UInt8>) throws(WireError)
  {
    guard record.section == .additional, message[record.ownerOffset] == 0 else {
      throw .misplacedOPT(at: record.ownerOffset)
    }
    guard !hasOPT else { throw .secondOPT(at: record.ownerOffset) }
    hasOPT = true
    var options = OptionWalk(in: record.data)
    while try options.next(in: message) != nil {}
  }
}

/// A walk over the options of an OPT record (RFC 6891, Section 6.1.2).
struct OptionWalk {
  private var offset: Int
  private let end: Int

  init(in data: Range<Int>) {
    offset = data.lowerBound
    end = data.upperBound
  }

  /// The next option's code and where its data stands; nil after the last.
  mutating func next(
    in message: Span<UInt8>
  ) throws(WireError) -> (code: EDNSOptionCode, data: Range<Int>)? {
    guard offset < end else { return nil }
    guard offset + 4 <= end else { throw .ednsOption(at: offset) }
    let code = EDNSOptionCode(rawValue: try message.uint16(at: offset))
    let length = Int(try message.uint16(at: offset + 2))
    let data = (offset + 4)..<(offset + 4 + length)
    guard data.upperBound <= end else { throw .ednsOption(at: offset) }
    offset = data.upperBound
    return (code, data)
  }
}
