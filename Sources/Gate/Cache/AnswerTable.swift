/// A hash table of answers with room for so many octets and entries; what was not used lately goes first.
///
/// Entries stand in slots, and a hand goes round over them when room is needed: an entry that was used
/// since the hand last passed gets a second chance, any other goes.
struct AnswerTable: Sendable {
  private struct Slot {
    var entry: AnswerEntry?
    /// The next slot with an entry in the same bucket, or the next free slot; -1 for none.
    var next: Int32
    var wasUsed = false
  }

  /// How many entries there are.
  private(set) var count = 0
  /// How many octets they take.
  private(set) var octetCount = 0

  private let octetLimit: Int
  private let staleLimit: UInt32
  private let entryLimit: Int
  private let bucketMask: UInt
  private var buckets: [Int32]
  private var slots: [Slot] = []
  private var firstFree: Int32 = -1
  private var hand = 0

  /// Makes an empty table; its buckets take four octets an entry.
  ///
  /// - Parameters:
  ///   - octetLimit: the most octets.
  ///   - entryLimit: the most entries.
  ///   - staleLimit: seconds past its time for which an answer may be used where the upstream fails.
  init(octetLimit: Int, entryLimit: Int, staleLimit: UInt32 = 0) {
    self.octetLimit = octetLimit
    self.staleLimit = staleLimit
    self.entryLimit = min(max(entryLimit, 1), Int(Int32.max))
    var bucketCount = 1
    while bucketCount < self.entryLimit { bucketCount <<= 1 }
    bucketMask = UInt(bucketCount - 1)
    buckets = Array(repeating: -1, count: bucketCount)
  }

  /// The entry with a hash that is the answer, where its time is not over; it allocates nothing.
  mutating func lookup(
    _ hash: UInt, at now: Int64, isAnswer: (AnswerEntry) -> Bool
  ) -> AnswerCache.Hit? {
    var place = buckets[Int(hash & bucketMask)]
    while place >= 0 {
      let slot = Int(place)
      if let entry = slots[slot].entry, entry.hash == hash, isAnswer(entry) {
        guard let age = entry.age(at: now) else {
          guard now < entry.heldUntil, entry.isUsableStale(at: now, forSeconds: staleLimit) else {
            return nil
          }
          slots[slot].wasUsed = true
          return AnswerCache.Hit(
            answer: entry.answer, age: 0, isStale: true, isFromCache: true)
        }
        slots[slot].wasUsed = true
        let isDue = entry.isDueForRefresh(age: age, at: now)
        if isDue { slots[slot].entry?.refreshedUntil = now + Self.refreshPause }
        return AnswerCache.Hit(
          answer: entry.answer, age: age, isFromCache: true, isDueForRefresh: isDue,
          stored: entry.stored, carefreeUntil: isDue ? .min : entry.carefreeUntil)
      }
      place = slots[slot].next
    }
    return nil
  }

  /// Puts an entry in the place of the one with the same question, or makes room for it.
  ///
  /// What would take more than a quarter of all room is not kept.
  mutating func insert(_ entry: AnswerEntry, at now: Int64) {
    removeEntries(inBucketOf: entry.hash) { $0.hasSameQuestion(as: entry) }
    guard entry.octetCount <= octetLimit / 4 else { return }
    while count >= entryLimit || octetCount + entry.octetCount > octetLimit {
      evictOne(at: now)
    }
    let slot = freeSlot()
    let bucket = Int(entry.hash & bucketMask)
    slots[slot] = Slot(entry: entry, next: buckets[bucket])
    buckets[bucket] = Int32(slot)
    count += 1
    octetCount += entry.octetCount
  }

  /// The place of an entry; nil where there is none.
  private func slot(_ hash: UInt, where isWanted: (AnswerEntry) -> Bool) -> Int? {
    var place = buckets[Int(hash & bucketMask)]
    while place >= 0 {
      let slot = Int(place)
      if let entry = slots[slot].entry, entry.hash == hash, isWanted(entry) { return slot }
      place = slots[slot].next
    }
    return nil
  }

  /// Removes those entries in some slots that meet a condition.
  ///
  /// - Returns: how many there were; nil beyond the last slot.
  mutating func removeAll(
    from first: Int, atMost count: Int, where isUnwanted: (AnswerEntry) -> Bool
  ) -> Int? {
    guard first < slots.count else { return nil }
    var removed = 0
    for slot in first..<min(first + count, slots.count) {
      guard let entry = slots[slot].entry, isUnwanted(entry) else { continue }
      remove(slot, entry)
      removed += 1
    }
    return removed
  }

  /// Lets one entry go; there is one, since the table is full.
  private mutating func evictOne(at now: Int64) {
    while count > 0 {
      hand = hand + 1 < slots.count ? hand + 1 : 0
      guard let entry = slots[hand].entry else { continue }
      guard slots[hand].wasUsed && entry.age(at: now) != nil else {
        return remove(hand, entry)
      }
      slots[hand].wasUsed = false
    }
  }

  private mutating func removeEntries(
    inBucketOf hash: UInt, where isUnwanted: (AnswerEntry) -> Bool
  ) {
    var place = buckets[Int(hash & bucketMask)]
    while place >= 0 {
      let slot = Int(place)
      place = slots[slot].next
      if let entry = slots[slot].entry, isUnwanted(entry) { remove(slot, entry) }
    }
  }

  private mutating func remove(_ slot: Int, _ entry: AnswerEntry) {
    unlink(slot, fromBucket: Int(entry.hash & bucketMask))
    slots[slot] = Slot(entry: nil, next: firstFree)
    firstFree = Int32(slot)
    count -= 1
    octetCount -= entry.octetCount
  }

  private mutating func unlink(_ slot: Int, fromBucket bucket: Int) {
    guard buckets[bucket] != Int32(slot) else {
      buckets[bucket] = slots[slot].next
      return
    }
    var place = buckets[bucket]
    while place >= 0 {
      let next = slots[Int(place)].next
      if next == Int32(slot) {
        slots[Int(place)].next = slots[slot].next
        return
      }
      place = next
    }
  }

  private mutating func freeSlot() -> Int {
    if firstFree >= 0 {
      let slot = Int(firstFree)
      firstFree = slots[slot].next
      return slot
    }
    slots.append(Slot(entry: nil, next: -1))
    return slots.count - 1
  }
}

// MARK: - Where the upstream fails

extension AnswerTable {
  /// Milliseconds in which one refresh of an answer is enough.
  static let refreshPause: Int64 = 5_000
  /// Milliseconds for which an answer past its time is used before the upstream is asked again
  /// (RFC 8767, Section 5: at least 30 seconds).
  static let holdPause: Int64 = 30_000

  /// An answer past its time that may be used where the upstream fails.
  func stale(
    _ hash: UInt, at now: Int64, isAnswer: (AnswerEntry) -> Bool
  ) -> AnswerCache.Hit? {
    guard let slot = slot(hash, where: isAnswer), let entry = slots[slot].entry,
      entry.isUsableStale(at: now, forSeconds: staleLimit)
    else { return nil }
    return AnswerCache.Hit(answer: entry.answer, age: 0, isStale: true)
  }

  /// Has an answer past its time used for a while without asking anyone.
  mutating func hold(_ hash: UInt, at now: Int64, isAnswer: (AnswerEntry) -> Bool) {
    guard let slot = slot(hash, where: isAnswer), let entry = slots[slot].entry,
      entry.isUsableStale(at: now, forSeconds: staleLimit)
    else { return }
    slots[slot].entry?.heldUntil = now + Self.holdPause
    slots[slot].wasUsed = true
  }

  /// Takes a failure to answer a question.
  ///
  /// An answer that is there and may be used is not given up for it. Else the failure is kept, each
  /// time in a row for twice as long, within the bounds of RFC 9520, Section 3.2.
  ///
  /// - Returns: what to answer instead of the failure; nil for the failure itself.
  mutating func insertFailure(_ entry: AnswerEntry, at now: Int64) -> AnswerCache.Hit? {
    var failures: UInt8 = 1
    if let slot = slot(entry.hash, where: { $0.hasSameQuestion(as: entry) }),
      let known = slots[slot].entry
    {
      if let age = known.age(at: now), !known.answer.isFailure {
        // It was asked for ahead of time, and is good for a while.
        return AnswerCache.Hit(answer: known.answer, age: age)
      }
      if known.isUsableStale(at: now, forSeconds: staleLimit) {
        slots[slot].entry?.heldUntil = now + Self.holdPause
        slots[slot].wasUsed = true
        return AnswerCache.Hit(answer: known.answer, age: 0, isStale: true)
      }
      let end = known.stored + Int64(known.lifetime) * 1000
      if known.answer.isFailure, now < end + Int64(known.lifetime) * 1000 {
        failures = min(known.failures + 1, 16)
      }
    }
    let lifetime = min(
      KeptAnswer.longestFailureLifetime, KeptAnswer.failureLifetime << UInt32(failures - 1))
    var failure = AnswerEntry(
      answer: entry.answer, hash: entry.hash, bits: entry.bits, stored: now, lifetime: lifetime)
    failure.failures = failures
    insert(failure, at: now)
    return nil
  }
}
