internal import DNSWire
internal import DomainNames

/// A kept answer with what it is found by.
struct AnswerEntry: Sendable {
  let answer: KeptAnswer
  let hash: UInt
  let bits: AnswerKey.Bits
  /// When it was stored, in milliseconds.
  let stored: Int64
  /// Seconds for which it is used without asking anyone; a failure's grow with each one more.
  let lifetime: UInt32
  /// How often in a row the upstream failed at this question.
  var failures: UInt8 = 0
  /// Up to when, in milliseconds, the answer is used past its time without asking anyone.
  var heldUntil = Int64.min
  /// Up to when, in milliseconds, nobody else needs to ask for a fresh one.
  var refreshedUntil = Int64.min

  init(
    answer: KeptAnswer, hash: UInt, bits: AnswerKey.Bits, stored: Int64, lifetime: UInt32? = nil
  ) {
    self.answer = answer
    self.hash = hash
    self.bits = bits
    self.stored = stored
    self.lifetime = lifetime ?? answer.lifetime
  }

  /// The octets it takes, with a fair share for the table and the allocator.
  var octetCount: Int { answer.footprint + 160 }

  /// Seconds since it was stored; nil where its time is over, or the clock went back behind it.
  func age(at now: Int64) -> UInt32? {
    guard now >= stored else { return nil }
    let age = (now - stored) / 1000
    return age < Int64(lifetime) ? UInt32(age) : nil
  }

  /// Whether the answer may be used though its time is over: the upstream failed (RFC 8767).
  func isUsableStale(at now: Int64, forSeconds limit: UInt32) -> Bool {
    guard limit > 0, !answer.isFailure, now >= stored, age(at: now) == nil else { return false }
    return (now - stored) / 1000 < Int64(lifetime) + Int64(limit)
  }

  /// Whether less than a tenth of its time is left, and nobody asked for a fresh one yet.
  func isDueForRefresh(age: UInt32, at now: Int64) -> Bool {
    !answer.isFailure && lifetime >= Self.leastRefreshedLifetime
      && (lifetime - age) * 10 < lifetime && now >= refreshedUntil
  }

  /// Up to when, in milliseconds, nobody needs to look whether a fresh one is due.
  var carefreeUntil: Int64 { stored + Int64(lifetime) * 900 }

  /// Answers of fewer seconds are not worth asking for ahead of time.
  static let leastRefreshedLifetime: UInt32 = 10

  /// Whether this answers a query; it allocates nothing.
  func isAnswer(to query: QuestionView, in datagram: Span<UInt8>) -> Bool {
    guard bits == AnswerKey.Bits(query) else { return false }
    let image = answer.image
    return answer.parts.isAnswer(image.span, to: query, in: datagram)
  }

  /// Whether this is about the same question as another entry.
  func hasSameQuestion(as other: AnswerEntry) -> Bool {
    let question = Header.length..<answer.questionEnd
    return hash == other.hash && bits == other.bits
      && answer.questionEnd == other.answer.questionEnd
      && answer.image[question].elementsEqual(other.answer.image[question])
  }
}

extension KeptAnswer {
  /// The octets of the heap it takes: an array and the object, each with the allocator's header.
  fileprivate var footprint: Int { image.count + 4 * 48 }
}
