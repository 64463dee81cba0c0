/// Collects octets and hands them on in pieces, so that a large form never stands in memory whole.
struct ChunkedOutput<Failure: Error>: ~Copyable {
  private var pending: [UInt8] = []

  /// The octets of a piece; the last one is shorter.
  static var pieceLength: Int { 64 * 1024 }

  init() {
    pending.reserveCapacity(Self.pieceLength + 1024)
  }

  /// Adds a text; hands a piece on where one is full.
  mutating func append(
    _ text: String, to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    pending += text.utf8
    guard pending.count >= Self.pieceLength else { return }
    try sink(pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// Hands on what is left.
  consuming func finish(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    if !pending.isEmpty { try sink(pending) }
  }
}
