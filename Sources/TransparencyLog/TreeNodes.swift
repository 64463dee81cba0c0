/// What a store supplies so that roots and proofs can be computed: hashes of perfect subtrees.
public protocol TreeNodes {
  /// The hash of the perfect subtree over the 2^level leaves from `index · 2^level` on.
  ///
  /// Only subtrees that lie wholly inside the stored tree are asked for; level 0 holds the leaf
  /// hashes. A store throws its own error when it cannot answer.
  func node(level: Int, index: UInt64) throws -> Digest
}

extension TreeNodes {
  /// The right edge of the tree of the first `size` leaves.
  ///
  /// Reads one node for each bit set in `size`.
  ///
  /// - Throws: `FrontierError` if the size is too large, and what `node` throws.
  public func frontier(ofSize size: UInt64) throws -> TreeFrontier {
    guard size <= TreeHash.maximumSize else { throw FrontierError.treeTooLarge(size: size) }
    return try TreeFrontier(size: size, hashes: perfectSubtrees(of: 0..<size), root: nil)
  }

  /// The root of the tree of the first `size` leaves.
  ///
  /// Reads one node for each bit set in `size`.
  ///
  /// - Throws: `FrontierError` if the size is too large, and what `node` throws.
  public func root(ofSize size: UInt64) throws -> Digest {
    try frontier(ofSize: size).root
  }

  /// MTH(D[range]) of RFC 6962, Section 2.1, for the ranges that its definitions split off.
  ///
  /// The start of such a range is a multiple of a power of two that is no less than its length.
  func hash(of range: Range<UInt64>) throws -> Digest {
    TreeFrontier.fold(try perfectSubtrees(of: range))
  }

  private func perfectSubtrees(of range: Range<UInt64>) throws -> [Digest] {
    var subtrees: [Digest] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let remaining = range.upperBound - start
      let level = UInt64.bitWidth - 1 - remaining.leadingZeroBitCount
      subtrees.append(try node(level: level, index: start >> UInt64(level)))
      start += 1 << UInt64(level)
    }
    return subtrees
  }
}

/// The largest power of two below `count`: where RFC 6962, Section 2.1 splits a tree.
///
/// `count` is at least 2.
func splitPoint(of count: UInt64) -> UInt64 {
  1 << UInt64(UInt64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
}
