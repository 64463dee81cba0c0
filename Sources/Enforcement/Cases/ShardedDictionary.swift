/// A dictionary in small parts, so that changing a copy copies a few of them and not the whole.
///
/// The register is copied before each transaction, and the copy is changed; with one large
/// dictionary each would cost as much as there are cases or accounts. Here a change copies three
/// short arrays, the last of which holds a few of a million entries.
///
/// Open to inlining: where other rooms look values up, code for any type would copy each value that
/// it compares a key with.
public struct ShardedDictionary<Key: Hashable & Sendable, Value: Hashable & Sendable>: Sendable {
  @usableFromInline typealias Branch = [Twig]
  @usableFromInline typealias Bough = [Branch]

  /// Arrays below the first are empty until something stands in them.
  @usableFromInline var boughs: [Bough] = Array(repeating: [], count: Self.width)
  @usableFromInline var stored = 0

  /// The number of values.
  @inlinable public var count: Int { stored }

  /// Children of each node; a power of two.
  @inlinable static var width: Int { 64 }
  @inlinable static var bits: Int { 6 }

  /// An empty dictionary.
  public init() {}

  /// The value of a key.
  @inlinable public subscript(key: Key) -> Value? {
    get {
      let place = Place(key)
      let bough = boughs[place.first]
      guard !bough.isEmpty else { return nil }
      let branch = bough[place.second]
      return branch.isEmpty ? nil : branch[place.third][key]
    }
    _modify {
      let place = Place(key)
      if boughs[place.first].isEmpty {
        boughs[place.first] = Array(repeating: [], count: Self.width)
      }
      if boughs[place.first][place.second].isEmpty {
        boughs[place.first][place.second] = Array(repeating: Twig(), count: Self.width)
      }
      let before = boughs[place.first][place.second][place.third].pairs.count
      defer { stored += boughs[place.first][place.second][place.third].pairs.count - before }
      yield &boughs[place.first][place.second][place.third][key]
    }
  }

  /// Whether there is nothing.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// All values, in no order that counts.
  @inlinable public var values: some Sequence<Value> { twigs.lazy.flatMap(\.pairs).map(\.value) }

  /// All keys, in no order that counts.
  @inlinable public var keys: some Sequence<Key> { twigs.lazy.flatMap(\.pairs).map(\.key) }

  @inlinable var twigs: some Sequence<Twig> { boughs.lazy.joined().joined() }

  /// A few pairs, in no order that counts: searched one by one, and with no room to spare, since a
  /// hashed table of a few large values is half empty.
  @usableFromInline
  struct Twig: Sendable {
    @usableFromInline
    struct Pair: Sendable {
      @usableFromInline let key: Key
      @usableFromInline var value: Value

      @inlinable
      init(key: Key, value: Value) {
        self.key = key
        self.value = value
      }
    }

    @usableFromInline var pairs: [Pair] = []

    @inlinable
    init() {}

    @inlinable subscript(key: Key) -> Value? {
      get { pairs.first { $0.key == key }?.value }
      _modify {
        // Taken out for the time of the change, so that the value is not copied.
        var value: Value?
        if let place = pairs.firstIndex(where: { $0.key == key }) {
          pairs.swapAt(place, pairs.count - 1)
          value = pairs.removeLast().value
        }
        defer {
          if let value {
            if pairs.count == pairs.capacity { pairs.reserveCapacity(pairs.count + 1) }
            pairs.append(Pair(key: key, value: value))
          }
        }
        yield &value
      }
    }
  }

  /// Where a key stands.
  @usableFromInline
  struct Place {
    @usableFromInline let first: Int
    @usableFromInline let second: Int
    @usableFromInline let third: Int

    @inlinable
    init(_ key: Key) {
      let hash = key.hashValue
      let mask = ShardedDictionary.width - 1
      first = hash & mask
      second = (hash >> ShardedDictionary.bits) & mask
      third = (hash >> (2 * ShardedDictionary.bits)) & mask
    }
  }
}

extension ShardedDictionary: Hashable {
  /// Whether both have the same values for the same keys.
  public static func == (left: Self, right: Self) -> Bool {
    guard left.count == right.count else { return false }
    return left.twigs.allSatisfy { twig in
      twig.pairs.allSatisfy { right[$0.key] == $0.value }
    }
  }

  /// Feeds the number of values in, which no order can change.
  public func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
