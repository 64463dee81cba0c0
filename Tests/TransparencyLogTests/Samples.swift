import TransparencyLog

/// A small generator (SplitMix64), so that every run draws the same numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
  }
}

/// The leaves "entry 0", "entry 1" and so on, hashed.
func sampleLeaves(_ count: Int) -> [Digest] {
  (0..<count).map { TreeHash.leaf(Array("entry \($0)".utf8)) }
}

/// The definitions of RFC 6962, Section 2.1, word for word and slow.
enum SlowTree {
  static func root(_ leaves: ArraySlice<Digest>) -> Digest {
    guard leaves.count > 1 else { return leaves.first ?? TreeHash.empty }
    let middle = leaves.startIndex + split(leaves.count)
    return TreeHash.node(root(leaves[..<middle]), root(leaves[middle...]))
  }

  static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let count = split(leaves.count)
    let middle = leaves.startIndex + count
    return index < count
      ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
      : path(index - count, leaves[middle...]) + [root(leaves[..<middle])]
  }

  static func proof(_ oldCount: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    subproof(oldCount, leaves, isWholeTree: true)
  }

  private static func subproof(
    _ oldCount: Int, _ leaves: ArraySlice<Digest>, isWholeTree: Bool
  ) -> [Digest] {
    if oldCount == leaves.count { return isWholeTree ? [] : [root(leaves)] }
    let count = split(leaves.count)
    let middle = leaves.startIndex + count
    return oldCount <= count
      ? subproof(oldCount, leaves[..<middle], isWholeTree: isWholeTree)
        + [root(leaves[middle...])]
      : subproof(oldCount - count, leaves[middle...], isWholeTree: false)
        + [root(leaves[..<middle])]
  }

  private static func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}

/// A tree that counts how many nodes are read from it.
final class CountingTree: TreeNodes {
  private let tree: InMemoryTree
  private(set) var reads = 0

  init(_ tree: InMemoryTree) {
    self.tree = tree
  }

  func node(level: Int, index: UInt64) throws -> Digest {
    reads += 1
    return try tree.node(level: level, index: index)
  }

  func readsDuring(_ work: () throws -> Void) rethrows -> Int {
    reads = 0
    try work()
    return reads
  }
}

extension Digest {
  /// The digest with one of its 256 bits turned over.
  func flipping(bit: Int) -> Digest {
    var bytes = bytes
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return Digest(bytes: bytes)!
  }
}
