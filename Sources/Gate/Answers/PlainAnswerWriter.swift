internal import DNSWire

/// Writes answers that need nobody else: errors, and the short answer to ANY.
enum PlainAnswerWriter {
  /// An answer with a code, the question where it can be read, and an explanation if there is one.
  static func write(
    _ code: ResponseCode,
    to query: QuestionView,
    from datagram: Span<UInt8>,
    explanation: ExtendedError? = nil,
    into answer: inout AnswerBuffer
  ) {
    answer.clear()
    answer.append16(query.header.id)
    writeFlags(code, query.header, into: &answer)
    for count: UInt16 in [1, 0, 0, query.edns == nil ? 0 : 1] { answer.append16(count) }
    answer.append(datagram, Header.length..<query.questionEnd)
    guard let edns = query.edns else { return }
    let option = explanation.map(\.option.encoded) ?? []
    BlockedAnswerWriter.writeOPT(
      extendedCode: UInt8(truncatingIfNeeded: code.rawValue >> 4), dnssecOK: edns.dnssecOK,
      option: option, to: &answer)
  }

  /// An answer without records that is marked as cut, so that the client asks by TCP.
  static func writeTruncated(
    _ query: QuestionView, from datagram: Span<UInt8>, into answer: inout AnswerBuffer
  ) {
    write(.noError, to: query, from: datagram, into: &answer)
    answer.setTruncated()
  }

  /// The answer to a query for a cookie alone, which has no question (RFC 7873, Section 5.4).
  static func write(_ code: ResponseCode, to query: CookieQuery, into answer: inout AnswerBuffer) {
    answer.clear()
    answer.append16(query.header.id)
    writeFlags(code, query.header, into: &answer)
    for count: UInt16 in [0, 0, 0, 1] { answer.append16(count) }
    BlockedAnswerWriter.writeOPT(
      extendedCode: UInt8(truncatingIfNeeded: code.rawValue >> 4), dnssecOK: query.dnssecOK,
      option: [], to: &answer)
  }

  /// An error for a message whose question cannot be trusted: a header alone.
  static func writeHeader(
    _ code: ResponseCode, toMessage datagram: Span<UInt8>, into answer: inout AnswerBuffer
  ) {
    answer.clear()
    guard let header = try? Header(parsing: datagram) else { return }
    answer.append16(header.id)
    // Flags of a message whose meaning is unknown mean nothing that could be confirmed.
    let known: HeaderFlags = header.opcode == .query ? .recursionDesired : []
    let flags = header.flags.intersection(known).union(.response)
    let opcode = UInt16(header.opcode.rawValue & 0xF) << 11
    answer.append16(flags.rawValue | opcode | UInt16(code.rawValue & 0xF))
    for _ in 0..<4 { answer.append16(0) }
  }

  /// A small honest answer to ANY: a HINFO record that names RFC 8482 (its Section 4.2).
  static func writeMinimalAny(
    _ query: QuestionView, from datagram: Span<UInt8>, into answer: inout AnswerBuffer
  ) {
    answer.clear()
    answer.append16(query.header.id)
    writeFlags(.noError, query.header, into: &answer)
    for count: UInt16 in [1, 1, 0, query.edns == nil ? 0 : 1] { answer.append16(count) }
    answer.append(datagram, Header.length..<query.questionEnd)
    answer.append16(0xC000 | UInt16(Header.length))
    answer.append16(RecordType.hinfo.rawValue)
    answer.append16(RecordClass.internet.rawValue)
    answer.append32(3600)
    let data: [UInt8] = [7] + Array("RFC8482".utf8) + [0]
    answer.append16(UInt16(data.count))
    answer.append(data)
    guard let edns = query.edns else { return }
    BlockedAnswerWriter.writeOPT(
      extendedCode: 0, dnssecOK: edns.dnssecOK, option: [], to: &answer)
  }

  private static func writeFlags(
    _ code: ResponseCode, _ header: Header, into answer: inout AnswerBuffer
  ) {
    var flags: HeaderFlags = [.response, .recursionAvailable]
    flags.formUnion(header.flags.intersection([.recursionDesired, .checkingDisabled]))
    answer.append16(flags.rawValue | UInt16(code.rawValue & 0xF))
  }
}
