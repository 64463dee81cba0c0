internal import Crypto

// Safety: `withUnsafeBytes` lends the digest's storage for the length of the closure, which keeps
// no pointer to it. The storage has exactly 32 bytes (FIPS 180-4), so the four loads of 8 bytes at
// 0, 8, 16 and 24 stay inside it; `loadUnaligned` asks for no alignment, and every bit pattern is
// a valid UInt64.
extension Digest {
  /// Takes what Crypto computed, without copying it through an array.
  init(_ digest: SHA256Digest) {
    self = digest.withUnsafeBytes { bytes in
      Digest(
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)))
    }
  }
}
