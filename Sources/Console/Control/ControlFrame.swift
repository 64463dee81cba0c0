internal import NIOCore

/// One piece of a talk over the local socket: a kind, a length of four octets, and so many octets.
struct ControlFrame: Sendable {
  enum Kind: UInt8, Sendable {
    /// The request, as JSON.
    case request = 0x51
    /// The file that goes with the request, perhaps empty.
    case file = 0x46
    /// Standard output.
    case output = 0x4F
    /// A sentence for standard error.
    case error = 0x45
    /// The end: one octet, the exit code.
    case exit = 0x58
  }

  let kind: Kind
  let payload: [UInt8]

  /// The most octets of a payload: the largest file, and some.
  static let maximumPayload = (64 << 20) + (1 << 16)
}

/// Cuts the stream of a socket into frames.
struct ControlFrameDecoder: NIOSingleStepByteToMessageDecoder {
  typealias InboundOut = ControlFrame

  func decode(buffer: inout ByteBuffer) throws -> ControlFrame? {
    guard let head = buffer.getBytes(at: buffer.readerIndex, length: 1)?.first,
      let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt32.self)
    else { return nil }
    guard let kind = ControlFrame.Kind(rawValue: head), length <= ControlFrame.maximumPayload else {
      throw ControlFault.malformed
    }
    guard buffer.readableBytes >= 5 + Int(length) else { return nil }
    buffer.moveReaderIndex(forwardBy: 5)
    return ControlFrame(kind: kind, payload: buffer.readBytes(length: Int(length)) ?? [])
  }

  func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ControlFrame? {
    try decode(buffer: &buffer)
  }
}

/// Writes frames.
struct ControlFrameEncoder: MessageToByteEncoder {
  typealias OutboundIn = ControlFrame

  func encode(data: ControlFrame, out: inout ByteBuffer) {
    out.writeInteger(data.kind.rawValue)
    out.writeInteger(UInt32(data.payload.count))
    out.writeBytes(data.payload)
  }
}

/// What can go wrong between a verb and the server.
enum ControlFault: Error, CustomStringConvertible {
  case malformed
  case ended

  var description: String {
    switch self {
    case .malformed: "the other side of the local socket does not speak as cordon does"
    case .ended:
      "the server ended before it answered: it is not known whether it did what was asked"
    }
  }
}

extension Channel {
  /// Frames in and out, with the asynchronous interface on top.
  func wrappedForControl() throws -> NIOAsyncChannel<ControlFrame, ControlFrame> {
    try pipeline.syncOperations.addHandlers(
      ByteToMessageHandler(
        ControlFrameDecoder(), maximumBufferSize: ControlFrame.maximumPayload + (1 << 20)),
      MessageToByteHandler(ControlFrameEncoder()))
    return try NIOAsyncChannel(wrappingChannelSynchronously: self)
  }
}
