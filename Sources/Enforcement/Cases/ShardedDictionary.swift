/// A dictionary in small parts, so that changing a copy copies a few of them and not the whole.
///
/// The register is copied before each transaction, and the copy is changed; with one large
/// dictionary each would cost as much as there are cases or accounts. Here a change copies three
/// short arrays and a dictionary that holds a few of a million entries.
public struct ShardedDictionary<Key: Hashable & Sendable, Value: Hashable & Sendable>: Sendable {
  private typealias Twig = [Key: Value]
  private typealias Branch = [Twig]
  private typealias Bough = [Branch]

  /// Arrays below the first are empty until something stands in them.
  private var boughs: [Bough] = Array(repeating: [], count: Self.width)
  /// The number of values.
  public private(set) var count = 0

  /// Children of each node; a power of two.
  private static var width: Int { 64 }
  private static var bits: Int { 6 }

  /// An empty dictionary.
  public init() {}

  /// The value of a key.
  public subscript(key: Key) -> Value? {
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
        boughs[place.first][place.second] = Array(repeating: [:], count: Self.width)
      }
      let before = boughs[place.first][place.second][place.third].count
      defer { count += boughs[place.first][place.second][place.third].count - before }
      yield &boughs[place.first][place.second][place.third][key]
    }
  }

  /// Whether there is nothing.
  public var isEmpty: Bool { count == 0 }

  /// All values, in no order that counts.
  public var values: some Sequence<Value> { twigs.lazy.flatMap(\.values) }

  /// All keys, in no order that counts.
  public var keys: some Sequence<Key> { twigs.lazy.flatMap(\.keys) }

  private var twigs: some Sequence<Twig> { boughs.lazy.joined().joined() }

  /// Where a key stands.
  private struct Place {
    let first: Int
    let second: Int
    let third: Int

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
      twig.allSatisfy { right[$0.key] == $0.value }
    }
  }

  /// Feeds the number of values in, which no order can change.
  public func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
