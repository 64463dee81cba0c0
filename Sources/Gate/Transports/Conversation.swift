internal import NIOCore

/// What goes on on one connection, as numbers: it decides what is read, and when to close.
///
/// Progress is a whole query that came, or a whole answer that left. A client that sends an octet
/// now and then, or that takes none of its answers, makes none.
struct Conversation {
  private let limits: StreamLimits
  private let idle: TimeAmount

  /// Queries that are being answered.
  private(set) var pending = 0
  /// Octets of answers that the client has not taken.
  private(set) var unsent = 0
  /// When the last whole query came, or the last whole answer left.
  private(set) var lastProgress: NIODeadline
  /// Whether what the client sends is still taken up.
  private(set) var takesQueries = true
  /// Whether the client sends no more; what it sent is taken up still.
  private(set) var isInputEnded = false

  init(limits: StreamLimits, at now: NIODeadline) {
    self.limits = limits
    idle = TimeAmount(limits.idle)
    lastProgress = now
  }

  /// Whether a further query is read now; `waiting` octets of answers are about to be written.
  func mayTake(beside waiting: Int = 0) -> Bool {
    takesQueries && pending < limits.queriesPerConnection
      && unsent + waiting < StreamLimits.fullOctets
  }

  /// Whether all is said: no more queries come, and every answer has left.
  ///
  /// It holds once all that was read has been taken up, as far as may be.
  var isOver: Bool { (!takesQueries || isInputEnded) && pending == 0 && unsent == 0 }

  /// Whether the client has left so much lie that it reads nothing, or far too little.
  var isOverfull: Bool { unsent > StreamLimits.overfullOctets }

  /// Whether the silence is ours: the client has taken all there is, and waits.
  var isWaitedFor: Bool { pending > 0 && unsent == 0 }

  /// A whole query came.
  mutating func queryCame(at now: NIODeadline) {
    pending += 1
    lastProgress = now
  }

  /// An answer is on its way out, or a query needs none.
  mutating func answered() {
    pending -= 1
  }

  /// Octets of answers were given to the system.
  mutating func wrote(_ octets: Int) {
    unsent += octets
  }

  /// Octets of answers have left.
  mutating func left(_ octets: Int, at now: NIODeadline) {
    unsent -= octets
    lastProgress = now
  }

  /// The client has ended its side.
  mutating func inputEnded() {
    isInputEnded = true
  }

  /// No more queries are taken; what was taken is answered still.
  mutating func stopTaking() {
    takesQueries = false
  }

  /// When the connection is to be looked at next; nil where it is to be closed now.
  func nextLook(at now: NIODeadline) -> NIODeadline? {
    if isWaitedFor { return now + idle }
    let end = lastProgress + idle
    return end > now ? end : nil
  }
}
