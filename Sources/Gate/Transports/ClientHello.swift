internal import NIOCore

/// What a TLS client's first message says of the protocols it wants to speak (RFC 7301, Section 3.1).
enum ClientHello: Equatable {
  /// More octets have to come.
  case unfinished
  /// It names none, or is nothing that can be read: TLS itself judges that.
  case silent
  /// The protocols it names.
  case offers([String])

  /// The most octets that are looked at; what is longer is left to TLS.
  static let longest = 1 << 14

  /// Reads what came first on a connection: records, and in them a message (RFC 8446, Sections 5.1
  /// and 4.1.2).
  init(_ received: ByteBuffer) {
    var records = received
    var message = ByteBuffer()
    while true {
      if let length = Self.length(of: message) {
        guard let length else { break }
        if let body = message.getSlice(at: message.readerIndex + 4, length: length) {
          self = Self.protocols(in: body).map { .offers($0) } ?? .silent
          return
        }
      }
      let kind: UInt8? = records.getInteger(at: records.readerIndex)
      guard (kind ?? 22) == 22, received.readableBytes <= 2 * Self.longest else { break }
      let head = records.readMultipleIntegers(as: (UInt8, UInt16, UInt16).self)
      guard (head?.2 ?? 0) <= Self.longest else { break }
      guard let head, let part = records.readSlice(length: Int(head.2)) else {
        self = .unfinished
        return
      }
      message.writeImmutableBuffer(part)
    }
    self = .silent
  }

  /// The length of the message whose head is there; `.some(nil)` where it is no client's first, or
  /// too long.
  private static func length(of message: ByteBuffer) -> Int?? {
    guard let head = message.getInteger(at: message.readerIndex, as: UInt32.self) else {
      return .none
    }
    let length = Int(head & 0xFF_FFFF)
    return .some(head >> 24 == 1 && length <= longest ? length : nil)
  }

  /// The names in the extension for them; nil where there is none.
  private static func protocols(in body: ByteBuffer) -> [String]? {
    var body = body
    // Version and random; then session, ciphers and compression, each with its length before it.
    guard body.readSlice(length: 34) != nil,
      body.readLengthPrefixedSlice(as: UInt8.self) != nil,
      body.readLengthPrefixedSlice(as: UInt16.self) != nil,
      body.readLengthPrefixedSlice(as: UInt8.self) != nil,
      var extensions = body.readLengthPrefixedSlice(as: UInt16.self)
    else { return nil }
    while let kind = extensions.readInteger(as: UInt16.self),
      var data = extensions.readLengthPrefixedSlice(as: UInt16.self)
    {
      guard kind == 16 else { continue }
      guard var list = data.readLengthPrefixedSlice(as: UInt16.self) else { return nil }
      var names: [String] = []
      while let name = list.readLengthPrefixedSlice(as: UInt8.self) {
        names.append(String(buffer: name))
      }
      return list.readableBytes == 0 && !names.isEmpty ? names : nil
    }
    return nil
  }
}
