/// The number of a rule, given by the caller: 0 to 2³² − 2.
public typealias RuleNumber = UInt32

/// Which names an entry covers.
public enum Coverage: Sendable, Hashable, CaseIterable {
  /// The name itself and no other.
  case exact
  /// The name and every name below it.
  case subtree
}

/// An exact, immutable map from names and subtrees to rule numbers and protections.
///
/// It never answers for a name that it was not given: a match is decided by comparing all octets,
/// label by label. A protection beats every rule; among rules the most specific name wins.
///
/// The whole index is one flat stretch of memory without pointers inside, about 23 octets for a rule
/// with a name of usual length, and can be a file that is mapped into memory. A lookup allocates
/// nothing and touches no reference count. An index is a cheap value that shares its memory with its
/// copies.
public struct NameIndex: Sendable {
  // One word, so that the hot path copies no more on its way to what it reads.
  let storage: NameTableStorage

  /// Takes a finished table.
  init(storage: NameTableStorage) {
    self.storage = storage
  }

  @inline(__always)
  var table: NameTable { storage.table }

  @inline(__always)
  var hash: NameHash { storage.hash }

  /// An index without entries, whose key is known to everybody.
  ///
  /// To build on an empty index, take one from an empty ``Builder`` with a random key.
  public init() {
    self = Builder(key: Key(0, 0)).build()
  }

  /// The key of the hash, as it was given to ``Builder/init(key:expecting:spill:)``.
  public var key: Key { storage.header.key }

  /// The number of names that have a rule or a protection.
  public var count: Int { storage.header.listed }

  /// The octets of memory that the index occupies.
  public var memoryFootprint: Int { storage.byteCount }

  /// What the owner of the index had written beside the names.
  public var notes: [UInt8] { storage.notes }
}

extension NameIndex {
  /// The secret of the hash: 16 octets that nobody outside can know.
  ///
  /// It keeps a stranger from choosing names that all fall into one place of the table.
  public struct Key: Sendable, Hashable {
    let first: UInt64
    let second: UInt64

    /// Makes a key from two random numbers.
    public init(_ first: UInt64, _ second: UInt64) {
      self.first = first
      self.second = second
    }
  }
}

extension NameIndex {
  /// What the index holds for one name.
  public struct Entry: Sendable, Hashable {
    /// The name.
    public let name: DomainName
    /// The rule for the name itself.
    public internal(set) var exactRule: RuleNumber?
    /// The rule for the name and all below it.
    public internal(set) var subtreeRule: RuleNumber?
    /// Whether the name itself is protected.
    public internal(set) var isProtectedExact = false
    /// Whether the name and all below it are protected.
    public internal(set) var isProtectedSubtree = false
    /// How many protected names lie below this one.
    public internal(set) var protectedNamesBelow: UInt32 = 0

    /// Starts with nothing known about a name.
    init(name: DomainName) {
      self.name = name
    }

    /// Whether the name has a protection of its own.
    var isProtected: Bool { isProtectedExact || isProtectedSubtree }

    /// Whether the name has a rule or a protection of its own.
    var isListed: Bool { exactRule != nil || subtreeRule != nil || isProtected }
  }

  /// All names that have a rule or a protection, in no particular order.
  public var entries: some Sequence<Entry> {
    allEntries.lazy.filter(\.isListed)
  }

  /// The entries, and the names that only have protected names below them.
  var allEntries: UnfoldSequence<Entry, NameTableCursor> {
    sequence(state: NameTableCursor()) { [storage] cursor in storage.nextEntry(&cursor) }
  }

  /// What the index holds for exactly this name, or nil.
  func entry(for name: DomainName) -> Entry? {
    storage.entry(for: name)
  }
}
