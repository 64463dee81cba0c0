internal import DNSWire
internal import DomainNames

/// An upstream's answer, ready to be made the answer to everyone who asks the same.
///
/// It is read once; then it is written to an asker's buffer without any allocation.
final class KeptAnswer: Sendable {
  /// Seconds the answer may be kept; 0 where it must not be kept.
  ///
  /// Positive answers are kept by their least TTL and for at most a day, negative ones by their SOA
  /// (RFC 2308, Section 5) and for at most an hour, failures for 5 seconds and longer when they
  /// repeat (RFC 9520, Section 3.2), truncated answers never.
  let lifetime: UInt32

  /// Where aliases lead from the name that was asked for: canonical wire forms, one after the other.
  let targets: [UInt8]

  /// The message without OPT.
  let octets: [UInt8]

  /// Whether it tells of a failure: neither data nor a denial of it.
  let isFailure: Bool

  /// Whether it says that data did not stand up to DNSSEC: then older data is no better.
  let isBogus: Bool

  /// The first octet after the question.
  let questionEnd: Int

  /// How many TTLs the records have.
  var ttlCount: Int { ttls.offsets.count }

  private let ttls: TTLMap
  /// Extended errors as they stand in OPT.
  private let options: [UInt8]

  /// The most seconds a positive answer is kept.
  static let longestLifetime: UInt32 = 86_400
  /// The most seconds a negative answer is kept (RFC 2308, Section 5).
  static let longestNegativeLifetime: UInt32 = 3600
  /// Seconds a first failure is kept.
  static let failureLifetime: UInt32 = 5
  /// The most seconds a failure is kept (RFC 9520, Section 3.2).
  static let longestFailureLifetime: UInt32 = 300

  /// Reads an answer with one question.
  ///
  /// - Throws: ``WireError`` where the octets are not a message, or not one with one question.
  init(_ answer: [UInt8]) throws(WireError) {
    var message = try Message(parsing: answer)
    guard let question = message.questions.first, message.questions.count == 1 else {
      throw .truncated(at: Header.length)
    }
    questionEnd = Header.length + question.wireName.count + 4
    targets = message.cnameChain.dropFirst().flatMap(\.wire)
    options = message.edns.map(Self.extendedErrors(of:)) ?? []
    isFailure = message.isFailure
    isBogus = message.isFailure && message.edns?.blamesDNSSEC == true
    message.edns = nil
    let limit =
      message.isPositive ? Self.longestLifetime : Self.longestNegativeLifetime
    message.limitTTLs(to: limit)
    octets = message.encoded()
    ttls = try TTLMap(octets)
    lifetime =
      if message.flags.contains(.truncated) {
        0
      } else if message.isFailure {
        Self.failureLifetime
      } else {
        min(ttls.minimumTTL ?? 0, limit)
      }
  }

  /// Makes the answer that stands for a failure: SERVFAIL with the failure's extended error.
  convenience init(_ failure: UpstreamFailure, of query: UpstreamQuery) throws(WireError) {
    let message = Message(
      id: 0, flags: [.response, .recursionDesired, .recursionAvailable], responseCode: .servFail,
      questions: [
        Question(name: query.name, type: query.type, recordClass: query.recordClass)
      ],
      edns: EDNS(options: [failure.extendedError.option]))
    try self.init(message.encoded())
  }

  private static func extendedErrors(of edns: EDNS) -> [UInt8] {
    edns.options.filter { $0.code == .extendedError }.flatMap { option in
      [option.code.rawValue, UInt16(clamping: option.data.count)].flatMap {
        [UInt8($0 >> 8), UInt8($0 & 0xFF)]
      } + option.data
    }
  }
}

extension EDNS {
  /// Whether an extended error says that the data failed validation (RFC 8914, Sections 4.6 to 4.13).
  fileprivate var blamesDNSSEC: Bool {
    options.contains { option in
      option.code == .extendedError && option.data.count >= 2 && option.data[0] == 0
        && (5...12).contains(option.data[1])
    }
  }
}

extension Message {
  fileprivate var isFailure: Bool { responseCode != .noError && responseCode != .nxDomain }

  fileprivate var isPositive: Bool {
    guard responseCode == .noError, let asked = questions.first?.type else { return false }
    return answers.contains { asked == .any || $0.type == asked }
  }

  fileprivate mutating func limitTTLs(to limit: UInt32) {
    for index in answers.indices { answers[index].limitTTL(to: limit) }
    for index in authorities.indices { authorities[index].limitTTL(to: limit) }
    for index in additionals.indices { additionals[index].limitTTL(to: limit) }
  }
}

extension Record {
  /// Lowers the TTL; above 2³¹ − 1 it means 0 (RFC 2181, Section 8).
  fileprivate mutating func limitTTL(to limit: UInt32) {
    ttl = ttl > UInt32(Int32.max) ? 0 : min(ttl, limit)
  }
}

// MARK: - Rules

extension KeptAnswer {
  /// The first target, by its place in the chain, for which `isBlocked` holds; nil where there is none.
  ///
  /// The span holds one canonical wire form. It allocates nothing.
  func firstTarget(where isBlocked: (Span<UInt8>) -> Bool) -> Int? {
    let targets = targets
    let names = targets.span
    var start = 0
    var place = 0
    while start < names.count {
      var end = start
      while names[end] != 0 { end += Int(names[end]) + 1 }
      if isBlocked(names.extracting(start..<(end + 1))) { return place }
      start = end + 1
      place += 1
    }
    return nil
  }
}

// MARK: - Writing

extension KeptAnswer {
  /// Writes the whole answer to a query: its id and case, RD, CD, TTLs less `age`, and OPT where the
  /// asker has it.
  ///
  /// AD is kept for those who said that they understand it, by DO or AD (RFC 6840, Section 5.8).
  /// Extended errors are left out where they do not fit; what is longer still becomes TC with no
  /// records. It allocates nothing.
  ///
  /// - Parameters:
  ///   - query: the query, for the same name, type and class.
  ///   - datagram: where the query was read from.
  ///   - age: seconds since the upstream gave the answer.
  ///   - isStale: whether its time is over; then TTLs are 30 and the asker is told
  ///     (RFC 8767, Section 4; RFC 8914, Sections 4.4 and 4.20).
  ///   - buffer: room for as many octets as the asker takes, at least 512.
  /// - Returns: How many octets were written; 0 where the query is another one or the buffer too small.
  func write(
    for query: QuestionView, in datagram: Span<UInt8>, age: UInt32, isStale: Bool = false,
    to buffer: inout MutableSpan<UInt8>
  ) -> Int {
    guard query.questionEnd == questionEnd else { return 0 }
    let optCount = query.edns == nil ? 0 : Self.optLength
    let note = isStale ? staleNote : []
    let withOptions = octets.count + optCount + options.count + note.count
    let length: Int
    if octets.count + optCount <= buffer.count {
      copy(octets.count, to: &buffer)
      length = octets.count
    } else if questionEnd + optCount <= buffer.count {
      copy(questionEnd, to: &buffer)
      for place in 6..<Header.length { buffer[place] = 0 }
      buffer[2] |= 0x02
      length = questionEnd
    } else {
      return 0
    }
    guard AnswerPatch.copyQuestionCase(of: query, in: datagram, to: &buffer) else { return 0 }
    AnswerPatch.setID(query.header.id, in: &buffer)
    setFlags(for: query, in: &buffer)
    if length > questionEnd {
      if isStale {
        setStaleTTLs(in: &buffer)
      } else {
        ttls.subtract(seconds: age, from: &buffer)
      }
    }
    guard let edns = query.edns else { return length }
    let carriesErrors = withOptions <= buffer.count
    return appendOPT(
      dnssecOK: edns.dnssecOK, note: note, carriesErrors: carriesErrors, at: length, to: &buffer)
  }

  /// What a stale answer's asker is told: "Stale Answer" or "Stale NXDOMAIN Answer".
  private var staleNote: [UInt8] {
    octets[3] & 0x0F == UInt8(truncatingIfNeeded: ResponseCode.nxDomain.rawValue)
      ? Self.staleDenial : Self.staleData
  }

  private static let staleData: [UInt8] = [0, 15, 0, 2, 0, 3]
  private static let staleDenial: [UInt8] = [0, 15, 0, 2, 0, 19]

  /// Seconds for which an asker may keep a stale answer.
  static let staleTTL: UInt8 = 30

  private func setStaleTTLs(in buffer: inout MutableSpan<UInt8>) {
    for offset in ttls.offsets where offset + 4 <= buffer.count {
      for place in offset..<(offset + 3) { buffer[place] = 0 }
      buffer[offset + 3] = Self.staleTTL
    }
  }

  /// The octets of OPT without options.
  private static let optLength = 11

  private func copy(_ count: Int, to buffer: inout MutableSpan<UInt8>) {
    let octets = octets
    let source = octets.span
    for place in 0..<count { buffer[place] = source[place] }
  }

  private func setFlags(for query: QuestionView, in buffer: inout MutableSpan<UInt8>) {
    let asked = query.header.flags
    let isDesired: UInt8 = asked.contains(.recursionDesired) ? 0x01 : 0
    buffer[2] = buffer[2] & ~0x01 | isDesired
    let isUnchecked: UInt8 = asked.contains(.checkingDisabled) ? 0x10 : 0
    let understandsAD = query.dnssecOK || asked.contains(.authenticData)
    buffer[3] = buffer[3] & (understandsAD ? ~0x10 : ~0x30) | isUnchecked
  }

  private func appendOPT(
    dnssecOK: Bool, note: [UInt8], carriesErrors: Bool, at start: Int,
    to buffer: inout MutableSpan<UInt8>
  ) -> Int {
    let optionCount = carriesErrors ? options.count + note.count : 0
    let size = EDNS.safeUDPSize
    buffer[start] = 0
    buffer[start + 1] = 0
    buffer[start + 2] = UInt8(RecordType.opt.rawValue)
    buffer[start + 3] = UInt8(size >> 8)
    buffer[start + 4] = UInt8(size & 0xFF)
    buffer[start + 5] = 0
    buffer[start + 6] = 0
    buffer[start + 7] = dnssecOK ? 0x80 : 0
    buffer[start + 8] = 0
    buffer[start + 9] = UInt8(truncatingIfNeeded: optionCount >> 8)
    buffer[start + 10] = UInt8(truncatingIfNeeded: optionCount)
    let options = options
    let source = options.span
    let end = start + Self.optLength
    if carriesErrors {
      for place in source.indices { buffer[end + place] = source[place] }
      for place in note.indices { buffer[end + options.count + place] = note[place] }
    }
    let count = (UInt16(buffer[10]) << 8 | UInt16(buffer[11])) &+ 1
    buffer[10] = UInt8(truncatingIfNeeded: count >> 8)
    buffer[11] = UInt8(truncatingIfNeeded: count)
    return end + optionCount
  }
}
