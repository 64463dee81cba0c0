internal import Synchronization

/// What one page may use of the network, and what it has used.
struct EgressBounds: Sendable, Hashable {
  /// The most octets in both directions together.
  var octets = 48 << 20
  /// The most connections in all.
  var connections = 256
  /// The most connections at a time.
  var openConnections = 48
}

/// The account of one page's use of the network.
final class EgressLedger: Sendable {
  /// The most refused hosts that are kept by name.
  static let refusedLimit = 64

  struct Entries: Sendable, Hashable {
    /// The octets that have passed, in both directions.
    var octets = 0
    var connections = 0
    /// The hosts that were refused, as `host:port`, each once, in order.
    var refused: [String] = []
    /// The hosts that could not be resolved or reached, likewise.
    var unreachable: [String] = []
    /// Whether a bound was met: what came after it did not pass.
    var isSpent = false
  }

  private let bounds: EgressBounds
  private let state = Mutex(Entries())

  init(bounds: EgressBounds) {
    self.bounds = bounds
  }

  var entries: Entries { state.withLock { $0 } }

  /// Counts a connection; false where there may be no more.
  func countConnection() -> Bool {
    state.withLock { entries in
      guard entries.connections < bounds.connections, !entries.isSpent else {
        entries.isSpent = true
        return false
      }
      entries.connections += 1
      return true
    }
  }

  /// Counts octets; false where these are too many, and may not pass.
  func count(octets: Int) -> Bool {
    state.withLock { entries in
      guard !entries.isSpent, entries.octets + octets <= bounds.octets else {
        entries.isSpent = true
        return false
      }
      entries.octets += octets
      return true
    }
  }

  func noteRefused(_ place: String) {
    state.withLock { Self.note(place, in: &$0.refused) }
  }

  func noteUnreachable(_ place: String) {
    state.withLock { Self.note(place, in: &$0.unreachable) }
  }

  private static func note(_ place: String, in list: inout [String]) {
    guard list.count < refusedLimit, !list.contains(place) else { return }
    list.append(place)
  }
}
