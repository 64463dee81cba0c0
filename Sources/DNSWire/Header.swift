/// The first twelve octets of every message (RFC 1035, Section 4.1.1).
public struct Header: Sendable, Hashable {
  /// What ties an answer to its query.
  public var id: UInt16
  /// The single bits.
  public var flags: HeaderFlags
  /// What the message is for.
  public var opcode: Opcode
  /// The low four bits of the response code; EDNS has the others.
  public var responseCode: ResponseCode
  /// How many questions follow.
  public var questionCount: UInt16
  /// How many records the answer section has.
  public var answerCount: UInt16
  /// How many records the authority section has.
  public var authorityCount: UInt16
  /// How many records the additional section has, OPT included.
  public var additionalCount: UInt16

  /// The octets of a header.
  public static let length = 12

  /// Makes a header, without any question or record unless told.
  public init(
    id: UInt16,
    flags: HeaderFlags = [],
    opcode: Opcode = .query,
    responseCode: ResponseCode = .noError,
    questionCount: UInt16 = 0,
    answerCount: UInt16 = 0,
    authorityCount: UInt16 = 0,
    additionalCount: UInt16 = 0
  ) {
    self.id = id
    self.flags = flags
    self.opcode = opcode
    self.responseCode = responseCode
    self.questionCount = questionCount
    self.answerCount = answerCount
    self.authorityCount = authorityCount
    self.additionalCount = additionalCount
  }

  /// Reads the header of a message.
  ///
  /// - Throws: ``WireError/truncated(at:)`` where there are fewer than twelve octets.
  public init(parsing message: Span<UInt8>) throws(WireError) {
    let bits = try message.uint16(at: 2)
    id = try message.uint16(at: 0)
    flags = HeaderFlags(rawValue: bits).intersection(.all)
    opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: bits >> 11))
    responseCode = ResponseCode(rawValue: bits & 0x0F)
    questionCount = try message.uint16(at: 4)
    answerCount = try message.uint16(at: 6)
    authorityCount = try message.uint16(at: 8)
    additionalCount = try message.uint16(at: 10)
  }

  /// The header as twelve octets.
  ///
  /// A response code above 15 does not fit and is written as SERVFAIL: its meaning needs EDNS.
  public var encoded: [UInt8] {
    let code = responseCode.fitsHeader ? responseCode : .servFail
    let bits = flags.rawValue | UInt16(opcode.rawValue) << 11 | code.rawValue
    return [id, bits, questionCount, answerCount, authorityCount, additionalCount]
      .flatMap(\.bigEndianOctets)
  }

  /// The header that answers a query with this one: same id, opcode, RD and CD, and no counts.
  ///
  /// RD is copied by RFC 1035, Section 4.1.1; CD by RFC 4035, Section 3.2.2.
  public func answering(with responseCode: ResponseCode) -> Header {
    Header(
      id: id,
      flags: flags.intersection([.recursionDesired, .checkingDisabled]).union(.response),
      opcode: opcode,
      responseCode: responseCode
    )
  }

  /// How many records a section has.
  func count(of section: Section) -> UInt16 {
    switch section {
    case .answer: answerCount
    case .authority: authorityCount
    case .additional: additionalCount
    }
  }
}

/// The single bits of a header (RFC 1035, Section 4.1.1; RFC 4035, Section 3.1.6 and 3.2).
public struct HeaderFlags: OptionSet, Sendable, Hashable {
  /// The bits where they stand in the header's second 16 bits.
  public let rawValue: UInt16

  /// Takes bits as they stand in the header's second 16 bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// QR: the message is a response.
  public static let response = HeaderFlags(rawValue: 0x8000)
  /// AA: the answer comes from who has authority over the name.
  public static let authoritative = HeaderFlags(rawValue: 0x0400)
  /// TC: the answer is cut short; ask again by TCP.
  public static let truncated = HeaderFlags(rawValue: 0x0200)
  /// RD: the asker wants the whole way gone.
  public static let recursionDesired = HeaderFlags(rawValue: 0x0100)
  /// RA: the server can go the whole way.
  public static let recursionAvailable = HeaderFlags(rawValue: 0x0080)
  /// AD: the server has verified the data by DNSSEC.
  public static let authenticData = HeaderFlags(rawValue: 0x0020)
  /// CD: the asker verifies by itself and wants unverified data too.
  public static let checkingDisabled = HeaderFlags(rawValue: 0x0010)

  /// Every bit above; the header's other bits are none of ours.
  static let all: HeaderFlags = [
    .response, .authoritative, .truncated, .recursionDesired, .recursionAvailable, .authenticData,
    .checkingDisabled,
  ]
}

/// The three sections that hold records, in the order of a message.
enum Section: Sendable, Hashable, CaseIterable {
  case answer
  case authority
  case additional
}
