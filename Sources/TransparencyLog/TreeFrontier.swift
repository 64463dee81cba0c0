/// The hash of a perfect subtree, with its place in the tree.
///
/// It covers the 2^level leaves from `index · 2^level` on; level 0 holds the leaf hashes. Once
/// complete, a perfect subtree never changes, so a store may keep its hash for ever.
public struct TreeNode: Sendable, Hashable {
  /// The height of the subtree: 0 for a leaf.
  public let level: Int
  /// The number of the subtree among those of its level, from the left, from 0.
  public let index: UInt64
  /// The subtree's Merkle tree hash.
  public let digest: Digest

  /// Names the hash of the perfect subtree at `level` and `index`.
  public init(level: Int, index: UInt64, digest: Digest) {
    self.level = level
    self.index = index
    self.digest = digest
  }
}

/// The right edge of a tree: all that is needed to append leaves and to know the root.
///
/// It holds one hash for each bit set in `size`, so at most 63, whatever the number of leaves.
public struct TreeFrontier: Sendable, Hashable {
  /// The number of leaves.
  public private(set) var size: UInt64

  /// The hashes of the perfect subtrees that make up the tree, from the left, the largest first.
  public private(set) var hashes: [Digest]

  /// The edge of the empty tree.
  public init() {
    size = 0
    hashes = []
  }

  /// Restores an edge from its parts.
  ///
  /// - Parameters:
  ///   - size: the number of leaves.
  ///   - hashes: one for each bit set in `size`, that of the highest bit first.
  ///   - root: the root the edge must have, from a source that is trusted (a checkpoint); `nil`
  ///     takes the hashes as they are.
  /// - Throws: `FrontierError` if the parts do not belong together.
  public init(size: UInt64, hashes: [Digest], root: Digest?) throws(FrontierError) {
    guard size <= TreeHash.maximumSize else { throw .treeTooLarge(size: size) }
    guard hashes.count == size.nonzeroBitCount else {
      throw .wrongHashCount(size: size, count: hashes.count)
    }
    self.size = size
    self.hashes = hashes
    if let root, self.root != root {
      throw .rootMismatch(size: size, expected: root, computed: self.root)
    }
  }

  /// The root of the tree: the hashes folded from the right (RFC 6962, Section 2.1).
  public var root: Digest {
    Self.fold(hashes)
  }

  /// Appends a leaf and reports each perfect subtree it completes, from the leaf upwards.
  ///
  /// Costs one node hash for each report after the first: one on average, at most 63.
  ///
  /// - Parameter leaf: the leaf's hash (`TreeHash.leaf`).
  /// - Returns: the leaf itself as level 0, then the subtrees it completes, level by level.
  public mutating func append(_ leaf: Digest) -> [TreeNode] {
    var node = TreeNode(level: 0, index: size, digest: leaf)
    var completed = [node]
    // An odd index is a right child: its left sibling is the last hash of the edge.
    while !node.index.isMultiple(of: 2), let left = hashes.popLast() {
      node = TreeNode(
        level: node.level + 1, index: node.index / 2,
        digest: TreeHash.node(left, node.digest))
      completed.append(node)
    }
    hashes.append(node.digest)
    size += 1
    return completed
  }

  /// The hash of a tree that is made of perfect subtrees of falling size.
  static func fold(_ subtrees: [Digest]) -> Digest {
    guard var root = subtrees.last else { return TreeHash.empty }
    for left in subtrees.dropLast().reversed() {
      root = TreeHash.node(left, root)
    }
    return root
  }
}

/// Why a right edge could not be restored.
public enum FrontierError: Error, Sendable, Hashable {
  /// The size is above `TreeHash.maximumSize`.
  case treeTooLarge(size: UInt64)
  /// The number of hashes is not the number of bits set in the size.
  case wrongHashCount(size: UInt64, count: Int)
  /// The hashes do not fold to the root that was asked for.
  case rootMismatch(size: UInt64, expected: Digest, computed: Digest)
}

extension FrontierError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .treeTooLarge(let size):
      "tree size \(size) is above \(TreeHash.maximumSize), the largest supported"
    case .wrongHashCount(let size, let count):
      "the right edge of a tree of size \(size) has \(size.nonzeroBitCount) hashes, not \(count)"
    case .rootMismatch(let size, let expected, let computed):
      "the right edge of the tree of size \(size) has the root \(computed), not \(expected): "
        + "stored hashes and checkpoint do not belong together"
    }
  }
}
