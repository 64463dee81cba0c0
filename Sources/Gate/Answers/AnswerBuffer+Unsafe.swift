internal import DNSWire

/// Room for one answer, written from front to back and never past its end.
///
/// A worker's answers are written where they are sent from, so writing allocates and copies nothing.
///
/// Safety: from `start` on there are `capacity` octets, all of them set. They are this value's own and
/// freed with it, or those of a slot of a ``DatagramBatch``, which outlives it. Every place is checked
/// against `length` or `capacity` before it is read or written, and no pointer or span leaves.
struct AnswerBuffer: ~Copyable {
  private let start: UnsafeMutableRawPointer
  private let isOwned: Bool
  /// The most octets that it holds.
  let capacity: Int
  private(set) var length = 0

  init(capacity: Int) {
    start = .allocate(byteCount: max(capacity, 1), alignment: 16)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: capacity)
    self.capacity = capacity
    isOwned = true
  }

  /// Takes room that belongs to someone else, who keeps it for as long as this value lives.
  @inline(__always)
  init(borrowing start: UnsafeMutableRawPointer, capacity: Int) {
    self.start = start
    self.capacity = capacity
    isOwned = false
  }

  @inline(__always)
  deinit {
    if isOwned { start.deallocate() }
  }

  @inline(__always)
  mutating func clear() {
    length = 0
  }

  @inline(__always)
  mutating func append(_ octet: UInt8) {
    guard length < capacity else { return }
    start.storeBytes(of: octet, toByteOffset: length, as: UInt8.self)
    length += 1
  }

  @inline(__always)
  mutating func append16(_ value: UInt16) { append(number: value) }

  @inline(__always)
  mutating func append32(_ value: UInt32) { append(number: value) }

  @inline(__always)
  mutating func append64(_ value: UInt64) { append(number: value) }

  /// Appends a number, most significant octet first; nothing where it does not fit.
  @inline(__always)
  private mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(number: Number) {
    let size = MemoryLayout<Number>.size
    guard size <= capacity &- length else { return }
    start.storeBytes(of: number.bigEndian, toByteOffset: length, as: Number.self)
    length &+= size
  }

  /// Overwrites four octets that are written already.
  mutating func set32(_ value: UInt32, at index: Int) {
    guard index >= 0, index <= length - 4 else { return }
    start.storeBytes(of: value.bigEndian, toByteOffset: index, as: UInt32.self)
  }

  mutating func append(_ source: [UInt8]) {
    append(source.span)
  }

  /// Appends octets; nothing where they do not fit.
  @inline(__always)
  mutating func append(_ source: Span<UInt8>) {
    guard source.count <= capacity &- length else { return }
    let end = start + length
    source.withUnsafeBytes { octets in
      if let first = octets.baseAddress { end.copyMemory(from: first, byteCount: octets.count) }
    }
    length &+= source.count
  }

  @inline(__always)
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
    guard index >= 0, index < length else { return }
    start.storeBytes(of: octet, toByteOffset: index, as: UInt8.self)
  }

  /// Sets TC in a header that is written already (RFC 1035, Section 4.1.1).
  mutating func setTruncated() {
    guard length > 2 else { return }
    let flags = start.load(fromByteOffset: 2, as: UInt8.self)
    start.storeBytes(of: flags | 0x02, toByteOffset: 2, as: UInt8.self)
  }

  /// Lets a body write the whole answer into at most `limit` octets; it answers how many it wrote.
  @inline(__always)
  mutating func fill(upTo limit: Int, _ body: (inout MutableSpan<UInt8>) -> Int) {
    let room = UnsafeMutableRawBufferPointer(start: start, count: max(0, min(limit, capacity)))
    var span = MutableSpan<UInt8>(_unsafeBytes: room)
    length = min(body(&span), room.count)
  }

  /// Lets a body read what is written.
  func withWritten<Value>(_ body: (Span<UInt8>) -> Value) -> Value {
    body(Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(start: start, count: length)))
  }

  /// A copy of the answer as it stands.
  var answer: [UInt8] { Array(UnsafeRawBufferPointer(start: start, count: length)) }
}
