public import TransparencyLog

/// A value that may be about a person: it stands beside an entry, never in it.
///
/// The leaf has a salted commitment to it, so value and salt can be erased and every proof holds.
public struct SealedField: Sendable {
  /// Which field of the entry it is.
  public let name: String
  /// What hides the value in its commitment.
  public let salt: CommitmentSalt
  /// Canonical JSON.
  public let value: [UInt8]

  /// The commitment that stands in the leaf.
  public var commitment: Commitment { Commitment(to: value, salt: salt) }
}

/// An entry of the record: the leaf that is hashed, and what stands sealed beside it.
struct Entry: Sendable {
  /// Canonical JSON, at most 65,535 octets (C2SP tlog-tiles).
  let leaf: [UInt8]
  let sealed: [SealedField]

  static let maximumLeaf = 65_535

  var hash: Digest { TreeHash.leaf(leaf) }
}

/// Where salts and nonces come from: octets that nobody can foretell.
public struct RandomOctets: Sendable {
  private let source: @Sendable (Int) -> [UInt8]

  /// Takes a source; tests give one that repeats itself.
  public init(source: @escaping @Sendable (Int) -> [UInt8]) {
    self.source = source
  }

  /// So many octets.
  public func octets(_ count: Int) -> [UInt8] { source(count) }

  /// The system's generator.
  public static let system = RandomOctets(source: systemOctets)
}
