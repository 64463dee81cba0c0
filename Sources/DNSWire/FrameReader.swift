/// Finds the messages in a stream of octets (RFC 1035, Section 4.2.2; RFC 7766, Section 8).
///
/// On TCP each message has its length in two octets in front. This is the framing alone: the octets
/// come and go as values.
public struct FrameReader: Sendable {
  /// The longest message that is taken, in octets.
  public let maximumLength: Int
  /// The most octets that wait to be read.
  public let maximumWaiting: Int

  private var waiting: [UInt8] = []
  private var start = 0

  /// Makes a reader at the start of a stream.
  ///
  /// - Parameters:
  ///   - maximumLength: the longest message that is taken, from 12 to 65,535 octets.
  ///   - maximumWaiting: the most octets that wait to be read; never less than one message.
  public init(maximumLength: Int = Message.maximumLength, maximumWaiting: Int = 131_072) {
    self.maximumLength = min(max(maximumLength, Header.length), Message.maximumLength)
    self.maximumWaiting = max(maximumWaiting, self.maximumLength + Self.prefixLength)
  }

  /// The octets of a length.
  private static let prefixLength = 2

  /// How many octets wait to be read.
  public var waitingCount: Int { waiting.count - start }

  /// Takes octets as they come off the stream.
  ///
  /// Read the messages before taking more.
  ///
  /// - Throws: ``WireError/tooManyWaiting(octets:limit:)``; then nothing was taken.
  public mutating func append(_ octets: some Collection<UInt8>) throws(WireError) {
    let count = waitingCount + octets.count
    guard count <= maximumWaiting else {
      throw .tooManyWaiting(octets: count, limit: maximumWaiting)
    }
    waiting.removeFirst(start)
    start = 0
    waiting += octets
  }

  /// The next whole message, without its length; nil until more octets come.
  ///
  /// - Throws: ``WireError`` where the announced length is that of no message. The stream cannot be
  ///   read any further then: close it.
  public mutating func next() throws(WireError) -> [UInt8]? {
    guard waitingCount >= Self.prefixLength else { return nil }
    let length = Int(waiting[start]) << 8 | Int(waiting[start + 1])
    guard length >= Header.length else { throw .frameTooShort(octets: length) }
    guard length <= maximumLength else {
      throw .frameTooLong(octets: length, limit: maximumLength)
    }
    let message = start + Self.prefixLength
    guard waiting.count >= message + length else { return nil }
    start = message + length
    return Array(waiting[message..<start])
  }
}

extension FrameReader {
  /// A message with its length in front, as it goes on a stream; nil above 65,535 octets.
  public static func frame(_ message: [UInt8]) -> [UInt8]? {
    UInt16(exactly: message.count).map { $0.bigEndianOctets + message }
  }
}
