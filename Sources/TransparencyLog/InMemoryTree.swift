/// A whole tree in memory, for tests and small logs: 64 bytes a leaf.
public struct InMemoryTree: TreeNodes, Sendable {
  /// The right edge, with size and root.
  public private(set) var frontier = TreeFrontier()

  /// The hashes of each level, from the leaves up; a level holds its perfect subtrees only.
  private var levels: [[Digest]] = []

  /// The empty tree.
  public init() {}

  /// The tree over `leaves`, which are leaf hashes.
  public init(leaves: some Sequence<Digest>) {
    for leaf in leaves {
      append(leaf)
    }
  }

  /// Appends a leaf hash.
  public mutating func append(_ leaf: Digest) {
    for node in frontier.append(leaf) {
      if node.level == levels.count {
        levels.append([])
      }
      levels[node.level].append(node.digest)
    }
  }

  /// The hash of a perfect subtree.
  ///
  /// - Throws: `MissingNode` if the tree does not hold the subtree.
  public func node(level: Int, index: UInt64) throws(MissingNode) -> Digest {
    guard levels.indices.contains(level), index < UInt64(levels[level].count) else {
      throw MissingNode(level: level, index: index)
    }
    return levels[level][Int(index)]
  }
}

/// A perfect subtree was asked for that the tree does not hold.
public struct MissingNode: Error, Sendable, Hashable, CustomStringConvertible {
  /// The level that was asked for.
  public let level: Int
  /// The index that was asked for.
  public let index: UInt64

  /// Says that the subtree at `level` and `index` is not there.
  public init(level: Int, index: UInt64) {
    self.level = level
    self.index = index
  }

  /// The error as a sentence.
  public var description: String {
    "the tree holds no subtree \(index) at level \(level): the size asked for is beyond it"
  }
}
