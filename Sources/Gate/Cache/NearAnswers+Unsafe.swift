internal import CPrefetch
internal import DNSWire
internal import Glibc

/// Copies of answers that one worker used lately, for itself alone: found without a lock, and without
/// counting references that all workers share.
///
/// A copy comes from the ``AnswerCache`` when it is found there, and is good for a few seconds; then
/// the cache is asked again, which so learns that the answer is used. It is never used when its answer
/// may be due for a refresh, or after something was purged. Rules are applied to it as to any other.
///
/// The table has rows of four; of a full row the copy goes that was not used since others came.
///
/// Safety: there are ``rows`` × ``row`` places of ``stride`` octets, each with a head and ``room`` octets
/// for a copy behind it; all of them zero at first, which is a head of no copy, and the system gives
/// memory only for those that are used. They are this value's own and freed with it. A place is made
/// from a hash by ``place(of:)``, below that number; a head with an end beyond its room is never stored.
struct NearAnswers: ~Copyable {
  /// Rows in the table.
  private static let rows = 1_024
  private static let row = 4
  /// The most octets of an answer that is copied.
  static let room = stride - headRoom
  /// A copy stands beside its head, so that one wait for memory brings the beginning of both.
  private static let headRoom = 64
  private static let stride = 640
  /// Milliseconds for which a copy is used.
  static let lifetime: Int64 = 5_000

  private struct Head {
    var hash: UInt = 0
    var stored: Int64 = 0
    var until: Int64 = 0
    /// One more than that of the cache when the answer was found; 0 for none.
    var generation: UInt64 = 0
    var parts = AnswerImage(questionEnd: 0, messageEnd: 0, ttlEnd: 0, optionEnd: 0, end: 0)
    var bits = AnswerKey.Bits()
    var wasUsed = false
  }

  private let memory: UnsafeMutableRawPointer
  private let places: UnsafeMutableRawPointer

  init() {
    let octets = (Self.rows * Self.row + 1) * Self.stride
    if let zeros = calloc(1, octets) {
      memory = zeros
    } else {
      // Memory is short: this ends the program, as it does everywhere.
      memory = .allocate(byteCount: octets, alignment: 16)
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: octets)
    }
    places = memory.alignedUp(toMultipleOf: 128)
  }

  deinit {
    free(memory)
  }

  @inline(__always)
  private func head(_ place: Int) -> UnsafeMutablePointer<Head> {
    (places + place &* Self.stride).assumingMemoryBound(to: Head.self)
  }

  @inline(__always)
  private func start(_ place: Int) -> UnsafeMutableRawPointer {
    places + (place &* Self.stride &+ Self.headRoom)
  }

  /// Lets a body use the copy of an answer to a query.
  ///
  /// - Parameters:
  ///   - key: the query's key in the cache.
  ///   - query: the query.
  ///   - datagram: the query's octets.
  ///   - generation: the cache's, read before the query was taken up.
  ///   - now: milliseconds, as for the cache.
  ///   - body: takes the parts, the octets, and seconds since the upstream gave the answer.
  /// - Returns: whether there is a copy; else the body was not called.
  @inline(__always)
  mutating func use(
    _ key: AnswerKey, for query: QuestionView, in datagram: Span<UInt8>, generation: UInt64,
    at now: Int64, _ body: (AnswerImage, Span<UInt8>, UInt32) -> Void
  ) -> Bool {
    let first = Self.place(of: key)
    for place in first..<(first &+ Self.row) {
      let head = head(place)
      guard head.pointee.hash == key.hash, head.pointee.generation == generation &+ 1,
        head.pointee.bits == key.bits, now < head.pointee.until, now >= head.pointee.stored
      else { continue }
      let parts = head.pointee.parts
      cordon_prefetch(start(place) + 64)
      cordon_prefetch(start(place) + 128)
      let octets = UnsafeRawBufferPointer(start: start(place), count: Int(parts.end))
      let image = Span<UInt8>(_unsafeBytes: octets)
      guard parts.isAnswer(image, to: query, in: datagram) else { continue }
      head.pointee.wasUsed = true
      body(parts, image, UInt32(clamping: (now &- head.pointee.stored) / 1_000))
      return true
    }
    return false
  }

  /// Copies an answer that was found in the cache; nothing where it is none to be copied.
  mutating func keep(
    _ hit: AnswerCache.Hit, _ key: AnswerKey, generation: UInt64, at now: Int64
  ) {
    let until = min(hit.carefreeUntil, now &+ Self.lifetime)
    guard hit.isFromCache, !hit.isStale, !hit.answer.isFailure, until > now,
      hit.answer.image.count <= Self.room
    else { return }
    let place = freePlace(in: Self.place(of: key), generation: generation, at: now)
    hit.answer.image.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(start: start(place), count: Self.room)
        .copyMemory(from: source)
    }
    head(place).pointee = Head(
      hash: key.hash, stored: hit.stored, until: until, generation: generation &+ 1,
      parts: hit.answer.parts, bits: key.bits)
  }

  /// The place of a row that is worth least.
  private mutating func freePlace(in first: Int, generation: UInt64, at now: Int64) -> Int {
    let places = first..<(first + Self.row)
    for place in places {
      let head = head(place).pointee
      if head.generation != generation &+ 1 || now >= head.until { return place }
    }
    if let place = places.first(where: { !head($0).pointee.wasUsed }) { return place }
    for place in places { head(place).pointee.wasUsed = false }
    return first
  }

  @inline(__always)
  private static func place(of key: AnswerKey) -> Int {
    (Int(truncatingIfNeeded: key.hash >> 20) & (rows - 1)) &* row
  }
}
