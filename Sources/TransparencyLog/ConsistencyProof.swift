/// Proof that an older tree is the beginning of a newer one: nothing was changed or removed.
///
/// A value has the right number of hashes for its two sizes; whether they lead to the two roots is
/// what `verify` decides.
public struct ConsistencyProof: Sendable, Hashable {
  /// The number of leaves in the older tree.
  public let oldSize: UInt64
  /// The number of leaves in the newer tree, no less than `oldSize`.
  public let newSize: UInt64
  /// The hashes (RFC 6962, Section 2.1.2); none if the sizes are equal or the older tree is empty.
  public let path: [Digest]

  /// Takes the parts of a proof.
  ///
  /// - Throws: `ProofError` if the sizes are out of order or the path is too short or too long.
  public init(oldSize: UInt64, newSize: UInt64, path: [Digest]) throws(ProofError) {
    guard newSize <= TreeHash.maximumSize else { throw .treeTooLarge(size: newSize) }
    guard oldSize <= newSize else { throw .sizesOutOfOrder(oldSize: oldSize, newSize: newSize) }
    try ProofError.check(path, expected: Self.hashCount(oldSize: oldSize, newSize: newSize))
    self.oldSize = oldSize
    self.newSize = newSize
    self.path = path
  }

  /// Verifies that the tree with the old root is a beginning of the tree with the new root.
  ///
  /// - Throws: `ProofError.rootMismatch` for the size whose root the path does not lead to.
  public func verify(oldRoot: Digest, newRoot: Digest) throws(ProofError) {
    let computed = roots(oldRoot: oldRoot, newRoot: newRoot)
    guard computed.old == oldRoot else {
      throw .rootMismatch(size: oldSize, expected: oldRoot, computed: computed.old)
    }
    guard computed.new == newRoot else {
      throw .rootMismatch(size: newSize, expected: newRoot, computed: computed.new)
    }
  }

  /// The roots that the path leads to (RFC 9162, Section 2.1.4.2).
  ///
  /// The algorithm's refusals of short and long paths were decided by `init`.
  private func roots(oldRoot: Digest, newRoot: Digest) -> (old: Digest, new: Digest) {
    guard oldSize > 0 else { return (TreeHash.empty, newSize == 0 ? TreeHash.empty : newRoot) }
    guard oldSize < newSize else { return (oldRoot, oldRoot) }

    let level = UInt64(oldSize.trailingZeroBitCount)
    var (first, last) = ((oldSize - 1) >> level, (newSize - 1) >> level)
    var siblings = path[...]
    // An old tree that is one perfect subtree is its own first hash.
    let start = oldSize.nonzeroBitCount == 1 ? oldRoot : siblings.popFirst() ?? oldRoot
    var (old, new) = (start, start)
    for sibling in siblings {
      if !first.isMultiple(of: 2) || first == last {
        old = TreeHash.node(sibling, old)
        new = TreeHash.node(sibling, new)
        while first.isMultiple(of: 2), first != 0 {
          first >>= 1
          last >>= 1
        }
      } else {
        new = TreeHash.node(new, sibling)
      }
      first >>= 1
      last >>= 1
    }
    return (old, new)
  }

  private static func hashCount(oldSize: UInt64, newSize: UInt64) -> Int {
    guard oldSize > 0, oldSize < newSize else { return 0 }
    let level = UInt64(oldSize.trailingZeroBitCount)
    let start = oldSize.nonzeroBitCount == 1 ? 0 : 1
    return start + siblingCount(first: (oldSize - 1) >> level, last: (newSize - 1) >> level)
  }
}

extension TreeNodes {
  /// Makes the proof that the first `oldSize` leaves are a beginning of the first `newSize`.
  ///
  /// Any sizes up to the stored one will do. Reads at most 2 · log₂ newSize + 1 nodes, for the same
  /// reason as an inclusion proof.
  ///
  /// - Throws: `ProofError` if the sizes are out of order, and what `node` throws.
  public func consistencyProof(
    from oldSize: UInt64, to newSize: UInt64
  ) throws -> ConsistencyProof {
    guard newSize <= TreeHash.maximumSize else { throw ProofError.treeTooLarge(size: newSize) }
    guard oldSize <= newSize else {
      throw ProofError.sizesOutOfOrder(oldSize: oldSize, newSize: newSize)
    }
    guard oldSize > 0, oldSize < newSize else {
      return try ConsistencyProof(oldSize: oldSize, newSize: newSize, path: [])
    }
    var path: [Digest] = []
    var range = 0..<newSize
    while range.upperBound != oldSize {
      let middle = range.lowerBound + splitPoint(of: range.upperBound - range.lowerBound)
      if oldSize <= middle {
        path.append(try hash(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try hash(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    // The last subtree ends where the old tree ends; if it is the whole old tree, its hash is known.
    if range.lowerBound > 0 {
      path.append(try hash(of: range))
    }
    return try ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path.reversed())
  }
}
