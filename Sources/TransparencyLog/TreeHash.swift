/// The three hashes a Merkle tree is made of (RFC 6962, Section 2.1, with SHA-256).
///
/// Leaves and nodes are hashed with different first bytes, so that no node can pass for a leaf.
public enum TreeHash {
  /// The largest tree this room works with: 2^63 − 1 leaves, so that a size fits a signed integer.
  public static let maximumSize = UInt64(Int64.max)

  /// The root of the tree without leaves: SHA-256 of nothing.
  public static let empty = Digest.sha256(of: [])

  private static let leafPrefix: [UInt8] = [0x00]
  private static let nodePrefix: [UInt8] = [0x01]

  /// The hash of a leaf: SHA-256(0x00 || bytes).
  public static func leaf(_ bytes: [UInt8]) -> Digest {
    Digest.sha256(of: bytes, after: leafPrefix)
  }

  /// The hash of an inner node: SHA-256(0x01 || left || right).
  public static func node(_ left: Digest, _ right: Digest) -> Digest {
    var children: [UInt8] = []
    children.reserveCapacity(2 * Digest.byteCount)
    left.append(to: &children)
    right.append(to: &children)
    return Digest.sha256(of: children, after: nodePrefix)
  }
}
