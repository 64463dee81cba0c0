/// Where a walk over the records of a table stands; they come as they lie in memory, in the order of
/// their buckets.
struct NameTableCursor {
  /// Where the present group begins.
  private(set) var at = 0
  private var record = 0

  /// A record that the walk came to.
  struct Position {
    let place: Int
    let head: Int
  }

  /// The next record, or nil after the last.
  mutating func next(in table: NameTable) -> Position? {
    while at < table.bucketBytes {
      let group = NameTable.Group(table.buckets, at: at, valueWidth: table.valueWidth)
      if record < group.records {
        defer { record += 1 }
        return Position(place: group.place(of: record), head: group.head(record))
      }
      at = group.end
      record = 0
    }
    return nil
  }
}

/// Safety: a record's name is put together in memory that lives as long as the body that reads it; a
/// position comes from a cursor on the same table, so head and tail lie in the image.
extension NameTable {
  /// Lets a body read the record at a position.
  func withRecord<Value>(
    at position: NameTableCursor.Position, hash: NameHash, _ body: (NameRecord) -> Value
  ) -> Value {
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { scratch in
      let start = buckets + position.place + valueWidth
      let tail = tail(start.load(as: UInt8.self))
      let length = min(position.head + tail.count, DomainName.maximumLength - 1)
      let name = UnsafeMutableRawBufferPointer(rebasing: scratch[..<length])
      for at in 0..<length {
        name[at] =
          at < position.head
          ? start.load(fromByteOffset: at + 1, as: UInt8.self) : tail[at - position.head]
      }
      var whole: UInt64 = 0
      let octets = UnsafeRawBufferPointer(name)
      hash.forEachSuffix(of: octets, depths: .max) { if $0.isWhole { whole = $0.hash } }
      return body(record(found(at: position.place), hash: whole, name: octets))
    }
  }

  /// All that is known of a record that was found.
  func record(_ found: Found, hash: UInt64, name: UnsafeRawBufferPointer) -> NameRecord {
    var record = NameRecord(hash: hash, contents: found.contents, name: name)
    if found.hasExtra {
      let extra = extra(at: found.place)
      record.exactRule = extra.exactRule
      record.subtreeRule = extra.subtreeRule
      record.protectedBelow = extra.protectedBelow
    } else if record.contents.contains(.exactRule) {
      record.exactRule = found.rule
    } else {
      record.subtreeRule = found.rule
    }
    return record
  }
}

extension NameTableStorage {
  /// The entry of the next record, or nil after the last.
  func nextEntry(_ cursor: inout NameTableCursor) -> NameIndex.Entry? {
    cursor.next(in: table).map { table.withRecord(at: $0, hash: hash, \.entry) }
  }
}
