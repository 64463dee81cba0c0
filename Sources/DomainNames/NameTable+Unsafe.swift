/// A table of names in flat memory: a section of an image (see ``NameImage``).
///
/// A name's hash places it in a bucket: `hash × buckets ÷ 2⁶⁴`. The directory says in 32 bits where
/// each bucket begins (it ends where the next begins), and above that has one of 32 bits set for each
/// of its records, by their hash: most names that are not listed are known by that. A bucket holds
/// about five records, in groups of at most eight:
///
///     octet 0      number of records in the group, n
///     n octets     the lowest octet of each record's hash
///     n octets     the length of each record's head
///     n bodies     value, `valueWidth` octets: what is known, see ``NameTable/Found``
///                  tail, 1 octet: number of the ending that many names share, or 0
///                  head: the name in lower case without the root label, up to the shared ending
///
/// So a search touches the directory, and for a listed name two or three neighbouring lines of memory
/// besides. A match is decided by comparing all octets of a name.
///
/// Safety: the memory is written before the first value of this type is made, and lives as long as
/// the ``NameTableStorage`` that owns it. ``largestGroup`` readable octets lie behind the last
/// bucket, no group's fields reach farther, and every offset is checked against the section before
/// it is followed: whatever the octets are, a search stays inside the image.
struct NameTable: @unchecked Sendable {
  // Unchecked: nobody writes to the memory behind these pointers.
  let buckets: UnsafeRawPointer
  /// Octets of all buckets, without those behind the last.
  let bucketBytes: Int
  let directory: UnsafeRawPointer
  let bucketCount: UInt64
  let valueWidth: Int
  /// See ``SuffixSigns``.
  let signs: UnsafeRawPointer
  /// 256 numbers of 4 octets (offset × 256 + length), then the endings themselves; all checked.
  let tails: UnsafeRawPointer
  /// What does not fit a value, sorted by place; 20 octets each.
  let extras: UnsafeRawPointer
  let extraCount: Int
  /// Bit n is set where a record's name has n labels; bit 63 stands for all from 63 on.
  let depths: UInt64

  /// Records that a bucket holds on average, at most.
  static let recordsPerBucket = 5
  /// Records in a group, at most.
  static let groupSize = 8
  /// Octets that no group exceeds.
  static let largestGroup = 1 + 2 * groupSize + groupSize * (5 + 1 + DomainName.maximumLength)
  /// Octets of a bucket's entry in the directory.
  static let outlineSize = 8
  /// Octets of an extra: place, contents, three numbers.
  static let extraSize = 20

  /// A record that a search found.
  ///
  /// The lowest two bits of its value say what it is: a rule for the name itself (0) or for the
  /// subtree (1) whose number stands above them, or something with more to it (2): then the contents
  /// stand there, and the numbers in an extra.
  struct Found {
    let place: Int
    let value: UInt64

    @inline(__always)
    var contents: NameRecord.Contents {
      switch value & 3 {
      case 0: .exactRule
      case 1: .subtreeRule
      default: NameRecord.Contents(rawValue: UInt8(truncatingIfNeeded: value >> 2) & 31)
      }
    }

    @inline(__always)
    var rule: RuleNumber { RuleNumber(truncatingIfNeeded: value >> 2) }

    @inline(__always)
    var hasExtra: Bool { value & 2 != 0 }
  }

  /// The numbers of a record that has more than one rule.
  struct Extra {
    var exactRule: RuleNumber = 0
    var subtreeRule: RuleNumber = 0
    var protectedBelow: UInt32 = 0
  }
}

// MARK: - Search

extension NameTable {
  /// What the directory says of a bucket.
  @inline(__always)
  private func outline(of bucket: Int) -> UInt64 {
    UInt64(
      littleEndian: directory.loadUnaligned(
        fromByteOffset: bucket &* Self.outlineSize, as: UInt64.self))
  }

  /// Where a bucket begins.
  @inline(__always)
  func start(of bucket: Int) -> Int {
    Int(UInt32(truncatingIfNeeded: outline(of: bucket)))
  }

  /// The bit that a record sets in the directory, by bits of its hash that say nothing else.
  @inline(__always)
  static func sign(of hash: UInt64) -> UInt64 {
    1 << (32 &+ ((hash >> 8) & 31))
  }

  /// Whether a bucket can have a record with a hash.
  @inline(__always)
  func mayHave(_ hash: UInt64, in bucket: Int) -> Bool {
    outline(of: bucket) & Self.sign(of: hash) != 0
  }

  @inline(__always)
  func bucket(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: bucketCount).high)
  }

  /// The record of a name, or nil.
  @inline(__always)
  func find(_ suffix: NameSuffix) -> Found? {
    find(suffix.octets, hash: suffix.hash)
  }

  /// The record of a name, or nil.
  @inline(__always)
  func find(_ name: UnsafeRawBufferPointer, hash: UInt64) -> Found? {
    let bucket = bucket(of: hash)
    guard mayHave(hash, in: bucket) else { return nil }
    var at = start(of: bucket)
    let end = min(start(of: bucket &+ 1), bucketBytes)
    let pattern = (hash & 0xFF) &* Octets.ones
    while at < end {
      let group = Group(buckets, at: at, valueWidth: valueWidth)
      var hits = Octets.equal(group.marks, pattern) & group.used
      while hits != 0 {
        let place = group.place(of: hits.trailingZeroBitCount >> 3)
        if hasName(name, at: place, head: group.head(hits.trailingZeroBitCount >> 3)) {
          return found(at: place)
        }
        hits &= hits &- 1
      }
      at = group.end
    }
    return nil
  }

  /// Whether the record at a place has a name.
  @inline(__always)
  private func hasName(_ name: UnsafeRawBufferPointer, at place: Int, head: Int) -> Bool {
    let body = buckets + (place &+ valueWidth)
    let tail = tail(body.load(as: UInt8.self))
    guard name.count == head &+ tail.count else { return false }
    guard let octets = name.baseAddress else { return true }
    guard Octets.areSame(octets, body + 1, head) else { return false }
    guard let ending = tail.baseAddress else { return true }
    return Octets.areSame(octets + head, ending, tail.count)
  }

  /// A shared ending by its number.
  @inline(__always)
  func tail(_ number: UInt8) -> UnsafeRawBufferPointer {
    let field = UInt32(
      littleEndian: tails.loadUnaligned(fromByteOffset: Int(number) &* 4, as: UInt32.self))
    return UnsafeRawBufferPointer(
      start: tails + Int(field >> 8), count: Int(field & 0xFF))
  }

  /// The record whose body begins at a place.
  @inline(__always)
  func found(at place: Int) -> Found {
    let word = Octets.load(buckets + place)
    let mask = UInt64.max >> UInt64(truncatingIfNeeded: 64 &- 8 &* valueWidth)
    return Found(place: place, value: word & mask)
  }

  /// The numbers of a record that has an extra.
  func extra(at place: Int) -> Extra {
    var low = 0
    var high = extraCount
    while low < high {
      let middle = (low + high) / 2
      if extraNumber(middle, 0) < place { low = middle + 1 } else { high = middle }
    }
    guard low < extraCount, extraNumber(low, 0) == place else { return Extra() }
    return Extra(
      exactRule: RuleNumber(extraNumber(low, 8)), subtreeRule: RuleNumber(extraNumber(low, 12)),
      protectedBelow: UInt32(extraNumber(low, 16)))
  }

  private func extraNumber(_ extra: Int, _ offset: Int) -> Int {
    let at = extra * Self.extraSize + offset
    return Int(UInt32(littleEndian: extras.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
  }

  /// A group as it is read.
  struct Group {
    /// The lowest octet of each record's hash.
    let marks: UInt64
    /// The highest bit of each octet that stands for a record.
    let used: UInt64
    private let heads: UInt64
    private let bodies: Int
    private let count: Int
    private let fixed: Int

    @inline(__always)
    init(_ buckets: UnsafeRawPointer, at start: Int, valueWidth: Int) {
      count = min(Int(buckets.load(fromByteOffset: start, as: UInt8.self)), groupSize)
      let octets = UInt64.max >> UInt64(truncatingIfNeeded: (64 &- 8 &* count) & 63)
      let mask = count == 0 ? 0 : octets
      marks = Octets.load(buckets + (start &+ 1))
      heads = Octets.load(buckets + (start &+ 1 &+ count)) & mask
      used = mask & Octets.highs
      bodies = start &+ 1 &+ 2 &* count
      fixed = valueWidth &+ 1
    }

    /// Where the next group would begin.
    @inline(__always)
    var end: Int { bodies &+ count &* fixed &+ Octets.sum(heads) }

    var records: Int { count }

    /// Where a record's body begins.
    @inline(__always)
    func place(of record: Int) -> Int {
      let before = heads & ((1 << UInt64(truncatingIfNeeded: 8 &* record)) &- 1)
      return bodies &+ record &* fixed &+ Octets.sum(before)
    }

    /// The length of a record's head.
    @inline(__always)
    func head(_ record: Int) -> Int {
      Int(truncatingIfNeeded: (heads >> UInt64(truncatingIfNeeded: 8 &* record)) & 0xFF)
    }
  }
}

/// Eight octets in one number, the first the lowest.
private enum Octets {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func load(_ start: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
  }

  /// The highest bit of each octet in which two words agree; above the first of them perhaps of
  /// others, too.
  @inline(__always)
  static func equal(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let difference = one ^ other
    return (difference &- ones) & ~difference & highs
  }

  /// Whether octets at two places are the same; none beyond them is read.
  @inline(__always)
  static func areSame(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ count: Int) -> Bool {
    var at = 0
    guard count >= 8 else {
      while at < count {
        guard
          one.load(fromByteOffset: at, as: UInt8.self)
            == other.load(fromByteOffset: at, as: UInt8.self)
        else { return false }
        at &+= 1
      }
      return true
    }
    // The last eight may have been compared in part.
    while at &+ 8 < count {
      guard load(one + at) == load(other + at) else { return false }
      at &+= 8
    }
    return load(one + (count &- 8)) == load(other + (count &- 8))
  }

  /// The sum of all octets.
  @inline(__always)
  static func sum(_ word: UInt64) -> Int {
    let even: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs = (word & even) &+ ((word >> 8) & even)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
  }
}

// MARK: - Lookup

extension NameTable {
  /// Looks a name up in wire form.
  ///
  /// Where `overlay`, a table with the same hash, has a record of a name, that takes the place of
  /// the record here.
  func lookup(
    _ name: Span<UInt8>, hash: NameHash, under overlay: NameTable?,
    probed probe: NameProbe = NameProbe(), accept: (RuleNumber) -> Bool
  ) -> NameIndex.Lookup {
    var lookup = NameIndex.Lookup()
    name.withUnsafeBytes { octets in
      guard let body = Self.body(of: octets) else { return }
      if probe.isVerbatim, probe.length == body.count {
        for place in 0..<probe.count {
          guard let suffix = probe.suffix(place, of: body) else { break }
          add(suffix, under: overlay, to: &lookup, accept: accept)
        }
      } else {
        let depths = depths | (overlay?.depths ?? 0)
        hash.forEachSuffix(of: body, depths: depths, signs: signs(under: overlay)) { suffix in
          add(suffix, under: overlay, to: &lookup, accept: accept)
        }
      }
    }
    if lookup.isProtected { lookup.dropRule() }
    return lookup
  }

  /// What says which suffixes are searched for.
  @inline(__always)
  func signs(under overlay: NameTable?) -> SuffixSigns {
    SuffixSigns(signs, under: overlay?.signs)
  }

  /// Looks a name up that was probed as it stands, and over which nothing lies.
  @inline(__always)
  func lookup(
    _ name: Span<UInt8>, probed probe: NameProbe, accept: (RuleNumber) -> Bool
  ) -> NameIndex.Lookup {
    var lookup = NameIndex.Lookup()
    name.withUnsafeBytes { octets in
      guard let body = Self.body(of: octets) else { return }
      for place in 0..<probe.count {
        guard let suffix = probe.suffix(place, of: body) else { break }
        if let found = find(suffix) {
          lookup.add(found, in: self, suffix: suffix, accept: accept)
        }
      }
    }
    if lookup.isProtected { lookup.dropRule() }
    return lookup
  }

  /// A name without its root label, or nil where that is not its end.
  @inline(__always)
  private static func body(of name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let length = name.count &- 1
    guard length >= 0, length < DomainName.maximumLength, name[length] == 0 else { return nil }
    return UnsafeRawBufferPointer(start: name.baseAddress, count: length)
  }

  private func add(
    _ suffix: NameSuffix, under overlay: NameTable?, to lookup: inout NameIndex.Lookup,
    accept: (RuleNumber) -> Bool
  ) {
    if let overlay, let found = overlay.find(suffix) {
      lookup.add(found, in: overlay, suffix: suffix, accept: accept)
    } else if let found = find(suffix) {
      lookup.add(found, in: self, suffix: suffix, accept: accept)
    }
  }
}

extension NameIndex.Lookup {
  /// Takes in the record of a suffix; the suffixes come from the root outward.
  @inline(__always)
  fileprivate mutating func add(
    _ found: NameTable.Found, in table: NameTable, suffix: NameSuffix,
    accept: (RuleNumber) -> Bool
  ) {
    guard found.hasExtra else {
      let isSubtree = found.contents == .subtreeRule
      if isSubtree || suffix.isWhole {
        take(found.rule, isSubtree ? .subtree : .exact, suffix, accept)
        if suffix.isWhole { hasProtectedBelow = false }
      }
      return
    }
    addExtra(found, in: table, suffix: suffix, accept: accept)
  }

  private mutating func addExtra(
    _ found: NameTable.Found, in table: NameTable, suffix: NameSuffix,
    accept: (RuleNumber) -> Bool
  ) {
    let contents = found.contents
    if contents.contains(.protectedSubtree) { isProtected = true }
    guard suffix.isWhole || contents.contains(.subtreeRule) else { return }
    let extra = table.extra(at: found.place)
    if contents.contains(.subtreeRule) {
      take(extra.subtreeRule, .subtree, suffix, accept)
    }
    guard suffix.isWhole else { return }
    hasProtectedBelow = extra.protectedBelow > 0
    if contents.contains(.protectedExact) { isProtected = true }
    if contents.contains(.exactRule) { take(extra.exactRule, .exact, suffix, accept) }
  }

  @inline(__always)
  private mutating func take(
    _ number: RuleNumber, _ covered: Coverage, _ suffix: NameSuffix,
    _ accept: (RuleNumber) -> Bool
  ) {
    guard accept(number) else { return }
    rule = number
    coverage = covered
    matchedLabels = suffix.labels
    matchedOctets = suffix.octets.count &+ 1
  }

  /// Leaves no rule, because a protection beats it.
  fileprivate mutating func dropRule() {
    rule = nil
    coverage = nil
    matchedLabels = 0
    matchedOctets = 0
  }
}
