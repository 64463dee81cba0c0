/// Where parts of a spool wait outside of memory while an index of many names is collected.
public protocol NameSpill: AnyObject {
  /// Keeps octets at the end of a part.
  ///
  /// A fault is kept, and thrown by ``take(_:)``.
  func add(_ octets: [UInt8], to part: Int)

  /// Hands over all octets of a part, in the order in which they came, and forgets them.
  func take(_ part: Int) throws -> [UInt8]
}

/// Records on their way into an index, in parts by their hash: each part can be sorted by itself.
///
/// Safety: records are read from parts that nobody changes meanwhile.
struct NameSpool {
  private var parts: [[UInt8]]
  /// Records of each part, also of what was spilled.
  private(set) var counts: [Int]
  private let shift: UInt64
  private let spill: (any NameSpill)?
  /// The largest rule number that came by.
  private(set) var largestRule: RuleNumber = 0

  /// Names in a part, about.
  static let partSize = 1 << 15
  /// Octets of a part that may lie in memory before they are spilled.
  private static let spillSize = 1 << 14

  init(expecting names: Int, spill: (any NameSpill)?) {
    let wanted = max(1, min(1_024, names / Self.partSize))
    let bits = UInt64.bitWidth - (wanted - 1).leadingZeroBitCount
    shift = UInt64(64 - bits)
    parts = Array(repeating: [], count: 1 << bits)
    counts = Array(repeating: 0, count: 1 << bits)
    self.spill = spill
  }

  var partCount: Int { parts.count }

  /// All records.
  var count: Int { counts.reduce(0, +) }

  /// The part that a hash belongs to.
  @inline(__always)
  func part(of hash: UInt64) -> Int {
    // Shifting by 64 gives zero: then there is one part.
    Int(truncatingIfNeeded: hash >> shift)
  }

  mutating func append(
    _ name: DomainName, _ contents: NameRecord.Contents, hash: NameHash,
    _ numbers: NameTable.Extra = NameTable.Extra()
  ) {
    name.wire.withUnsafeBytes { octets in
      let body = UnsafeRawBufferPointer(rebasing: octets.dropLast())
      append(body, contents, hash: hash, numbers)
    }
  }

  private mutating func append(
    _ name: UnsafeRawBufferPointer, _ contents: NameRecord.Contents, hash: NameHash,
    _ numbers: NameTable.Extra
  ) {
    var whole: UInt64 = 0
    hash.forEachSuffix(of: name, depths: .max) { whole = $0.hash }
    var record = NameRecord(hash: whole, contents: contents, name: name)
    record.exactRule = numbers.exactRule
    record.subtreeRule = numbers.subtreeRule
    record.protectedBelow = numbers.protectedBelow
    append(record)
  }

  /// Adds a record that is hashed already.
  mutating func append(_ record: NameRecord) {
    largestRule = max(largestRule, record.exactRule, record.subtreeRule)
    let part = part(of: record.hash)
    record.append(to: &parts[part])
    counts[part] += 1
    if let spill, parts[part].count >= Self.spillSize {
      spill.add(parts[part], to: part)
      parts[part].removeAll(keepingCapacity: true)
    }
  }

  /// Takes a part out.
  mutating func take(_ part: Int) throws -> [UInt8] {
    let rest = parts[part]
    parts[part] = []
    guard let spill else { return rest }
    let spilled = try spill.take(part)
    return spilled.isEmpty ? rest : spilled + rest
  }
}
