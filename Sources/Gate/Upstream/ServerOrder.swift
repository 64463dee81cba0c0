/// In which order servers are asked: as configured, but those that were silent of late come last.
///
/// Without this every query would wait for a dead first server. A silent server is passed over for one
/// second, then two, four and so on, up to a minute; one answer restores it.
struct ServerOrder: Sendable {
  private struct Silence {
    var count = 0
    var until: ContinuousClock.Instant
  }

  private var silences: [Silence?]

  /// The longest time a silent server is passed over.
  static let longestSilence = Duration.seconds(60)

  /// Starts with servers that are all thought well of.
  init(count: Int) {
    silences = Array(repeating: nil, count: count)
  }

  /// The places of all servers, those to ask first in front.
  func servers(at now: ContinuousClock.Instant) -> [Int] {
    let isSilent = silences.map { silence in silence.map { now < $0.until } ?? false }
    return silences.indices.filter { !isSilent[$0] } + silences.indices.filter { isSilent[$0] }
  }

  /// Takes how a try ended.
  mutating func note(_ reply: Reply, from server: Int, at now: ContinuousClock.Instant) {
    guard silences.indices.contains(server) else { return }
    if reply.showsLife {
      silences[server] = nil
    } else if reply.showsSilence {
      let count = min((silences[server]?.count ?? 0) + 1, 16)
      let pause = min(Duration.seconds(1 << (count - 1)), Self.longestSilence)
      silences[server] = Silence(count: count, until: now + pause)
    }
  }
}
