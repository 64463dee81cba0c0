/// A whole DNS message as a value (RFC 1035, Section 4; RFC 6891 for EDNS).
///
/// The OPT record is not among the additional records: it is ``edns``, and its bits of the response
/// code are in ``responseCode``.
public struct Message: Sendable, Hashable {
  /// What ties an answer to its query.
  public var id: UInt16
  /// The header's single bits.
  public var flags: HeaderFlags
  /// What the message is for.
  public var opcode: Opcode
  /// All twelve bits of the response code; above 15 it needs EDNS.
  public var responseCode: ResponseCode
  /// What is asked; nearly always one question.
  public var questions: [Question]
  /// The answer section.
  public var answers: [Record]
  /// The authority section.
  public var authorities: [Record]
  /// The additional section, without OPT.
  public var additionals: [Record]
  /// What the OPT record says; nil where there is none.
  public var edns: EDNS?

  /// The most octets a message can have on a stream (RFC 1035, Section 4.2.2).
  public static let maximumLength = 65_535

  /// Makes a message; empty unless told.
  public init(
    id: UInt16,
    flags: HeaderFlags = [],
    opcode: Opcode = .query,
    responseCode: ResponseCode = .noError,
    questions: [Question] = [],
    answers: [Record] = [],
    authorities: [Record] = [],
    additionals: [Record] = [],
    edns: EDNS? = nil
  ) {
    self.id = id
    self.flags = flags
    self.opcode = opcode
    self.responseCode = responseCode
    self.questions = questions
    self.answers = answers
    self.authorities = authorities
    self.additionals = additionals
    self.edns = edns
  }

  /// Makes an empty answer to a query: its id, opcode, RD, CD and questions; EDNS is left to the
  /// caller.
  public init(answering query: Message, with responseCode: ResponseCode) {
    let asked = Header(id: query.id, flags: query.flags, opcode: query.opcode)
    self.init(header: asked.answering(with: responseCode), questions: query.questions)
  }

  /// Makes an empty answer to a query seen by the hot path; EDNS is left to the caller.
  ///
  /// - Throws: ``WireError`` where `datagram` is not the one the query was read from.
  public init(
    answering query: QuestionView, in datagram: Span<UInt8>, with responseCode: ResponseCode
  ) throws(WireError) {
    self.init(
      header: query.header.answering(with: responseCode),
      questions: [try query.question(in: datagram)])
  }

  private init(header: Header, questions: [Question]) {
    self.init(
      id: header.id, flags: header.flags, opcode: header.opcode,
      responseCode: header.responseCode, questions: questions)
  }
}

extension Message {
  /// Whether this is a response (QR).
  public var isResponse: Bool { flags.contains(.response) }

  /// Whether DNSSEC records are wanted (DO).
  public var dnssecOK: Bool { edns?.dnssecOK ?? false }
}
