internal import DNSWire

/// How much was answered to each network of late: a table of a fixed size, for one worker.
///
/// An entry says until when a network has used up its share: each answer moves that moment on by its
/// cost, and an answer is due while the moment lies less than a second ahead (the generic cell rate
/// algorithm, a leaky bucket with one number). Networks are told apart by a keyed hash. Where a row is
/// full, the network that used least makes room, so that many addresses cannot wash out a busy one.
///
/// Nothing here is locked, allocated, printed or stored.
struct RateLimiter: ~Copyable {
  /// What an answer is.
  enum Answer {
    case full
    /// Word to a client that may not ask: five a second for a network, whatever the limit.
    case refusal
  }

  /// What becomes of an answer.
  enum Ruling: Equatable {
    /// It is given.
    case pass
    /// A short one is given instead, which leads to TCP.
    case slip
    case drop
  }

  private struct Entry {
    var tag: UInt32 = 0
    var limited: UInt32 = 0
    /// Microseconds since 1970.
    var until: Int64 = 0
  }

  /// Entries in the table, in rows of four: 1 MiB.
  static let standardEntries = 65_536

  private static let row = 4
  private static let second: Int64 = 1_000_000

  private var entries: [Entry]
  private let exempt: AddressBlocks
  private let key: (UInt64, UInt64)
  private let cost: Int64
  private let slip: UInt32
  private let ipv4Mask: UInt64
  private let ipv6Mask: UInt64

  /// Makes an empty table.
  ///
  /// - Parameters:
  ///   - limit: how much may be answered.
  ///   - key: random, so that nobody can choose networks that meet in one row.
  ///   - entries: a power of two, at least 4.
  init(
    _ limit: ClientConfiguration.Limit, key: (UInt64, UInt64), entries: Int = standardEntries
  ) {
    self.entries = [Entry](repeating: Entry(), count: entries)
    self.exempt = AddressBlocks(limit.exempt)
    self.key = key
    cost = limit.answers > 0 ? Self.second / Int64(limit.answers) : 0
    slip = UInt32(clamping: limit.slip)
    ipv4Mask = ~0 << UInt64(32 - limit.ipv4Length)
    ipv6Mask = ~0 << UInt64(64 - limit.ipv6Length)
  }

  /// A limiter that limits nothing, for ways on which addresses are proven.
  init() {
    entries = []
    exempt = AddressBlocks([])
    key = (0, 0)
    cost = 0
    slip = 0
    ipv4Mask = 0
    ipv6Mask = 0
  }

  /// Whether a client's network has no limit.
  func exempts(_ client: ClientAddress) -> Bool { exempt.contain(client) }

  /// Takes an answer from a network's share.
  ///
  /// - Parameters:
  ///   - client: who asks.
  ///   - answer: what it would get.
  ///   - now: milliseconds since 1970.
  /// - Returns: whether it gets it.
  mutating func take(_ client: ClientAddress, _ answer: Answer, at now: Int64) -> Ruling {
    let cost =
      switch answer {
      case .full: cost
      case .refusal: Self.second / 5
      }
    guard cost > 0, !entries.isEmpty else { return .pass }
    let moment = now &* 1_000
    let place = self.place(of: client, at: moment)
    let ahead = Self.ahead(entries[place].until, of: moment)
    if ahead + cost <= Self.second {
      entries[place].until = moment &+ ahead &+ cost
      return .pass
    }
    guard slip > 0 else { return .drop }
    entries[place].limited &+= 1
    return entries[place].limited % slip == 0 ? .slip : .drop
  }

  /// The entry of a client's network, made where there is none.
  private mutating func place(of client: ClientAddress, at moment: Int64) -> Int {
    let network =
      client.ipv4 == nil
      ? client.high & ipv6Mask : (client.low & (ipv4Mask | 0xFFFF_FFFF_0000_0000))
    var hash = SipHash(key: key)
    hash.add(network)
    let value = hash.finish()
    let tag = UInt32(truncatingIfNeeded: value >> 32)
    let start = Int(truncatingIfNeeded: value) & (entries.count - 1) & ~(Self.row - 1)
    var lightest = start
    for place in start..<(start + Self.row) {
      if entries[place].tag == tag { return place }
      if Self.ahead(entries[place].until, of: moment)
        < Self.ahead(entries[lightest].until, of: moment)
      {
        lightest = place
      }
    }
    entries[lightest] = Entry(tag: tag)
    return lightest
  }

  /// How far a moment lies ahead; 0 where it is over, or further than any can be: then the clock was
  /// set back.
  private static func ahead(_ until: Int64, of moment: Int64) -> Int64 {
    let ahead = until &- moment
    return ahead > 0 && ahead <= second ? ahead : 0
  }
}
