internal import Crypto

extension Digest {
  /// The SHA-256 hash of `bytes` (FIPS 180-4).
  public static func sha256(of bytes: [UInt8]) -> Digest {
    sha256(of: bytes, after: [])
  }

  /// The SHA-256 hash of `prefix` followed by `bytes`, without joining the two.
  public static func sha256(of bytes: [UInt8], after prefix: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(data: prefix)
    hash.update(data: bytes)
    return Digest(hash.finalize())
  }
}
