internal import Crypto

/// A page's place within its site: the first eight octets of the SHA-256 of its canonical URL.
///
/// Within a site of at most 100,000 pages two of them share a key with a chance below one in three
/// thousand million; and nobody can make one that hides another without 2^64 tries.
public struct PageKey: Sendable, Hashable {
  /// The key as the store keeps it.
  public let number: Int64

  /// The key of a canonical URL.
  public init(url: String) {
    let digest = SHA256.hash(data: Array(url.utf8))
    number = digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }

  /// Takes a key from the store.
  public init(number: Int64) {
    self.number = number
  }
}
