/// Where the TTLs of an encoded answer stand, so that a cache can keep the octets and age them.
///
/// OPT's TTL is none (RFC 6891, Section 6.1.3) and is left alone.
public struct TTLMap: Sendable, Hashable {
  /// Offsets of the TTLs' first octets, ascending.
  public let offsets: [Int]

  /// Seconds the answer may be kept; nil where nothing says so and it must not be kept.
  ///
  /// It is the least TTL of all records. A negative answer (NXDOMAIN, or no record of the type asked
  /// for) is kept by its SOA, for no longer than the SOA's minimum, and not at all without one
  /// (RFC 2308, Section 5). TTLs above 2³¹ − 1 count as 0 (RFC 2181, Section 8). Answers with other
  /// codes than NOERROR and NXDOMAIN have none.
  public let minimumTTL: UInt32?

  /// Reads an answer.
  ///
  /// - Throws: ``WireError`` where the octets are not a message.
  public init(_ message: Span<UInt8>) throws(WireError) {
    let header = try Header(parsing: message)
    var offset = Header.length
    var asked: RecordType?
    for _ in 0..<header.questionCount {
      let end = try NameExtent(of: message, at: offset).end
      asked = RecordType(rawValue: try message.uint16(at: end))
      _ = try message.uint16(at: end + 2)
      offset = end + 4
    }
    var lifetime = Lifetime(asked: asked, responseCode: header.responseCode)
    var offsets: [Int] = []
    var walk = RecordWalk(header: header, from: offset)
    while let record = try walk.next(in: message) {
      if record.type == .opt {
        lifetime.hasExtendedCode = EDNSFields(ttl: record.ttl).extendedResponseCode != 0
      } else {
        offsets.append(record.ttlOffset)
        try lifetime.take(record, of: message)
      }
    }
    self.offsets = offsets
    minimumTTL = lifetime.seconds
  }

  /// Reads an answer.
  ///
  /// - Throws: ``WireError`` where the octets are not a message.
  public init(_ message: [UInt8]) throws(WireError) {
    try self.init(message.span)
  }

  /// Takes the seconds an answer was kept from each of its TTLs; none goes below zero.
  ///
  /// `message` holds the octets this map was made of, or a copy with another id or case.
  public func subtract(seconds: UInt32, from message: inout MutableSpan<UInt8>) {
    for offset in offsets where offset + 4 <= message.count {
      var ttl: UInt32 = 0
      for place in offset..<(offset + 4) { ttl = ttl << 8 | UInt32(message[place]) }
      ttl = ttl.effectiveTTL
      ttl -= min(ttl, seconds)
      for place in (offset..<(offset + 4)).reversed() {
        message[place] = UInt8(truncatingIfNeeded: ttl)
        ttl >>= 8
      }
    }
  }

  /// Takes the seconds an answer was kept from each of its TTLs; none goes below zero.
  public func subtract(seconds: UInt32, from message: inout [UInt8]) {
    var octets = message.mutableSpan
    subtract(seconds: seconds, from: &octets)
  }
}

/// How long an answer may be kept, as its records are seen one by one.
private struct Lifetime {
  let asked: RecordType?
  let responseCode: ResponseCode
  var hasExtendedCode = false
  private var least: UInt32?
  private var hasWanted = false
  private var hasSOA = false

  init(asked: RecordType?, responseCode: ResponseCode) {
    self.asked = asked
    self.responseCode = responseCode
  }

  mutating func take(_ record: RecordOutline, of message: Span<UInt8>) throws(WireError) {
    switch record.section {
    case .answer:
      hasWanted = hasWanted || asked == .any || asked == record.type
    case .authority:
      guard record.type == .soa, record.data.count >= 4 else { break }
      hasSOA = true
      lessen(to: try message.uint32(at: record.data.upperBound - 4))
    case .additional:
      break
    }
    lessen(to: record.ttl)
  }

  private mutating func lessen(to ttl: UInt32) {
    least = min(least ?? .max, ttl.effectiveTTL)
  }

  var seconds: UInt32? {
    guard !hasExtendedCode else { return nil }
    switch responseCode {
    case .noError: return hasWanted || hasSOA ? least : nil
    case .nxDomain: return hasSOA ? least : nil
    default: return nil
    }
  }
}

extension UInt32 {
  /// This TTL with values above 2³¹ − 1 as 0 (RFC 2181, Section 8).
  fileprivate var effectiveTTL: UInt32 { self > UInt32(Int32.max) ? 0 : self }
}
