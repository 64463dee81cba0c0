internal import DNSWire

/// Room for one answer, written from front to back and never past its end.
///
/// It is made once for each worker and used again for each query, so writing allocates nothing.
struct AnswerBuffer: ~Copyable {
  private(set) var octets: [UInt8]
  private(set) var length = 0

  init(capacity: Int) {
    octets = [UInt8](repeating: 0, count: capacity)
  }

  /// The most octets that it holds.
  var capacity: Int { octets.count }

  mutating func clear() {
    length = 0
  }

  mutating func append(_ octet: UInt8) {
    guard length < octets.count else { return }
    octets[length] = octet
    length += 1
  }

  mutating func append16(_ value: UInt16) { append(number: value) }

  mutating func append32(_ value: UInt32) { append(number: value) }

  mutating func append64(_ value: UInt64) { append(number: value) }

  /// Appends a number, most significant octet first; nothing where it does not fit.
  @inline(__always)
  private mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(number: Number) {
    let size = MemoryLayout<Number>.size
    guard size <= octets.count - length else { return }
    octets.store(number.bigEndian, at: length)
    length += size
  }

  /// Overwrites four octets that are written already.
  mutating func set32(_ value: UInt32, at index: Int) {
    guard index >= 0, index + 4 <= length else { return }
    octets.store(value.bigEndian, at: index)
  }

  mutating func append(_ source: [UInt8]) {
    append(source.span)
  }

  /// Appends octets; nothing where they do not fit.
  mutating func append(_ source: Span<UInt8>) {
    let start = length
    guard source.count <= octets.count - start else { return }
    octets.copy(source, to: start)
    length = start + source.count
  }

  mutating func append(_ source: Span<UInt8>, _ range: Range<Int>) {
    append(source.extracting(range))
  }

  /// Takes a whole answer made elsewhere; empty where it does not fit.
  mutating func replace(with answer: [UInt8]) {
    clear()
    append(answer)
  }

  /// Sets one octet that is written already.
  mutating func set(_ octet: UInt8, at index: Int) {
    guard index < length else { return }
    octets[index] = octet
  }
}

extension AnswerBuffer {
  /// Sets TC in a header that is written already (RFC 1035, Section 4.1.1).
  mutating func setTruncated() {
    guard length > 2 else { return }
    octets[2] |= 0x02
  }

  /// Lets a body write the whole answer into at most `limit` octets; it answers how many it wrote.
  mutating func fill(upTo limit: Int, _ body: (inout MutableSpan<UInt8>) -> Int) {
    var whole = octets.mutableSpan
    var room = whole._mutatingExtracting(first: min(limit, whole.count))
    length = body(&room)
  }

  /// The answer as it stands.
  var answer: ArraySlice<UInt8> { octets[0..<length] }
}
