internal import NIOCore
internal import Synchronization

/// The sockets of tries on their way, so that they can be closed from outside.
///
/// A try takes a ticket, opens at most one socket under it and gives it back.
final class OpenSockets: Sendable {
  private struct State {
    var isClosed = false
    var nextTicket = 0
    var open: [Int: any Channel] = [:]
    /// Tickets of tries that were cancelled and are not over yet.
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())

  /// How many sockets are open.
  var count: Int { state.withLock { $0.open.count } }

  /// Whether no socket may be opened any more.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Starts a try.
  func takeTicket() -> Int {
    state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
  }

  /// Ends a try.
  func giveBack(_ ticket: Int) {
    state.withLock { _ = $0.cancelled.remove(ticket) }
  }

  /// Takes a new channel; it is let go when it closes.
  ///
  /// - Throws: `ChannelError.ioOnClosedChannel` where its try was cancelled or all sockets were closed.
  func register(_ channel: any Channel, _ ticket: Int) throws {
    let isTaken = state.withLock { state in
      guard !state.isClosed, !state.cancelled.contains(ticket) else { return false }
      state.open[ticket] = channel
      return true
    }
    guard isTaken else { throw ChannelError.ioOnClosedChannel }
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { _ = $0.open.removeValue(forKey: ticket) }
    }
  }

  /// Closes a try's socket and keeps it from opening one.
  func cancel(_ ticket: Int) {
    let channel = state.withLock { state in
      state.cancelled.insert(ticket)
      return state.open[ticket]
    }
    channel?.close(promise: nil)
  }

  /// Closes all sockets and lets none be opened.
  func closeAll() {
    let open = state.withLock { state in
      state.isClosed = true
      return Array(state.open.values)
    }
    for channel in open { channel.close(promise: nil) }
  }
}
