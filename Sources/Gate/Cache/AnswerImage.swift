internal import DNSWire
internal import DomainNames

/// What an upstream's answer is made of, as one run of octets that can be copied as it is.
///
///     the message   without OPT, the name of its question in lower case
///     TTLs          where each stands in the message: 4 octets each
///     options       extended errors as they stand in OPT
///     targets       where aliases lead: canonical wire forms, one after the other
///
/// These are the ends of the parts. All reading and writing here allocates nothing.
struct AnswerImage: Sendable, BitwiseCopyable {
  /// The first octet after the question.
  let questionEnd: UInt32
  let messageEnd: UInt32
  let ttlEnd: UInt32
  let optionEnd: UInt32
  let end: UInt32

  /// Whether aliases lead anywhere.
  var hasTargets: Bool { optionEnd < end }

  /// The octets of OPT without options.
  private static let optLength = 11

  /// Seconds for which an asker may keep a stale answer.
  static let staleTTL: UInt32 = 30
}

// MARK: - Reading

extension AnswerImage {
  /// Whether this answers a query.
  @inline(__always)
  func isAnswer(
    _ image: Span<UInt8>, to query: QuestionView, in datagram: Span<UInt8>
  ) -> Bool {
    let end = query.name.upperBound
    guard Int(questionEnd) == end &+ 4 else { return false }
    guard image.number(at: end, as: UInt32.self) == datagram.number(at: end, as: UInt32.self)
    else { return false }
    var at = Header.length
    guard end &- at >= 8 else {
      while at < end {
        guard image[at] == datagram[at].asciiLowercased else { return false }
        at &+= 1
      }
      return true
    }
    while at < end {
      // The last eight octets may have been compared in part.
      at = min(at, end &- 8)
      let asked: UInt64 = datagram.number(at: at)
      guard image.number(at: at, as: UInt64.self) == asked.asciiLowercasedOctets else {
        return false
      }
      at &+= 8
    }
    return true
  }

  /// The first target, by its place in the chain, for which `isWanted` holds; nil where there is none.
  ///
  /// The span holds one canonical wire form.
  func firstTarget(in image: Span<UInt8>, where isWanted: (Span<UInt8>) -> Bool) -> Int? {
    var start = Int(optionEnd)
    var place = 0
    while start < Int(end) {
      var last = start
      while image[last] != 0 { last += Int(image[last]) + 1 }
      if isWanted(image.extracting(start..<(last + 1))) { return place }
      start = last + 1
      place += 1
    }
    return nil
  }
}

// MARK: - Writing

extension AnswerImage {
  /// How an answer is given.
  struct Use: Sendable {
    /// Seconds since the upstream gave it.
    var age: UInt32
    /// Whether its time is over; then TTLs are 30 and the asker is told (RFC 8767, Section 4; RFC 8914,
    /// Sections 4.4 and 4.20).
    var isStale = false
  }

  /// Writes the whole answer to a query for the same name, type and class: its id and case, RD, CD,
  /// TTLs less its age, and OPT where the asker has it.
  ///
  /// AD is kept for those who said that they understand it, by DO or AD (RFC 6840, Section 5.8).
  /// Extended errors are left out where they do not fit; what is longer still becomes TC with no
  /// records.
  ///
  /// - Returns: How many octets were written; 0 where the buffer is too small.
  @inline(__always)
  func write(
    _ image: Span<UInt8>, for query: QuestionView, in datagram: Span<UInt8>, _ use: Use,
    to buffer: inout MutableSpan<UInt8>
  ) -> Int {
    let optCount = query.edns == nil ? 0 : Self.optLength
    let question = Int(questionEnd)
    guard query.questionEnd == question, question &+ optCount <= buffer.count else { return 0 }
    var length = Int(messageEnd)
    if length &+ optCount <= buffer.count {
      buffer.copy(image.extracting(0..<length), to: 0)
      age(image, use, in: &buffer)
    } else {
      length = question
      buffer.copy(image.extracting(0..<length), to: 0)
      buffer.store(UInt16(0), at: 6)
      buffer.store(UInt32(0), at: 8)
      buffer[2] |= 0x02
    }
    buffer.copy(datagram.extracting(query.name), to: Header.length)
    buffer.store(query.header.id, at: 0)
    setFlags(for: query, in: &buffer)
    guard let edns = query.edns else { return length }
    return appendOPT(image, dnssecOK: edns.dnssecOK, isStale: use.isStale, at: length, to: &buffer)
  }

  private func age(_ image: Span<UInt8>, _ use: Use, in buffer: inout MutableSpan<UInt8>) {
    guard use.isStale || use.age > 0 else { return }
    var at = Int(messageEnd)
    while at < Int(ttlEnd) {
      let place = Int(image.number(at: at, as: UInt32.self))
      let ttl: UInt32 = image.number(at: place)
      buffer.store(use.isStale ? Self.staleTTL : ttl - min(ttl, use.age), at: place)
      at += 4
    }
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
    _ image: Span<UInt8>, dnssecOK: Bool, isStale: Bool, at start: Int,
    to buffer: inout MutableSpan<UInt8>
  ) -> Int {
    let options = image.extracting(Int(ttlEnd)..<Int(optionEnd))
    var end = start + Self.optLength
    let noteCount = isStale ? 6 : 0
    let fits = Int(messageEnd) + Self.optLength + options.count + noteCount <= buffer.count
    let optionCount = fits ? options.count + noteCount : 0
    buffer[start] = 0
    buffer.store(RecordType.opt.rawValue, at: start + 1)
    buffer.store(EDNS.safeUDPSize, at: start + 3)
    buffer.store(dnssecOK ? UInt32(0x8000) : 0, at: start + 5)
    buffer.store(UInt16(truncatingIfNeeded: optionCount), at: start + 9)
    if optionCount > 0 {
      buffer.copy(options, to: end)
      end += options.count
      if isStale {
        // "Stale Answer" or "Stale NXDOMAIN Answer".
        let code: UInt16 = image[3] & 0x0F == 3 ? 19 : 3
        buffer.store(UInt32(15 << 16 | 2), at: end)
        buffer.store(code, at: end + 4)
        end += noteCount
      }
    }
    let count = UInt16(buffer[10]) << 8 | UInt16(buffer[11])
    buffer.store(count &+ 1, at: 10)
    return end
  }
}
