/// A dictionary in parts, so that changing a copy copies a part and not the whole.
///
/// The register is copied before each transaction, and the copy is changed; with one large
/// dictionary each would cost as much as there are cases.
public struct ShardedDictionary<Key: Hashable & Sendable, Value: Hashable & Sendable>: Sendable,
  Hashable
{
  private var shards: [[Key: Value]] = Array(repeating: [:], count: Self.shardCount)

  private static var shardCount: Int { 64 }

  /// An empty dictionary.
  public init() {}

  /// The value of a key.
  public subscript(key: Key) -> Value? {
    get { shards[Self.shard(of: key)][key] }
    _modify { yield &shards[Self.shard(of: key)][key] }
  }

  /// The number of values.
  public var count: Int { shards.reduce(0) { $0 + $1.count } }

  /// Whether there is nothing.
  public var isEmpty: Bool { shards.allSatisfy(\.isEmpty) }

  /// All values, in no order that counts.
  public var values: some Sequence<Value> { shards.lazy.flatMap(\.values) }

  /// All keys, in no order that counts.
  public var keys: some Sequence<Key> { shards.lazy.flatMap(\.keys) }

  private static func shard(of key: Key) -> Int { key.hashValue & (shardCount - 1) }
}
