internal import NIOCore

/// One open connection: its place among all, its conversation, and its clock.
///
/// It belongs to the connection's event loop and is used there alone.
final class StreamConnection {
  let channel: any Channel
  let context: QueryContext
  private(set) var conversation: Conversation
  private let roll: ConnectionRoll
  private let place: ConnectionRoll.Place
  private var look: Scheduled<Void>?
  private var isClosed = false
  /// Whether the connection is being closed from our side.
  private(set) var isEnding = false

  /// Enters a connection in the roll; nil where there is no place for it, and it is to be closed.
  init?(_ channel: any Channel, transport: Transport, roll: ConnectionRoll) {
    guard let client = ClientAddress(channel.remoteAddress) else { return nil }
    let now = NIODeadline.now()
    guard
      let place = roll.enter(
        client, at: now, end: { channel.pipeline.fireUserInboundEventTriggered($0) })
    else { return nil }
    self.channel = channel
    self.place = place
    self.roll = roll
    context = QueryContext(transport: transport, client: client)
    conversation = Conversation(limits: roll.limits, at: now)
  }

  var eventLoop: any EventLoop { channel.eventLoop }

  /// Starts the clock.
  func start() {
    lookAgain(at: NIODeadline.now() + TimeAmount(roll.limits.idle))
  }

  /// The connection is closed: its place is free.
  func closed() {
    guard !isClosed else { return }
    isClosed = true
    look?.cancel()
    _ = roll.addUnsent(-conversation.unsent)
    roll.leave(place)
  }

  private func lookAgain(at deadline: NIODeadline) {
    let bound = NIOLoopBound(self, eventLoop: eventLoop)
    look = eventLoop.scheduleTask(deadline: deadline) {
      let connection = bound.value
      guard !connection.isClosed else { return }
      if let next = connection.conversation.nextLook(at: .now()) {
        connection.lookAgain(at: next)
      } else if connection.conversation.unsent == 0 {
        connection.channel.pipeline.fireUserInboundEventTriggered(ConnectionRoll.Ending.gently)
      } else {
        connection.cut()
      }
    }
  }

  /// Ends the connection at once, without a word.
  func cut() {
    channel.pipeline.fireUserInboundEventTriggered(ConnectionRoll.Ending.now)
  }

  /// Ends the connection; with TLS, the client is told first.
  func end() {
    guard !isEnding else { return }
    isEnding = true
    channel.close(promise: nil)
  }
}

extension StreamConnection {
  /// A whole query came.
  func queryCame() {
    conversation.queryCame(at: .now())
    place.note(conversation)
  }

  /// An answer is on its way out, or a query needs none.
  func answered() {
    conversation.answered()
    place.note(conversation)
  }

  /// Octets of answers are about to be written.
  ///
  /// - Returns: what is told when they have left; nil where the client has left too much lie, and
  ///   the connection is being closed for that.
  func write(_ octets: Int, whenLeft: @escaping () -> Void) -> EventLoopPromise<Void>? {
    guard !isClosed else { return nil }
    conversation.wrote(octets)
    let fits = roll.addUnsent(octets)
    place.note(conversation)
    guard fits, !conversation.isOverfull else {
      cut()
      return nil
    }
    let promise = eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenSuccess { [self] in
      guard !isClosed else { return }
      _ = roll.addUnsent(-octets)
      conversation.left(octets, at: .now())
      place.note(conversation)
      whenLeft()
    }
    return promise
  }

  /// The client has ended its side; what it sent is taken up still.
  func inputEnded() {
    conversation.inputEnded()
  }

  /// No more queries are taken; closes as soon as all is said.
  func stopTaking() {
    conversation.stopTaking()
    closeIfOver()
  }

  /// Closes where all is said.
  func closeIfOver() {
    if conversation.isOver { end() }
  }
}
