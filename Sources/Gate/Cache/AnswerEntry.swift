internal import DNSWire
internal import DomainNames

/// A kept answer with what it is found by.
struct AnswerEntry: Sendable {
  let answer: KeptAnswer
  let hash: UInt
  let bits: AnswerKey.Bits
  /// When it was stored, in milliseconds.
  let stored: Int64

  /// The octets it takes, with a fair share for the table and the allocator.
  var octetCount: Int { answer.footprint + 128 }

  /// Seconds since it was stored; nil where its time is over, or the clock went back behind it.
  func age(at now: Int64) -> UInt32? {
    guard now >= stored else { return nil }
    let age = (now - stored) / 1000
    return age < Int64(answer.lifetime) ? UInt32(age) : nil
  }

  /// Whether this answers a query; it allocates nothing.
  func isAnswer(to query: QuestionView, in datagram: Span<UInt8>) -> Bool {
    guard bits == AnswerKey.Bits(query), answer.questionEnd == query.questionEnd else {
      return false
    }
    let octets = answer.octets
    let kept = octets.span
    for place in query.name
    where kept[place].asciiLowercased != datagram[place].asciiLowercased {
      return false
    }
    for place in query.name.upperBound..<query.questionEnd where kept[place] != datagram[place] {
      return false
    }
    return true
  }

  /// Whether this is about the same question as another entry.
  func hasSameQuestion(as other: AnswerEntry) -> Bool {
    let question = Header.length..<answer.questionEnd
    return hash == other.hash && bits == other.bits
      && answer.questionEnd == other.answer.questionEnd
      && answer.octets[question].elementsEqual(other.answer.octets[question])
  }

  /// Whether the question's name, or one its aliases lead to, is `name` or below it.
  func concerns(_ name: DomainName) -> Bool {
    let octets = answer.octets
    let asked = octets.span.extracting(Header.length..<(answer.questionEnd - 4))
    return asked.isAtOrBelow(name) || answer.firstTarget { $0.isAtOrBelow(name) } != nil
  }
}

extension KeptAnswer {
  /// The octets of the heap it takes: three arrays and the object, each with the allocator's header.
  fileprivate var footprint: Int {
    octets.count + targets.count + ttlCount * MemoryLayout<Int>.stride + 4 * 48
  }
}

extension Span where Element == UInt8 {
  /// Whether this canonical wire form is that of `name` or of a name below it.
  fileprivate func isAtOrBelow(_ name: DomainName) -> Bool {
    let wire = name.wire
    let suffix = wire.span
    let tail = count - suffix.count
    guard tail >= 0 else { return false }
    var label = 0
    while label < tail { label += Int(self[label]) + 1 }
    guard label == tail else { return false }
    for place in suffix.indices where self[tail + place] != suffix[place] { return false }
    return true
  }
}
