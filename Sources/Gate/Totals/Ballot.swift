internal import DNSWire
public import DomainNames
public import Enforcement
internal import Synchronization

/// A rule that matched: the order, and the name as it stands in it.
public struct OrderMatch: Sendable, Hashable {
  /// The order.
  public var order: OrderID
  /// The name that the order blocks.
  public var name: DomainName

  /// Takes the parts.
  public init(order: OrderID, name: DomainName) {
    self.order = order
    self.name = name
  }
}

/// What was counted in a window.
public struct BallotCount: Sendable, Hashable {
  /// Queries that were counted.
  public var counted: Int
  /// How many of them each rule matched.
  public var matches: [OrderMatch: Int]

  /// Takes the counts.
  public init(counted: Int, matches: [OrderMatch: Int]) {
    self.counted = counted
    self.matches = matches
  }
}

/// Counts queries for the brake: of each network only a few a window, so that no asker outweighs
/// others, however much it asks.
///
/// It knows networks only as places in a table that begins anew with each window, under a new key:
/// nothing leads from it back to an address. Two networks that share a place share its votes.
final class Ballot: Sendable {
  /// The queries of a network (IPv4 /24, IPv6 /56) that are counted in a window.
  static let votes: UInt8 = 8
  /// The most rules that are told apart in a window.
  static let ruleLimit = 4_096

  private static let places = 1 << 16

  private struct State {
    var key = UInt64.random(in: .min ... .max)
    var asked = [UInt8](repeating: 0, count: Ballot.places)
    /// Names that were let pass and led into a blocked one are counted apart: what they matched is
    /// known only once they are resolved.
    var led = [UInt8](repeating: 0, count: Ballot.places)
    var count = BallotCount(counted: 0, matches: [:])
  }

  private let state = Mutex(State())
  /// Places whose votes of this window are used up.
  ///
  /// Most queries of a busy network are done with when that is seen, without the lock. What is seen of
  /// another window by chance only costs a vote, or the lock.
  private let spent = SpentVotes(places: Ballot.places)

  /// Takes a query, and the rule that blocks it, if one does.
  func cast(_ client: ClientAddress, matched rule: () -> OrderMatch?) {
    guard !spent.contain(Self.place(of: client, spent.key)) else { return }
    state.withLock { state in
      let place = Self.place(of: client, state.key)
      guard state.asked[place] < Self.votes else {
        spent.insert(place, key: state.key)
        return
      }
      state.asked[place] += 1
      state.count.counted += 1
      if let rule = rule() { Self.add(rule, to: &state.count) }
    }
  }

  /// Takes a query that was counted as let pass, and turned out to lead into a blocked name.
  func castAlias(_ client: ClientAddress, matched rule: () -> OrderMatch?) {
    state.withLock { state in
      let place = Self.place(of: client, state.key)
      guard state.led[place] < Self.votes, let rule = rule() else { return }
      state.led[place] += 1
      Self.add(rule, to: &state.count)
    }
  }

  /// Ends the window and begins the next.
  func close() -> BallotCount {
    let next = State()
    return state.withLock { state in
      defer { state = next }
      spent.removeAll()
      return state.count
    }
  }

  private static func add(_ rule: OrderMatch, to count: inout BallotCount) {
    guard count.matches[rule] != nil || count.matches.count < ruleLimit else { return }
    count.matches[rule, default: 0] += 1
  }

  private static func place(of client: ClientAddress, _ key: UInt64) -> Int {
    var hash = SipHash(key: (key, 0))
    hash.add(client.network)
    return Int(truncatingIfNeeded: hash.finish()) & (places - 1)
  }
}

extension ClientAddress {
  /// The network an asker is in: the first 24 bits of an IPv4 address, the first 56 of an IPv6 one.
  fileprivate var network: UInt64 {
    ipv4.map { UInt64($0 >> 8) } ?? high >> 8 | 1 << 63
  }
}

extension OrderMatch {
  /// The rule that is named by the last labels of a name.
  init?(_ order: OrderID, lastLabels count: Int, of name: Span<UInt8>) {
    var starts: [Int] = []
    var start = 0
    while start < name.count, name[start] != 0 {
      starts.append(start)
      start += Int(name[start]) + 1
    }
    guard count > 0, count <= starts.count else { return nil }
    var wire: [UInt8] = []
    for place in starts[starts.count - count]..<name.count { wire.append(name[place]) }
    guard let name = try? DomainName(wire: wire) else { return nil }
    self.init(order: order, name: name)
  }
}
