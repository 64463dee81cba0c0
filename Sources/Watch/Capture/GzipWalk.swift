/// Walks through the members of a file as its octets come, and finds where the last whole one ends.
struct GzipWalk {
  private let stream: InflateStream
  private var scratch = [UInt8](repeating: 0, count: 64 << 10)
  private var position = 0
  /// Where the last whole member ends, counted from the first octet given.
  private(set) var end = 0
  /// Whether what follows the last whole member can be no member.
  private(set) var isBroken = false

  /// Nil where the library has no memory.
  init?() {
    guard let stream = InflateStream(.gzip) else { return nil }
    self.stream = stream
  }

  /// Takes the next octets.
  mutating func take(_ octets: [UInt8]) {
    var start = 0
    while start < octets.count, !isBroken {
      let step = stream.step(octets, from: start, into: &scratch, room: scratch.count)
      start += step.consumed
      position += step.consumed
      switch step.outcome {
      case .more:
        continue
      case .end:
        end = position
        isBroken = !stream.reset()
      case .stuck:
        isBroken = true
      }
    }
  }
}
