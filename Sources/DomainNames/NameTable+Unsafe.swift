/// A table of records in flat memory, sorted by fingerprint.
///
/// A slot is a 64-bit number: the fingerprint above, the record's offset plus one below; zero is an
/// empty slot. A record's home is `fingerprint × homes ÷ 2³²`; it lies there or at the next free
/// slot. Homes grow with fingerprints, so the slots are sorted, and a search ends at an empty slot
/// or at a greater fingerprint.
///
/// Safety: the memory is written once, before the first value of this type is made, and lives as
/// long as the ``NameTableStorage`` that owns it. The last slot is empty. Offsets are checked
/// before they are followed.
struct NameTable: @unchecked Sendable {
  // Unchecked: nobody writes to the memory behind these pointers.
  let slots: UnsafePointer<UInt64>
  let slotCount: Int
  let homes: UInt64
  let records: UnsafeRawPointer
  let recordBytes: Int
  /// Bit n is set where a record's name has n labels; bit 63 stands for all from 63 on.
  let depths: UInt64

  /// The record of a name, or nil.
  @inline(__always)
  func record(_ suffix: NameSuffix) -> NameRecord? {
    record(fingerprint: suffix.fingerprint, name: suffix.octets)
  }

  /// The record of a name, or nil.
  @inline(__always)
  func record(fingerprint: UInt32, name: UnsafeRawBufferPointer) -> NameRecord? {
    var at = Int(truncatingIfNeeded: (UInt64(fingerprint) &* homes) >> 32)
    while at < slotCount {
      let slot = slots[at]
      let found = UInt32(truncatingIfNeeded: slot >> 32)
      if slot == 0 || found > fingerprint { return nil }
      if found == fingerprint, let record = record(in: slot), record.hasName(name) {
        return record
      }
      at &+= 1
    }
    return nil
  }

  /// The record that a slot points to; nil for an empty slot.
  @inline(__always)
  func record(in slot: UInt64) -> NameRecord? {
    let offset = Int(UInt32(truncatingIfNeeded: slot)) &- 1
    guard offset >= 0, offset &+ Self.largestRecord <= recordBytes else { return nil }
    return NameRecord(at: records + offset)
  }

  /// No record is larger; as many octets lie behind the last one, so that one check is enough.
  static let largestRecord = 2 + 3 * 4 + DomainName.maximumLength

  /// Looks a name up in wire form.
  ///
  /// Where `overlay`, a table with the same hash, has a record of a name, that takes the place of
  /// the record here.
  @inline(__always)
  func lookup(
    _ name: Span<UInt8>, hash: NameHash, under overlay: NameTable?, accept: (RuleNumber) -> Bool
  ) -> NameIndex.Lookup {
    var lookup = NameIndex.Lookup()
    name.withUnsafeBytes { octets in
      let length = octets.count - 1
      guard length >= 0, length < DomainName.maximumLength, octets[length] == 0 else { return }
      let body = UnsafeRawBufferPointer(start: octets.baseAddress, count: length)
      hash.forEachSuffix(of: body, depths: depths | (overlay?.depths ?? 0)) { suffix in
        if let record = overlay?.record(suffix) ?? record(suffix) {
          lookup.add(record, suffix: suffix, accept: accept)
        }
      }
    }
    if lookup.isProtected { lookup.dropRule() }
    return lookup
  }
}

extension NameIndex.Lookup {
  /// Takes in the record of a suffix; the suffixes come from the root outward.
  @inline(__always)
  fileprivate mutating func add(
    _ record: NameRecord, suffix: NameSuffix, accept: (RuleNumber) -> Bool
  ) {
    let contents = record.contents
    if contents.contains(.protectedSubtree) { isProtected = true }
    if contents.contains(.subtreeRule), accept(record.subtreeRule) {
      rule = record.subtreeRule
      coverage = .subtree
      matchedLabels = suffix.labels
    }
    guard suffix.isWhole else { return }
    hasProtectedBelow = record.protectedBelow > 0
    if contents.contains(.protectedExact) { isProtected = true }
    if contents.contains(.exactRule), accept(record.exactRule) {
      rule = record.exactRule
      coverage = .exact
      matchedLabels = suffix.labels
    }
  }

  /// Leaves no rule, because a protection beats it.
  fileprivate mutating func dropRule() {
    rule = nil
    coverage = nil
    matchedLabels = 0
  }
}

/// The owner of a table's memory.
final class NameTableStorage: @unchecked Sendable {
  // Unchecked: the memory is written before the initialiser returns, and never after.
  let table: NameTable

  /// Takes over memory that was allocated for it.
  init(owning table: NameTable) {
    self.table = table
  }

  deinit {
    table.slots.deallocate()
    table.records.deallocate()
  }

  /// Octets of memory in use.
  var byteCount: Int { table.slotCount * 8 + table.recordBytes }

  /// The entry of exactly this name, or nil.
  func entry(for name: DomainName, hash: NameHash) -> NameIndex.Entry? {
    var entry: NameIndex.Entry?
    name.wire.withUnsafeBytes { octets in
      let body = UnsafeRawBufferPointer(rebasing: octets.dropLast())
      _ = hash.forEachSuffix(of: body, depths: table.depths) { suffix in
        if suffix.isWhole { entry = table.record(suffix)?.entry }
      }
    }
    return entry
  }

  /// The entry in the first used slot from `slot` on, or nil; moves `slot` past it.
  func nextEntry(from slot: inout Int) -> NameIndex.Entry? {
    while slot < table.slotCount {
      defer { slot += 1 }
      if let record = table.record(in: table.slots[slot]) { return record.entry }
    }
    return nil
  }
}
