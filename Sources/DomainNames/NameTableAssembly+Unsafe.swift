/// Makes a table of records that lie in other memory.
///
/// 1. Each record is hashed and becomes an item: fingerprint above, its place below.
/// 2. The items are sorted; records of one name are now neighbours, in the order they were added.
/// 3. Neighbours of one name are merged, and written to the new memory in sorted order.
/// 4. Slots are dealt out in the same order.
///
/// Safety: the buffers given to `addRecords` and `add` must live until `finish` returns.
struct NameTableAssembly {
  private let hash: NameHash
  /// What `UInt32` places in items count from: the buffers, one after the other.
  private var sources: [UnsafeRawBufferPointer] = []
  private var items: [UInt64] = []
  private var depths: UInt64 = 0
  private var listed = 0

  init(hash: NameHash, capacity: Int) {
    self.hash = hash
    items.reserveCapacity(capacity)
  }

  /// Adds all records of a buffer that holds nothing else.
  mutating func addRecords(in buffer: UnsafeRawBufferPointer) {
    let base = addSource(buffer)
    guard let start = buffer.baseAddress else { return }
    var at = 0
    while at < buffer.count {
      let record = NameRecord(at: start + at)
      add(record, at: base + at)
      at += record.size
    }
  }

  /// Adds the records of a table that `isWanted` accepts.
  mutating func addRecords(
    of table: NameTable, where isWanted: (_ fingerprint: UInt32, NameRecord) -> Bool
  ) {
    let base = addSource(UnsafeRawBufferPointer(start: table.records, count: table.recordBytes))
    for index in 0..<table.slotCount {
      let slot = table.slots[index]
      guard let record = table.record(in: slot),
        isWanted(UInt32(truncatingIfNeeded: slot >> 32), record)
      else { continue }
      add(record, at: base + Int(UInt32(truncatingIfNeeded: slot)) - 1)
    }
  }

  /// Makes a buffer known, and returns the place of its first octet.
  private mutating func addSource(_ buffer: UnsafeRawBufferPointer) -> Int {
    let base = sources.reduce(0) { $0 + $1.count }
    sources.append(buffer)
    precondition(base + buffer.count < UInt32.max, "an index holds at most 4 GiB of records")
    return base
  }

  private mutating func add(_ record: NameRecord, at place: Int) {
    hash.forEachSuffix(of: record.name, depths: .max) { suffix in
      guard suffix.isWhole else { return }
      items.append(UInt64(suffix.fingerprint) << 32 | UInt64(place))
      depths |= 1 << UInt64(min(suffix.labels, 63))
    }
  }

  private func record(of item: UInt64) -> NameRecord? {
    var place = Int(UInt32(truncatingIfNeeded: item))
    for source in sources {
      if place < source.count { return source.baseAddress.map { NameRecord(at: $0 + place) } }
      place -= source.count
    }
    return nil
  }

  /// Makes the index.
  consuming func finish(key: NameIndex.Key) -> NameIndex {
    items.sortByUpperHalf()
    let records = writeRecords()
    let homes = max(1, items.count + items.count / 4)
    let slotCount = Self.place(items, homes: homes) { _, _ in }
    let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    Self.place(items, homes: homes) { index, slot in slots[index] = slot }
    let table = NameTable(
      slots: UnsafePointer(slots), slotCount: slotCount, homes: UInt64(homes),
      records: UnsafeRawPointer(records.baseAddress ?? UnsafeMutableRawPointer(slots)),
      recordBytes: records.count, depths: depths)
    return NameIndex(storage: NameTableStorage(owning: table), key: key, count: listed)
  }

  /// Gives each item its slot, in order, and returns how many slots that takes with the last,
  /// empty one.
  @discardableResult
  private static func place(
    _ items: [UInt64], homes: Int, put: (_ index: Int, _ slot: UInt64) -> Void
  ) -> Int {
    var next = 0
    for item in items {
      let index = max(next, Int(((item >> 32) * UInt64(homes)) >> 32))
      put(index, item)
      next = index + 1
    }
    return max(next, homes) + 1
  }

  /// Writes the merged records, and makes each item point to its record: its offset plus one.
  private mutating func writeRecords() -> UnsafeMutableRawBufferPointer {
    let bound = items.reduce(NameTable.largestRecord) { $0 + (record(of: $1)?.size ?? 0) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bound, alignment: 8)
    var end = 0
    var kept = 0
    func write(_ record: NameRecord, fingerprint: UInt64) {
      record.write(to: memory + end)
      items[kept] = fingerprint << 32 | UInt64(end + 1)
      kept += 1
      end += record.size
      if !record.contents.subtracting(.protectedBelow).isEmpty { listed += 1 }
    }
    var first = 0
    while first < items.count {
      let fingerprint = items[first] >> 32
      var last = first + 1
      while last < items.count, items[last] >> 32 == fingerprint { last += 1 }
      if last == first + 1 {
        if let record = record(of: items[first]) { write(record, fingerprint: fingerprint) }
      } else {
        for record in mergedRecords(items[first..<last]) { write(record, fingerprint: fingerprint) }
      }
      first = last
    }
    items.removeSubrange(kept...)
    (memory + end).initializeMemory(as: UInt8.self, repeating: 0, count: NameTable.largestRecord)
    return UnsafeMutableRawBufferPointer(start: memory, count: end + NameTable.largestRecord)
  }

  /// One record for each name among neighbours with the same fingerprint.
  private func mergedRecords(_ neighbours: ArraySlice<UInt64>) -> [NameRecord] {
    var merged: [NameRecord] = []
    for record in neighbours.lazy.compactMap({ record(of: $0) }) {
      if let same = merged.firstIndex(where: { $0.hasName(record.name) }) {
        merged[same].merge(record)
      } else {
        merged.append(record)
      }
    }
    return merged
  }
}

extension [UInt64] {
  /// Sorts by the upper 32 bits; numbers that are equal there keep their order.
  fileprivate mutating func sortByUpperHalf() {
    guard count > 4096 else { return sort() }
    var other = [UInt64](repeating: 0, count: count)
    for shift: UInt64 in [32, 48] {
      var ends = [Int](repeating: 0, count: 1 << 16)
      for number in self { ends[Int((number >> shift) & 0xFFFF)] += 1 }
      var sum = 0
      for digit in ends.indices {
        sum += ends[digit]
        ends[digit] = sum - ends[digit]
      }
      for number in self {
        let digit = Int((number >> shift) & 0xFFFF)
        other[ends[digit]] = number
        ends[digit] += 1
      }
      swap(&self, &other)
    }
  }
}
