internal import DNSWire
internal import DomainNames
internal import Synchronization

/// Upstreams' answers, kept for as long as their TTLs allow and there is room.
///
/// An answer belongs to one question with one setting of DO and CD, so what one asker gets is never put
/// together from what others asked. Times are milliseconds of any clock, the same one for all calls.
final class AnswerCache: Sendable {
  /// How much is kept.
  struct Limits: Sendable {
    /// The most octets of memory, with what is needed to find an answer.
    var octets = 64 << 20
    /// The most answers.
    var entries = 1 << 18
    /// Into how many parts the cache is divided, each with a lock of its own.
    var shards = 16
    /// Seconds past its time for which an answer may be used where the upstream fails.
    var staleSeconds: UInt32 = 86_400
  }

  /// An answer that was found.
  struct Hit: Sendable {
    /// The answer; check its targets against the rules before it is used.
    let answer: KeptAnswer
    /// Seconds since the upstream gave it.
    let age: UInt32
    /// Whether its time is over: the upstream failed or was too slow (RFC 8767).
    var isStale = false
    /// Whether it was in the cache, and nobody was asked.
    var isFromCache = false
    /// Whether a fresh one is to be asked for; only one who finds it is told so.
    var isDueForRefresh = false
    /// When it was stored, in milliseconds; of one from the cache alone.
    var stored: Int64 = 0
    /// Up to when, in milliseconds, it can be used without looking whether a fresh one is due; of one
    /// from the cache alone.
    var carefreeUntil = Int64.min

    /// Writes the answer to the query it was found for; see
    /// ``KeptAnswer/write(for:in:age:isStale:to:)``.
    func write(
      for query: QuestionView, in datagram: Span<UInt8>, to buffer: inout MutableSpan<UInt8>
    ) -> Int {
      answer.write(for: query, in: datagram, age: age, isStale: isStale, to: &buffer)
    }
  }

  /// A part of the cache: answers whose keys have the same low bits.
  private final class Shard: Sendable {
    let table: Mutex<AnswerTable>

    init(octets: Int, entries: Int, staleSeconds: UInt32) {
      table = Mutex(
        AnswerTable(octetLimit: octets, entryLimit: entries, staleLimit: staleSeconds))
    }

    /// Goes through some answers at a time: whoever asks does not wait for all of them.
    ///
    /// None moves meanwhile, and what comes to lie where it has been is new.
    func purge(where isUnwanted: (KeptAnswer) -> Bool) -> Int {
      var (first, removed) = (0, 0)
      while let some = table.withLock({
        $0.removeAll(from: first, atMost: Self.purgedAtOnce) { isUnwanted($0.answer) }
      }) {
        first += Self.purgedAtOnce
        removed += some
      }
      return removed
    }

    private static let purgedAtOnce = 256
  }

  private let shards: [Shard]
  private let secret = AnswerKey.Secret()
  private let purges = Atomic<UInt64>(0)

  /// Makes an empty cache.
  init(_ limits: Limits = Limits()) {
    let count = max(1, limits.shards)
    shards = (0..<count).map { _ in
      Shard(
        octets: limits.octets / count, entries: max(1, limits.entries / count),
        staleSeconds: limits.staleSeconds)
    }
  }

  /// The key of a query in this cache.
  @inline(__always)
  func key(of query: QuestionView, in datagram: Span<UInt8>) -> AnswerKey {
    AnswerKey(query, in: datagram, secret)
  }

  /// Grows when something was forgotten: then copies of answers must be forgotten, too.
  var generation: UInt64 { purges.load(ordering: .acquiring) }

  /// The answer to a query, where there is one that may still be used.
  ///
  /// It allocates nothing.
  func lookup(_ query: QuestionView, in datagram: Span<UInt8>, at now: Int64) -> Hit? {
    lookup(query, key(of: query, in: datagram), in: datagram, at: now)
  }

  /// The answer to a query whose key is known.
  func lookup(
    _ query: QuestionView, _ key: AnswerKey, in datagram: Span<UInt8>, at now: Int64
  ) -> Hit? {
    shard(of: key).table.withLock { table -> Hit? in
      table.lookup(key.hash, at: now) { $0.isAnswer(to: query, in: datagram) }
    }
  }

  /// Keeps an answer to a query, if it may be kept at all.
  func store(_ answer: KeptAnswer, for query: UpstreamQuery, at now: Int64) {
    guard answer.lifetime > 0 else { return }
    let key = AnswerKey(query, secret)
    let entry = AnswerEntry(answer: answer, hash: key.hash, bits: key.bits, stored: now)
    shard(of: key).table.withLock { $0.insert(entry, at: now) }
  }

  /// An answer to a query that is past its time and may be used where the upstream fails.
  func stale(_ query: QuestionView, in datagram: Span<UInt8>, at now: Int64) -> Hit? {
    let key = key(of: query, in: datagram)
    return shard(of: key).table.withLock { table -> Hit? in
      table.stale(key.hash, at: now) { $0.isAnswer(to: query, in: datagram) }
    }
  }

  /// Has an answer past its time used for a while without asking anyone: the upstream is slow.
  func hold(_ query: QuestionView, in datagram: Span<UInt8>, at now: Int64) {
    let key = key(of: query, in: datagram)
    shard(of: key).table.withLock { table in
      table.hold(key.hash, at: now) { $0.isAnswer(to: query, in: datagram) }
    }
  }

  /// Keeps a failure to answer a query, unless there is an answer that is better than none.
  ///
  /// - Returns: what to answer: an answer that is there, or the failure.
  func storeFailure(_ failure: KeptAnswer, for query: UpstreamQuery, at now: Int64) -> Hit {
    let key = AnswerKey(query, secret)
    let entry = AnswerEntry(answer: failure, hash: key.hash, bits: key.bits, stored: now)
    let better = shard(of: key).table.withLock { $0.insertFailure(entry, at: now) }
    return better ?? Hit(answer: failure, age: 0)
  }

  /// Forgets every answer about a name or one below it, and every answer whose aliases lead there.
  ///
  /// - Returns: How many answers were forgotten.
  @discardableResult
  func purge(atOrBelow name: DomainName) -> Int { purge(NamePurge([name])) }

  /// Forgets every answer about some names or names below them, and every answer whose aliases lead
  /// there; it goes through the cache once, however many names there are.
  ///
  /// - Returns: How many answers were forgotten.
  @discardableResult
  func purge(_ purge: NamePurge) -> Int { self.purge { $0.concerns(purge.covers) } }

  /// Forgets every answer about a name that some rules cover, and every answer whose aliases lead to
  /// one.
  ///
  /// - Returns: How many answers were forgotten.
  @discardableResult
  func purge(_ cover: RuleCover) -> Int { purge { $0.concerns(cover.covers) } }

  private func purge(where isUnwanted: (KeptAnswer) -> Bool) -> Int {
    // Only when all is forgotten here: whoever sees the new number must find nothing old.
    defer { purges.add(1, ordering: .releasing) }
    return shards.reduce(0) { $0 + $1.purge(where: isUnwanted) }
  }

  /// How many answers are kept and how many octets they take.
  var usage: (entries: Int, octets: Int) {
    shards.reduce((0, 0)) { sum, shard in
      shard.table.withLock { (sum.0 + $0.count, sum.1 + $0.octetCount) }
    }
  }

  private func shard(of key: AnswerKey) -> Shard {
    // The table's buckets use the low bits.
    shards[Int(key.hash >> 40) % shards.count]
  }
}
