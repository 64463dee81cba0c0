internal import Glibc

/// A name and what is known about it, as it lies in memory.
///
/// Layout, all numbers little endian, nothing aligned:
///
///     octet 0      contents, see ``Contents``
///     octet 1      length of the name in octets, without the root label
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

    /// Octets in front of the name.
    var headerSize: Int { 2 + 4 * (rawValue & 7).nonzeroBitCount }
  }

  var contents: Contents
  var exactRule: RuleNumber = 0
  var subtreeRule: RuleNumber = 0
  var protectedBelow: UInt32 = 0
  let name: UnsafeRawBufferPointer

  /// Octets of the record in memory.
  var size: Int { contents.headerSize + name.count }

  /// Reads the record at an address.
  @inline(__always)
  init(at start: UnsafeRawPointer) {
    contents = Contents(rawValue: start.load(as: UInt8.self))
    var at = start + 2
    if contents.contains(.exactRule) { exactRule = Self.number(&at) }
    if contents.contains(.subtreeRule) { subtreeRule = Self.number(&at) }
    if contents.contains(.protectedBelow) { protectedBelow = Self.number(&at) }
    let length = Int(start.load(fromByteOffset: 1, as: UInt8.self))
    name = UnsafeRawBufferPointer(start: at, count: length)
  }

  @inline(__always)
  private static func number(_ at: inout UnsafeRawPointer) -> UInt32 {
    defer { at += 4 }
    return UInt32(littleEndian: at.loadUnaligned(as: UInt32.self))
  }

  /// Writes the record; `size` octets must be free there.
  func write(to start: UnsafeMutableRawPointer) {
    start.storeBytes(of: contents.rawValue, as: UInt8.self)
    start.storeBytes(of: UInt8(name.count), toByteOffset: 1, as: UInt8.self)
    var at = start + 2
    func put(_ number: UInt32) {
      at.storeBytes(of: number.littleEndian, as: UInt32.self)
      at += 4
    }
    if contents.contains(.exactRule) { put(exactRule) }
    if contents.contains(.subtreeRule) { put(subtreeRule) }
    if contents.contains(.protectedBelow) { put(protectedBelow) }
    UnsafeMutableRawBufferPointer(start: at, count: name.count).copyMemory(from: name)
  }

  /// Takes in a later record of the same name; its rules replace, its protections add.
  mutating func merge(_ later: NameRecord) {
    if later.contents.contains(.exactRule) { exactRule = later.exactRule }
    if later.contents.contains(.subtreeRule) { subtreeRule = later.subtreeRule }
    protectedBelow += later.protectedBelow
    contents.formUnion(later.contents)
  }

  /// Whether two records are about the same name.
  @inline(__always)
  func hasName(_ other: UnsafeRawBufferPointer) -> Bool {
    guard name.count == other.count, let one = name.baseAddress, let two = other.baseAddress
    else { return false }
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
