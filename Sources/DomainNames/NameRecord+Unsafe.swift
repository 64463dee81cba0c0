internal import Glibc

/// A name and what is known about it, on its way into a table.
///
/// Layout in a spool, all numbers little endian, nothing aligned:
///
///     8 octets     hash of the name
///     octet 8      contents, see ``Contents``
///     octet 9      length of the name in octets, without the root label
///     4 octets     rule for the name itself        only if contents say so
///     4 octets     rule for the subtree            only if contents say so
///     4 octets     protected names below           only if contents say so
///     the name     wire form in lower case, without the root label
///
/// Safety: `name` points into the memory that the record was read from and lives no longer.
struct NameRecord {
  /// What a record holds.
  struct Contents: OptionSet {
    let rawValue: UInt8
    static let exactRule = Contents(rawValue: 1)
    static let subtreeRule = Contents(rawValue: 2)
    static let protectedBelow = Contents(rawValue: 4)
    static let protectedExact = Contents(rawValue: 8)
    static let protectedSubtree = Contents(rawValue: 16)
    /// The record takes the place of all earlier ones of its name; in spools alone.
    static let replaces = Contents(rawValue: 32)
    static let protections: Contents = [.protectedBelow, .protectedExact, .protectedSubtree]

    /// Octets in front of the name.
    var headerSize: Int { 10 + 4 * (rawValue & 7).nonzeroBitCount }
  }

  let hash: UInt64
  var contents: Contents
  var exactRule: RuleNumber = 0
  var subtreeRule: RuleNumber = 0
  var protectedBelow: UInt32 = 0
  let name: UnsafeRawBufferPointer

  /// Octets of the record in a spool.
  var size: Int { contents.headerSize + name.count }

  /// The number of labels of the name.
  var labels: Int {
    var labels = 0
    var at = 0
    while at < name.count {
      labels += 1
      at += Int(name[at]) + 1
    }
    return labels
  }

  /// Joins what is known about a name.
  init(hash: UInt64, contents: Contents, name: UnsafeRawBufferPointer) {
    self.hash = hash
    self.contents = contents
    self.name = name
  }

  /// Reads the record at an address.
  @inline(__always)
  init(at start: UnsafeRawPointer) {
    hash = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
    contents = Contents(rawValue: start.load(fromByteOffset: 8, as: UInt8.self))
    var at = start + 10
    if contents.contains(.exactRule) { exactRule = Self.number(&at) }
    if contents.contains(.subtreeRule) { subtreeRule = Self.number(&at) }
    if contents.contains(.protectedBelow) { protectedBelow = Self.number(&at) }
    let length = Int(start.load(fromByteOffset: 9, as: UInt8.self))
    name = UnsafeRawBufferPointer(start: at, count: length)
  }

  @inline(__always)
  private static func number(_ at: inout UnsafeRawPointer) -> UInt32 {
    defer { at += 4 }
    return UInt32(littleEndian: at.loadUnaligned(as: UInt32.self))
  }

  /// Appends the record to a spool.
  func append(to spool: inout [UInt8]) {
    spool.append(number: hash)
    spool.append(contents.rawValue)
    spool.append(UInt8(truncatingIfNeeded: name.count))
    if contents.contains(.exactRule) { spool.append(number: exactRule) }
    if contents.contains(.subtreeRule) { spool.append(number: subtreeRule) }
    if contents.contains(.protectedBelow) { spool.append(number: protectedBelow) }
    spool.append(contentsOf: name)
  }

  /// Takes in a later record of the same name: its protections add, its rules replace, or are
  /// combined with those that are there.
  mutating func merge(_ later: NameRecord, combine: (RuleNumber, RuleNumber) -> RuleNumber) {
    if later.contents.contains(.replaces) {
      self = later
      return
    }
    if later.contents.contains(.exactRule) {
      exactRule =
        contents.contains(.exactRule)
        ? combine(exactRule, later.exactRule) : later.exactRule
    }
    if later.contents.contains(.subtreeRule) {
      subtreeRule =
        contents.contains(.subtreeRule)
        ? combine(subtreeRule, later.subtreeRule) : later.subtreeRule
    }
    protectedBelow = protectedBelow.clampedSum(later.protectedBelow)
    contents.formUnion(later.contents)
  }

  /// Whether two records are about the same name.
  @inline(__always)
  func hasName(_ other: UnsafeRawBufferPointer) -> Bool {
    guard name.count == other.count else { return false }
    guard let one = name.baseAddress, let two = other.baseAddress else { return name.isEmpty }
    return memcmp(one, two, name.count) == 0
  }

  /// The record as a value of its own.
  var entry: NameIndex.Entry {
    var entry = NameIndex.Entry(name: DomainName(canonical: Array(name) + [0]))
    if contents.contains(.exactRule) { entry.exactRule = exactRule }
    if contents.contains(.subtreeRule) { entry.subtreeRule = subtreeRule }
    entry.isProtectedExact = contents.contains(.protectedExact)
    entry.isProtectedSubtree = contents.contains(.protectedSubtree)
    entry.protectedNamesBelow = protectedBelow
    return entry
  }
}

extension UInt32 {
  /// The sum, or the largest number: counts may come from a file that somebody forged.
  func clampedSum(_ other: UInt32) -> UInt32 {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}

extension [UInt8] {
  /// Appends a number, its lowest octet first.
  @inline(__always)
  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
