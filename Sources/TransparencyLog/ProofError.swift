/// Why a proof was refused, or could not be made.
public enum ProofError: Error, Sendable, Hashable {
  /// The index is not below the tree's size.
  case indexOutsideTree(index: UInt64, size: UInt64)
  /// The older tree is larger than the newer one.
  case sizesOutOfOrder(oldSize: UInt64, newSize: UInt64)
  /// The size is above `TreeHash.maximumSize`.
  case treeTooLarge(size: UInt64)
  /// The path is longer than any proof may be.
  case tooManyHashes(count: Int)
  /// The path is not as long as its index and size demand.
  case wrongHashCount(expected: Int, count: Int)
  /// The proof speaks of a tree of another size than the checkpoint.
  case wrongSize(expected: UInt64, actual: UInt64)
  /// The path leads to another root.
  case rootMismatch(size: UInt64, expected: Digest, computed: Digest)
}

extension ProofError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .indexOutsideTree(let index, let size):
      "index \(index) is outside a tree of size \(size)"
    case .sizesOutOfOrder(let oldSize, let newSize):
      "a tree of size \(oldSize) cannot be a beginning of one of size \(newSize)"
    case .treeTooLarge(let size):
      "tree size \(size) is above \(TreeHash.maximumSize), the largest supported"
    case .tooManyHashes(let count):
      "the proof has \(count) hashes; no proof has more than \(maximumProofLength)"
    case .wrongHashCount(let expected, let count):
      "the proof has \(count) hashes where its position demands \(expected)"
    case .wrongSize(let expected, let actual):
      "the proof is for a tree of size \(actual), the checkpoint for one of size \(expected)"
    case .rootMismatch(let size, let expected, let computed):
      "the proof leads to the root \(computed) at size \(size), not to \(expected)"
    }
  }
}

/// The most hashes a proof may have (c2sp.org/tlog-witness).
let maximumProofLength = 63

extension ProofError {
  static func check(_ path: [Digest], expected: Int) throws(ProofError) {
    guard path.count <= maximumProofLength else { throw .tooManyHashes(count: path.count) }
    guard path.count == expected else {
      throw .wrongHashCount(expected: expected, count: path.count)
    }
  }
}

/// The number of siblings on the way up from leaf `first` in a tree whose last leaf is `last`.
///
/// Up to the level where both share a parent every level has a sibling; above it, only those where
/// the way comes from the right.
func siblingCount(first: UInt64, last: UInt64) -> Int {
  let inner = UInt64.bitWidth - (first ^ last).leadingZeroBitCount
  return inner + (first >> UInt64(inner)).nonzeroBitCount
}
