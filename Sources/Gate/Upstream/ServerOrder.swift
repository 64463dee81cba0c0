/// In which order servers are asked: the quickest first, those that were silent of late last.
///
/// Round trips are smoothed as in RFC 6298. Of servers that are about as quick as the quickest the one
/// configured first is preferred. A server that was not asked for a while is asked first once, so that
/// one that has become quicker is found. A silent server is passed over for one second, then two, four
/// and so on, up to a minute; one answer restores it.
struct ServerOrder: Sendable {
  private struct Silence {
    var count = 0
    var until: ContinuousClock.Instant
  }

  private struct Standing {
    var silence: Silence?
    /// The smoothed time to an answer; nil before the first.
    var roundTrip: Duration?
    var lastAsked: ContinuousClock.Instant?
  }

  private var standings: [Standing]
  private var started: ContinuousClock.Instant?

  /// The longest time a silent server is passed over.
  static let longestSilence = Duration.seconds(60)
  /// A server that was not asked for so long is asked first once.
  static let probeInterval = Duration.seconds(10)
  /// How much slower than the quickest a preferred server may be: half as slow again, and this.
  static let tolerance = Duration.milliseconds(5)

  /// Starts with servers that are all thought well of.
  init(count: Int) {
    standings = Array(repeating: Standing(), count: count)
  }

  /// The places of all servers, those to ask first in front.
  mutating func servers(at now: ContinuousClock.Instant) -> [Int] {
    let start = started ?? now
    started = start
    let silent = standings.indices.filter { isSilent($0, at: now) }
    var heard = byQuickness(standings.indices.filter { !isSilent($0, at: now) })
    let overdue = heard.filter { place in
      now - (standings[place].lastAsked ?? start) >= Self.probeInterval
    }
    if let probed = overdue.max(by: { one, other in
      (standings[one].lastAsked ?? start) > (standings[other].lastAsked ?? start)
    }) {
      heard.removeAll { $0 == probed }
      heard.insert(probed, at: 0)
      // Whoever asks next asks the quickest: one probe is enough.
      standings[probed].lastAsked = now
    }
    return heard + silent
  }

  private func isSilent(_ server: Int, at now: ContinuousClock.Instant) -> Bool {
    standings[server].silence.map { now < $0.until } ?? false
  }

  private func byQuickness(_ servers: [Int]) -> [Int] {
    // One that was never heard is no worse than the quickest.
    let least = servers.compactMap { standings[$0].roundTrip }.min() ?? .zero
    let sorted = servers.sorted { one, other in
      let (left, right) = (standings[one].roundTrip ?? least, standings[other].roundTrip ?? least)
      return left == right ? one < other : left < right
    }
    let bound = least + least / 2 + Self.tolerance
    guard let preferred = servers.first(where: { (standings[$0].roundTrip ?? least) <= bound })
    else { return sorted }
    return [preferred] + sorted.filter { $0 != preferred }
  }

  /// Takes how a try ended.
  ///
  /// - Parameters:
  ///   - reply: how it ended.
  ///   - server: the server's place.
  ///   - duration: how long it took.
  ///   - now: when it ended.
  mutating func note(
    _ reply: Reply, from server: Int, after duration: Duration, at now: ContinuousClock.Instant
  ) {
    guard standings.indices.contains(server) else { return }
    standings[server].lastAsked = now
    if reply.showsLife {
      standings[server].silence = nil
      let known = standings[server].roundTrip ?? duration
      standings[server].roundTrip = known + (duration - known) / 8
    } else if reply.showsSilence {
      let count = min((standings[server].silence?.count ?? 0) + 1, 16)
      let pause = min(Duration.seconds(1 << (count - 1)), Self.longestSilence)
      standings[server].silence = Silence(count: count, until: now + pause)
    }
  }
}
