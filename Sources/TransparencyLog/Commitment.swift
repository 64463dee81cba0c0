/// The 32 random bytes that hide a committed value, fresh for each value.
///
/// While the salt is secret, the commitment cannot be confirmed by guessing values; once it is
/// erased, never again. Its description does not show it.
public struct CommitmentSalt: Sendable, CustomStringConvertible, CustomReflectable {
  /// The number of bytes in a salt.
  public static let byteCount = 32

  /// The 32 bytes, to be stored beside the value they hide.
  public let bytes: [UInt8]

  /// Takes exactly 32 bytes from a generator fit for keys; `nil` for any other number.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// A fixed text: the salt is a secret.
  public var description: String { "salt (not shown)" }

  /// A mirror without children, so that `dump` shows no salt either.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A hash that binds the log to a value without showing it.
///
/// SHA-256("cordon/commit/v1" || 0x00 || salt || bytes). Binding for ever; hiding while the salt is
/// secret. The salt's length is fixed, so no two pairs of salt and value run together alike.
public struct Commitment: Sendable, Hashable, CustomStringConvertible {
  /// The commitment itself, which may be published.
  public let digest: Digest

  private static let domain = Array("cordon/commit/v1".utf8) + [0x00]

  /// Takes a commitment that was made before.
  public init(digest: Digest) {
    self.digest = digest
  }

  /// Commits to `bytes`: the canonical bytes of one value.
  public init(to bytes: [UInt8], salt: CommitmentSalt) {
    digest = Digest.sha256(of: bytes, after: Self.domain + salt.bytes)
  }

  /// Whether this is the commitment to `bytes` under `salt`.
  ///
  /// The time it takes does not depend on how far a wrong guess comes close.
  public func opens(with bytes: [UInt8], salt: CommitmentSalt) -> Bool {
    digest.equalsInConstantTime(Commitment(to: bytes, salt: salt).digest)
  }

  /// The commitment as 64 hexadecimal digits.
  public var description: String { digest.hex }
}
