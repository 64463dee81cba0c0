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
  private let entryLimit: Int
  private let bucketMask: UInt
  private var buckets: [Int32]
  private var slots: [Slot] = []
  private var firstFree: Int32 = -1
  private var hand = 0

  /// Makes an empty table; its buckets take four octets an entry.
  init(octetLimit: Int, entryLimit: Int) {
    self.octetLimit = octetLimit
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
        guard let age = entry.age(at: now) else { return nil }
        slots[slot].wasUsed = true
        return AnswerCache.Hit(answer: entry.answer, age: age)
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

  /// Removes the entries that meet a condition and says how many there were.
  mutating func removeAll(where isUnwanted: (AnswerEntry) -> Bool) -> Int {
    var removed = 0
    for slot in slots.indices {
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
