/// x
public struct Screener: Sendable {
  /// The most lines of a batch.
  public static let lineLimit = 10_000
  /// The most octets of a batch.
  public static let octetLimit = 8 << 20
}
