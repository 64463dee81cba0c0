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

  /// What it is made of.
  let image: [UInt8]
  /// The parts of ``image``.
  let parts: AnswerImage

  /// Whether it tells of a failure: neither data nor a denial of it.
  let isFailure: Bool

  /// Whether it says that data did not stand up to DNSSEC: then older data is no better.
  let isBogus: Bool

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
    let targets = message.cnameChain.dropFirst().flatMap(\.wire)
    let options = message.edns.map(Self.extendedErrors(of:)) ?? []
    isFailure = message.isFailure
    isBogus = message.isFailure && message.edns?.blamesDNSSEC == true
    message.edns = nil
    let limit =
      message.isPositive ? Self.longestLifetime : Self.longestNegativeLifetime
    message.limitTTLs(to: limit)
    var octets = message.encoded()
    let ttls = try TTLMap(octets)
    let nameEnd = Header.length + question.wireName.count
    for place in Header.length..<nameEnd { octets[place] = octets[place].asciiLowercased }
    (image, parts) = Self.image(
      octets, questionEnd: nameEnd + 4, ttls: ttls.offsets, options: options, targets: targets)
    lifetime =
      if message.flags.contains(.truncated) {
        0
      } else if message.isFailure {
        Self.failureLifetime
      } else {
        min(ttls.minimumTTL ?? 0, limit)
      }
  }

  private static func image(
    _ octets: [UInt8], questionEnd: Int, ttls: [Int], options: [UInt8], targets: [UInt8]
  ) -> ([UInt8], AnswerImage) {
    let places = ttls.flatMap { place in
      stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: place >> $0) }
    }
    // No more room than is needed: it is kept for long.
    var image: [UInt8] = []
    image.reserveCapacity(octets.count + places.count + options.count + targets.count)
    for part in [octets, places, options, targets] { image.append(contentsOf: part) }
    let ttlEnd = octets.count + places.count
    return (
      image,
      AnswerImage(
        questionEnd: UInt32(questionEnd), messageEnd: UInt32(octets.count), ttlEnd: UInt32(ttlEnd),
        optionEnd: UInt32(ttlEnd + options.count), end: UInt32(image.count))
    )
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

// MARK: - Its parts

extension KeptAnswer {
  /// The first octet after the question.
  var questionEnd: Int { Int(parts.questionEnd) }

  /// The message without OPT.
  var octets: [UInt8] { Array(image[..<Int(parts.messageEnd)]) }

  /// Where aliases lead from the name that was asked for: canonical wire forms, one after the other.
  var targets: [UInt8] { Array(image[Int(parts.optionEnd)...]) }

  /// Whether the name that was asked for, or one that its aliases lead to, meets a condition.
  func concerns(_ isMeant: (Span<UInt8>) -> Bool) -> Bool {
    let image = image
    let asked = image.span.extracting(Header.length..<(questionEnd - 4))
    return isMeant(asked) || parts.firstTarget(in: image.span, where: isMeant) != nil
  }

  /// The first target, by its place in the chain, for which `isWanted` holds; nil where there is none.
  ///
  /// The span holds one canonical wire form. It allocates nothing.
  func firstTarget(where isWanted: (Span<UInt8>) -> Bool) -> Int? {
    let image = image
    return parts.firstTarget(in: image.span, where: isWanted)
  }

  /// Writes the whole answer to a query; see ``AnswerImage/write(_:for:in:_:to:)``.
  ///
  /// - Returns: How many octets were written; 0 where the query is another one or the buffer too small.
  func write(
    for query: QuestionView, in datagram: Span<UInt8>, age: UInt32, isStale: Bool = false,
    to buffer: inout MutableSpan<UInt8>
  ) -> Int {
    let image = image
    guard parts.isAnswer(image.span, to: query, in: datagram) else { return 0 }
    return parts.write(
      image.span, for: query, in: datagram, AnswerImage.Use(age: age, isStale: isStale),
      to: &buffer)
  }
}
