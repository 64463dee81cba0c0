internal import DNSWire
internal import DomainNames
internal import Enforcement

/// Writes the answer to a query for a blocked name.
///
/// All types of query are answered alike, DO and CD change nothing, AD is never set, and nothing is
/// signed: the answer says openly, in its extended error, that it is not the owner's.
struct BlockedAnswerWriter: Sendable {
  /// Longest time, in seconds, that a resolver may keep a blocked answer: short, so that a lifted
  /// order stops biting soon.
  static let longestTTL: Int64 = 60

  /// What the answer says of the size of datagrams (RFC 9715 advises 1232).
  static let udpSize: UInt16 = 1232

  let page: BlockPageAddresses

  /// Answers a query.
  ///
  /// - Parameters:
  ///   - query: the query as parsed from the datagram.
  ///   - datagram: the query's octets.
  ///   - block: what blocks the name.
  ///   - form: how the client wants to be told the reason, and how long the answer may be.
  ///   - now: milliseconds since 1970.
  ///   - answer: where the answer goes.
  func write(
    _ query: QuestionView,
    from datagram: Span<UInt8>,
    block: RuleSnapshot.Block,
    form: Form,
    now: Int64,
    to answer: inout AnswerBuffer
  ) {
    block.handle.read { order in
      let shape = shape(of: query, order.answer, mustExist: block.mustExist)
      answer.clear()
      writeHeader(query, shape, to: &answer)
      answer.append(datagram, Header.length..<query.questionEnd)
      let ttl = UInt32(clamping: min(Self.longestTTL, (order.notAfter - now) / 1000))
      if shape.hasAddress { writeAddress(of: query, ttl: ttl, to: &answer) }
      if shape.hasSOA {
        // Where the name of the rule begins in the question: the SOA is of that name (RFC 2308).
        let owner = max(query.name.lowerBound, query.name.upperBound &- block.matchedOctets)
        writeSOA(order.denial, owner: owner, ttl: ttl, to: &answer)
      }
      if let edns = query.edns {
        let start = answer.length
        let room = min(form.limit, Int(Self.udpSize)) - start
        order.explanation.append(to: &answer, isStructured: form.isStructured, atMost: room)
        if edns.dnssecOK { answer.set(0x80, at: start + Self.flagsInOPT) }
      }
    }
  }

  /// How a client is told.
  struct Form {
    /// The most octets of the answer, without what is added later.
    var limit: Int
    /// Whether the reason is written for programs, too.
    var isStructured = false
  }

  /// What an answer consists of.
  private struct Shape {
    var responseCode: ResponseCode
    var hasAddress = false
    var hasSOA = false
  }

  private func shape(
    of query: QuestionView, _ answer: BlockedAnswer, mustExist: Bool
  ) -> Shape {
    switch answer {
    case .nxdomain: Shape(responseCode: mustExist ? .noError : .nxDomain, hasSOA: true)
    case .nodata: Shape(responseCode: .noError, hasSOA: true)
    case .refused: Shape(responseCode: .refused)
    case .address:
      hasPageAddress(for: query.type)
        ? Shape(responseCode: .noError, hasAddress: true)
        : Shape(responseCode: .noError, hasSOA: true)
    }
  }

  private func hasPageAddress(for type: RecordType) -> Bool {
    switch type {
    case .a: page.ipv4 != nil
    case .aaaa: page.ipv6 != nil
    default: false
    }
  }

  private func writeHeader(
    _ query: QuestionView, _ shape: Shape, to answer: inout AnswerBuffer
  ) {
    var flags: HeaderFlags = [.response, .recursionAvailable]
    flags.formUnion(query.header.flags.intersection([.recursionDesired, .checkingDisabled]))
    let bits = flags.rawValue | UInt16(shape.responseCode.rawValue & 0xF)
    let answers: UInt64 = shape.hasAddress ? 1 : 0
    answer.append64(UInt64(query.header.id) << 48 | UInt64(bits) << 32 | 1 << 16 | answers)
    answer.append32((shape.hasSOA ? 1 << 16 : 0) | (query.edns == nil ? 0 : 1))
  }

  private func writeAddress(
    of query: QuestionView, ttl: UInt32, to answer: inout AnswerBuffer
  ) {
    guard let address = query.type == .a ? page.ipv4 : page.ipv6 else { return }
    answer.append16(0xC000 | UInt16(Header.length))
    answer.append16(query.type.rawValue)
    answer.append16(query.recordClass.rawValue)
    answer.append32(ttl)
    answer.append16(UInt16(address.count))
    answer.append(address)
  }

  private func writeSOA(
    _ record: [UInt8], owner: Int, ttl: UInt32, to answer: inout AnswerBuffer
  ) {
    answer.append16(0xC000 | UInt16(owner))
    let start = answer.length
    answer.append(record)
    guard ttl != UInt32(Self.longestTTL) else { return }
    answer.set32(ttl, at: start + 4)
    answer.set32(ttl, at: answer.length - 4)
  }

  /// The SOA record of an order's answers, without its owner, for the longest time.
  static func denial(serial: UInt32) -> [UInt8] {
    var record = AnswerBuffer(capacity: 128)
    record.append16(RecordType.soa.rawValue)
    record.append16(RecordClass.internet.rawValue)
    record.append32(UInt32(longestTTL))
    record.append16(UInt16(soaNames.count + 20))
    record.append(soaNames)
    for number in [serial, 300, 60, 604_800, UInt32(longestTTL)] { record.append32(number) }
    return record.answer
  }

  /// The OPT record of an order's answers, with an option, for askers who set no flag.
  static func optRecord(with option: [UInt8]) -> [UInt8] {
    var record = AnswerBuffer(capacity: optLength + option.count)
    writeOPT(extendedCode: 0, dnssecOK: false, option: option, to: &record)
    return record.answer
  }

  /// `policy.cordon.` as primary and `nobody.invalid.` as mailbox: the zone is made up, and no
  /// stranger's server or mailbox is to be named.
  private static let soaNames: [UInt8] =
    Array("\u{6}policy\u{6}cordon\u{0}".utf8) + Array("\u{6}nobody\u{7}invalid\u{0}".utf8)

  /// The octets of OPT without options.
  private static let optLength = 11

  /// Where in OPT the flags begin, DO first.
  private static let flagsInOPT = 7

  /// Writes the OPT record of an answer (RFC 6891, Section 6.1.2).
  static func writeOPT(
    extendedCode: UInt8, dnssecOK: Bool, option: [UInt8], to answer: inout AnswerBuffer
  ) {
    answer.append(0)
    answer.append16(RecordType.opt.rawValue)
    answer.append16(udpSize)
    answer.append(extendedCode)
    answer.append(0)
    answer.append16(dnssecOK ? 0x8000 : 0)
    answer.append16(UInt16(option.count))
    answer.append(option)
  }
}
