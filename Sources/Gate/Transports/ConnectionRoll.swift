internal import NIOCore
internal import Synchronization

/// The connections of all doors: how many there are, and which has been still for longest.
///
/// It is kept in memory for as long as they are open, and nowhere else.
final class ConnectionRoll: Sendable {
  let limits: StreamLimits

  fileprivate struct State {
    var places: [ObjectIdentifier: Place] = [:]
    var counts: [ClientAddress: Int] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())
  private let unsent = Atomic<Int>(0)

  init(limits: StreamLimits) {
    self.limits = limits
  }

  /// One connection's place.
  final class Place: Sendable {
    let client: ClientAddress
    fileprivate let end: @Sendable (Ending) -> Void
    private let progress: Atomic<UInt64>
    private let waits = Atomic<Bool>(false)

    fileprivate init(
      client: ClientAddress, now: NIODeadline, end: @escaping @Sendable (Ending) -> Void
    ) {
      self.client = client
      self.end = end
      progress = Atomic(now.uptimeNanoseconds)
    }

    /// Notes how the connection stands.
    func note(_ conversation: Conversation) {
      progress.store(conversation.lastProgress.uptimeNanoseconds, ordering: .relaxed)
      waits.store(conversation.isWaitedFor, ordering: .relaxed)
    }

    /// When the client last got on; nil while it waits for us.
    fileprivate var stillSince: UInt64? {
      waits.load(ordering: .relaxed) ? nil : progress.load(ordering: .relaxed)
    }
  }

  /// How a connection is ended from outside.
  enum Ending: Sendable {
    /// What came is answered still.
    case gently
    /// At once.
    case now
  }

  /// How many connections there are.
  var count: Int { state.withLock { $0.places.count } }

  /// Octets of answers that clients have not taken, in all.
  var unsentOctets: Int { unsent.load(ordering: .relaxed) }

  /// A place for a connection; nil where its client has all it may have, or nobody can make room.
  ///
  /// Where all places are taken, the connection that has been still for longest is ended: so idle
  /// and slow clients keep nobody out, however many they are.
  func enter(
    _ client: ClientAddress, at now: NIODeadline, end: @escaping @Sendable (Ending) -> Void
  ) -> Place? {
    let (place, ended) = state.withLock { state -> (Place?, Place?) in
      guard !state.isClosed,
        state.counts[client.network, default: 0] < limits.connectionsPerClient
      else { return (nil, nil) }
      var ended: Place?
      if state.places.count >= limits.connections {
        guard let stillest = state.stillest else { return (nil, nil) }
        state.remove(stillest)
        ended = stillest
      }
      let place = Place(client: client, now: now, end: end)
      state.places[ObjectIdentifier(place)] = place
      state.counts[client.network, default: 0] += 1
      return (place, ended)
    }
    ended?.end(.now)
    return place
  }

  /// Gives a place back; again does nothing.
  func leave(_ place: Place) {
    state.withLock { $0.remove(place) }
  }

  /// Ends all connections, and lets no more in.
  func endAll(_ ending: Ending) {
    let places = state.withLock { state in
      state.isClosed = true
      return Array(state.places.values)
    }
    for place in places { place.end(ending) }
  }

  /// Counts octets of answers that clients have not taken; false where there are too many in all.
  func addUnsent(_ octets: Int) -> Bool {
    unsent.add(octets, ordering: .relaxed).newValue <= StreamLimits.overfullOctetsInAll
  }
}

extension ConnectionRoll.State {
  fileprivate mutating func remove(_ place: ConnectionRoll.Place) {
    guard places.removeValue(forKey: ObjectIdentifier(place)) != nil else { return }
    let left = counts[place.client.network, default: 1] - 1
    counts[place.client.network] = left > 0 ? left : nil
  }

  fileprivate var stillest: ConnectionRoll.Place? {
    var stillest: (place: ConnectionRoll.Place, since: UInt64)?
    for place in places.values {
      guard let since = place.stillSince else { continue }
      if stillest.map({ since < $0.since }) ?? true { stillest = (place, since) }
    }
    return stillest?.place
  }
}

extension ClientAddress {
  /// What counts as one client: an IPv4 address, or the network of an IPv6 one, of which a
  /// subscriber has at least 64 bits to choose from.
  fileprivate var network: ClientAddress {
    ipv4 == nil ? ClientAddress(high: high, low: 0) : self
  }
}
