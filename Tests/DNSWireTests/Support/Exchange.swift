import DNSWire
import Testing

/// What a client asked and what a server answered, octet by octet.
struct Exchange: Sendable, CustomTestStringConvertible {
  enum Transport: Sendable {
    case udp
    case tcp
  }

  /// What dig was told.
  let question: String
  let transport: Transport
  /// As sent: on TCP with each message's length in front.
  let query: [UInt8]
  let response: [UInt8]

  init(_ question: String, _ transport: Transport, query: String, response: String) {
    self.question = question
    self.transport = transport
    self.query = [UInt8](hex: query)
    self.response = [UInt8](hex: response)
  }

  var testDescription: String { "\(question) (\(transport))" }

  func queries() throws -> [[UInt8]] { try messages(in: query) }

  func responses() throws -> [[UInt8]] { try messages(in: response) }

  private func messages(in octets: [UInt8]) throws -> [[UInt8]] {
    switch transport {
    case .udp: return [octets]
    case .tcp:
      var reader = FrameReader()
      try reader.append(octets)
      var messages: [[UInt8]] = []
      while let message = try reader.next() { messages.append(message) }
      try #require(reader.waitingCount == 0)
      return messages
    }
  }
}

let allExchanges = bindExchanges + knotExchanges + unboundExchanges

extension [UInt8] {
  /// Reads pairs of hexadecimal digits; white space between them does not count.
  init(hex: String) {
    let digits = hex.compactMap(\.hexDigitValue)
    precondition(digits.count.isMultiple(of: 2))
    self = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
