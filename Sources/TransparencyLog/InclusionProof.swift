/// Proof that a leaf stands at an index of the tree of a given size.
///
/// A value has the right number of hashes for its index and size; whether they lead to the root is
/// what `verify` decides. A root says nothing of the tree's size: take size and root from the same
/// verified checkpoint, and never the size from whoever brings the proof.
public struct InclusionProof: Sendable, Hashable {
  /// The number of the leaf, from 0.
  public let index: UInt64
  /// The number of leaves in the tree.
  public let size: UInt64
  /// The sibling hashes, from the leaf's up to the root's child (RFC 6962, Section 2.1.1).
  public let path: [Digest]

  /// Takes the parts of a proof.
  ///
  /// - Throws: `ProofError` if the index is outside the tree or the path is too short or too long.
  public init(index: UInt64, size: UInt64, path: [Digest]) throws(ProofError) {
    guard size <= TreeHash.maximumSize else { throw .treeTooLarge(size: size) }
    guard index < size else { throw .indexOutsideTree(index: index, size: size) }
    try ProofError.check(path, expected: siblingCount(first: index, last: size - 1))
    self.index = index
    self.size = size
    self.path = path
  }

  /// Verifies that the leaf with this hash stands at `index` of the tree with this root.
  ///
  /// - Throws: `ProofError.rootMismatch` if it does not.
  public func verify(leaf: Digest, root: Digest) throws(ProofError) {
    let computed = self.root(above: leaf)
    guard computed == root else {
      throw .rootMismatch(size: size, expected: root, computed: computed)
    }
  }

  /// The root that the path leads to from `leaf` (RFC 9162, Section 2.1.3.2).
  ///
  /// The algorithm's refusals of short and long paths were decided by `init`.
  public func root(above leaf: Digest) -> Digest {
    var (first, last) = (index, size - 1)
    var computed = leaf
    for sibling in path {
      if !first.isMultiple(of: 2) || first == last {
        computed = TreeHash.node(sibling, computed)
        while first.isMultiple(of: 2), first != 0 {
          first >>= 1
          last >>= 1
        }
      } else {
        computed = TreeHash.node(computed, sibling)
      }
      first >>= 1
      last >>= 1
    }
    return computed
  }
}

extension TreeNodes {
  /// Makes the proof that the leaf at `index` is in the tree of the first `size` leaves.
  ///
  /// Any size up to the stored one will do. Reads at most 2 · log₂ size nodes: one for each perfect
  /// sibling, and one for each part of the single sibling that is not perfect.
  ///
  /// - Throws: `ProofError` if the index is outside the tree, and what `node` throws.
  public func inclusionProof(of index: UInt64, inTreeOfSize size: UInt64) throws -> InclusionProof {
    guard size <= TreeHash.maximumSize else { throw ProofError.treeTooLarge(size: size) }
    guard index < size else { throw ProofError.indexOutsideTree(index: index, size: size) }
    var path: [Digest] = []
    var range = 0..<size
    while range.upperBound - range.lowerBound > 1 {
      let middle = range.lowerBound + splitPoint(of: range.upperBound - range.lowerBound)
      if index < middle {
        path.append(try hash(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try hash(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    return try InclusionProof(index: index, size: size, path: path.reversed())
  }
}
