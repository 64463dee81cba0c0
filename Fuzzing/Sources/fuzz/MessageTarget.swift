import DNSWire
import DomainNames

/// The readers of messages: none traps, and they agree on what a message is.
enum MessageTarget {
  static func run(_ octets: Span<UInt8>) {
    let message = try? Message(parsing: octets)
    let ttls = try? TTLMap(octets)
    precondition((message == nil) == (ttls == nil), "the readers differ on what a message is")
    if case .query(let view) = QuestionView.parse(octets) {
      guard let message else { preconditionFailure("the hot path takes what is no message") }
      agree(view, message, octets)
    }
    _ = CookieQuery(octets)
    readFrames(octets)
    guard let message else { return }
    _ = message.cnameChain
    _ = message.removingDNSSECRecords()
    _ = OPTPlace(lastIn: octets)
    let written = message.encoded()
    guard let again = try? Message(parsing: written) else {
      preconditionFailure("what was written cannot be read")
    }
    precondition(again == message, "what was written is read as something else")
    for limit in [512, 1_232] { precondition(message.encoded(limit: limit).count <= limit) }
  }

  private static func agree(_ view: QuestionView, _ message: Message, _ octets: Span<UInt8>) {
    precondition(message.questions.count == 1)
    precondition(message.questions[0].type == view.type)
    precondition(message.questions[0].recordClass == view.recordClass)
    precondition(message.questions[0].name.wire.count == view.name.count)
    precondition((message.edns == nil) == (view.edns == nil))
    var answer = octets.indices.map { octets[$0] }
    var room = answer.mutableSpan
    precondition(AnswerPatch.copyQuestionCase(of: view, in: octets, to: &room))
    AnswerPatch.setID(7, in: &room)
  }

  /// The octets as a stream, in pieces of uneven sizes: as many frames as there are, whatever the
  /// pieces.
  private static func readFrames(_ octets: Span<UInt8>) {
    let stream = octets.indices.map { octets[$0] }
    let whole = frames(of: stream, piece: max(1, stream.count))
    precondition(frames(of: stream, piece: 7) == whole, "frames depend on how they come")
  }

  private static func frames(of stream: [UInt8], piece: Int) -> [[UInt8]] {
    var reader = FrameReader()
    var frames: [[UInt8]] = []
    for start in stride(from: 0, to: stream.count, by: piece) {
      let part = stream[start..<min(start + piece, stream.count)]
      guard (try? reader.append(part)) != nil else { return frames }
      while let frame = try? reader.next() { frames.append(frame) }
    }
    return frames
  }
}
