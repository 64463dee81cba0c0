/// Makes an image of a base and of what a builder collected, part by part.
///
/// 1. the records of the base in the part, which come in the order of their buckets, and after them
///    those of the spool are gathered in one stretch of memory;
/// 2. they are sorted by their hash; records of one name are now neighbours, in the order in which they
///    came;
/// 3. those of one name are merged, and written.
///
/// Safety: records point into the part's stretch of memory, and are used only while it lives and stays
/// as it is.
struct NameAssembly {
  private let plan: NameIndex.Plan
  private let hash: NameHash
  private let key: NameIndex.Key
  private var spool: NameSpool
  private var cursor = NameTableCursor()
  /// A record of the base that belongs to a later part than the one it was found in.
  private var carried: [[UInt8]]

  /// Where a record lies.
  private struct Item {
    let hash: UInt64
    let place: Int
  }

  init(_ builder: consuming NameIndex.Builder, _ plan: NameIndex.Plan) {
    self.plan = plan
    hash = builder.hash
    key = builder.key
    builder.countProtectedNames()
    spool = builder.spool
    carried = Array(repeating: [], count: spool.partCount)
  }

  /// Writes the image: all but the header chunk by chunk, and returns the header.
  mutating func write<Failure: Error>(
    put: @escaping ([UInt8]) throws(Failure) -> Void
  ) throws -> [UInt8] {
    let records = spool.count + (plan.base?.recordBound ?? 0)
    let largestRule = max(plan.largestRule, spool.largestRule)
    var writer: NameTableWriter<Failure>?
    for part in 0..<spool.partCount {
      let octets = try gather(part)
      try octets.withUnsafeBytes { (octets: UnsafeRawBufferPointer) in
        let items = Self.sorted(octets)
        if writer == nil {
          writer = NameTableWriter(
            records: records, largestRule: largestRule,
            tails: plan.isOverlay ? SharedTails() : tails(items, octets), put: put)
        }
        try merge(items, in: octets) { record throws(Failure) in
          try writer?.add(record, hash: hash)
        }
      }
    }
    guard var writer else { return [] }
    return try writer.finish(key: key, notes: plan.notes())
  }

  /// All records of a part: those of the base, then those of the spool.
  private mutating func gather(_ part: Int) throws -> [UInt8] {
    var octets = carried[part]
    carried[part] = []
    if let table = plan.base?.table {
      while let position = nextPosition(in: table, upTo: part) {
        table.withRecord(at: position, hash: hash) { record in
          guard let kept = kept(record) else { return }
          let home = spool.part(of: record.hash)
          if home <= part { kept.append(to: &octets) } else { kept.append(to: &carried[home]) }
        }
      }
    }
    octets += try spool.take(part)
    return octets
  }

  /// The next record of the base whose bucket begins in a part or before it.
  private mutating func nextPosition(
    in table: NameTable, upTo part: Int
  ) -> NameTableCursor.Position? {
    let isLast = part == spool.partCount - 1
    let end = isLast ? table.bucketBytes : table.endOfBuckets(upTo: part, of: spool.partCount)
    var next = cursor
    guard let position = next.next(in: table), position.place < end else { return nil }
    cursor = next
    return position
  }

  /// What stays of a record of the base.
  private func kept(_ record: NameRecord) -> NameRecord? {
    var record = record
    if !plan.keepsProtections {
      record.contents.subtract(.protections)
      record.protectedBelow = 0
    }
    if record.contents.contains(.exactRule) {
      if let rule = plan.renumber(record.exactRule) {
        record.exactRule = rule
      } else {
        record.contents.remove(.exactRule)
      }
    }
    if record.contents.contains(.subtreeRule) {
      if let rule = plan.renumber(record.subtreeRule) {
        record.subtreeRule = rule
      } else {
        record.contents.remove(.subtreeRule)
      }
    }
    return record.contents.isEmpty ? nil : record
  }

  private static func sorted(_ octets: UnsafeRawBufferPointer) -> [Item] {
    guard let start = octets.baseAddress else { return [] }
    var items: [Item] = []
    items.reserveCapacity(octets.count / 24)
    var at = 0
    while at < octets.count {
      let record = NameRecord(at: start + at)
      items.append(Item(hash: record.hash, place: at))
      at += record.size
    }
    items.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
    return items
  }

  private func tails(_ items: [Item], _ octets: UnsafeRawBufferPointer) -> SharedTails {
    guard let start = octets.baseAddress else { return SharedTails() }
    return SharedTails(
      sample: items.prefix(8_192).map { NameRecord(at: start + $0.place) }, hash: hash)
  }

  /// Merges records of one name, and hands on what is left.
  private func merge<Failure: Error>(
    _ items: [Item], in octets: UnsafeRawBufferPointer,
    put: (NameRecord) throws(Failure) -> Void
  ) throws(Failure) {
    guard let start = octets.baseAddress else { return }
    var first = 0
    while first < items.count {
      var last = first + 1
      while last < items.count, items[last].hash == items[first].hash { last += 1 }
      if last == first + 1 {
        try hand(NameRecord(at: start + items[first].place), to: put)
      } else {
        for record in merged(items[first..<last], start) { try hand(record, to: put) }
      }
      first = last
    }
  }

  private func hand<Failure: Error>(
    _ record: NameRecord, to put: (NameRecord) throws(Failure) -> Void
  ) throws(Failure) {
    var record = record
    record.contents.remove(.replaces)
    if !record.contents.isEmpty || plan.isOverlay { try put(record) }
  }

  /// One record for each name among neighbours with the same hash.
  private func merged(_ neighbours: ArraySlice<Item>, _ start: UnsafeRawPointer) -> [NameRecord] {
    var merged: [NameRecord] = []
    for record in neighbours.map({ NameRecord(at: start + $0.place) }) {
      if let same = merged.firstIndex(where: { $0.hasName(record.name) }) {
        merged[same].merge(record, combine: plan.combine)
      } else {
        merged.append(record)
      }
    }
    return merged
  }
}

extension NameTable {
  /// Where the buckets end that begin in one of the first parts of all hashes.
  fileprivate func endOfBuckets(upTo part: Int, of parts: Int) -> Int {
    let bucket = (UInt64(part) + 1) * bucketCount / UInt64(parts)
    return start(of: Int(min(bucket + 1, bucketCount)))
  }
}

extension NameIndex {
  /// Records of the table, at most.
  fileprivate var recordBound: Int {
    storage.header.bucketCount * NameTable.recordsPerBucket + NameTable.recordsPerBucket
  }
}

extension NameIndex.Builder {
  /// Makes the index in memory.
  ///
  /// - Parameter plan: what else it is made of.
  /// - Returns: the index of everything that was added.
  /// - Throws: what the spill threw; nothing without one.
  public consuming func build(_ plan: NameIndex.Plan) throws -> NameIndex {
    let memory = ImageMemory()
    let header = try write(plan) { chunk in memory.append(chunk) }
    return try memory.index(header: header)
  }

  /// Makes the index in memory, of what was added alone.
  ///
  /// The builder must have no spill.
  public consuming func build() -> NameIndex {
    inMemory(NameIndex.Plan())
  }

  /// Makes an index that shadows another of the same key.
  consuming func overlay() -> NameIndex {
    var plan = NameIndex.Plan()
    plan.isOverlay = true
    return inMemory(plan)
  }

  /// Makes an index of another of the same key and what was added.
  consuming func build(over base: NameIndex) -> NameIndex {
    inMemory(NameIndex.Plan(base: base))
  }

  private consuming func inMemory(_ plan: NameIndex.Plan) -> NameIndex {
    do {
      return try build(plan)
    } catch {
      preconditionFailure("an index that was just written in memory can be read: \(error)")
    }
  }

  /// Writes the image of the index: what ``NameIndex/init(image:isTrusted:release:)`` takes.
  ///
  /// - Parameters:
  ///   - plan: what else it is made of.
  ///   - put: takes the image without its header, in pieces.
  /// - Returns: the header, 128 octets that belong in front.
  /// - Throws: what `put` or the spill threw.
  public consuming func write<Failure: Error>(
    _ plan: NameIndex.Plan, put: @escaping ([UInt8]) throws(Failure) -> Void
  ) throws -> [UInt8] {
    var assembly = NameAssembly(self, plan)
    return try assembly.write(put: put)
  }
}

/// Memory in which an image grows.
private final class ImageMemory {
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 8)
  private var end = NameImage.headerSize

  func append(_ octets: [UInt8]) {
    if end + octets.count > memory.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(2 * memory.count, end + octets.count), alignment: 8)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<end]))
      memory.deallocate()
      memory = larger
    }
    UnsafeMutableRawBufferPointer(rebasing: memory[end...]).copyBytes(from: octets)
    end += octets.count
  }

  func index(header: [UInt8]) throws -> NameIndex {
    memory.copyBytes(from: header)
    nonisolated(unsafe) let owned = memory
    return try NameIndex(
      image: UnsafeRawBufferPointer(rebasing: memory[..<end]), isTrusted: true
    ) { owned.deallocate() }
  }
}
