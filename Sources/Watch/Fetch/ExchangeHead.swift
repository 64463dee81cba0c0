internal import NIOHTTP1

/// The head of a request or of a response, written out only where someone asks for its octets: most
/// pages are not kept.
enum ExchangeHead: Sendable {
  case octets([UInt8])
  case request(RequestHead)
  case response(HTTPResponseHead)

  /// The head as HTTP/1.1 writes it.
  var octets: [UInt8] {
    switch self {
    case .octets(let octets): octets
    case .request(let head): head.octets
    case .response(let head): Self.octets(of: head)
    }
  }

  /// A response's head; transfer coding is undone, so the field that names it is left out.
  private static func octets(of head: HTTPResponseHead) -> [UInt8] {
    write("HTTP/1.1 \(head.status.code) \(head.status.reasonPhrase)", head.headers) {
      !isTransferCoding($0)
    }
  }

  /// A head as HTTP/1.1 writes it, with the fields that are wanted (RFC 9112, Section 2.1).
  static func write(
    _ startLine: String, _ fields: HTTPHeaders, where isWanted: (String) -> Bool = { _ in true }
  ) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(1_024)
    octets += startLine.utf8
    octets += "\r\n".utf8
    for (name, value) in fields where isWanted(name) {
      octets += name.utf8
      octets += ": ".utf8
      octets += value.utf8
      octets += "\r\n".utf8
    }
    octets += "\r\n".utf8
    return octets
  }

  private static func isTransferCoding(_ name: String) -> Bool {
    name.utf8.count == 17 && name.lowercased() == "transfer-encoding"
  }
}

extension ExchangeHead: Hashable {
  /// Compares what is written out.
  static func == (left: ExchangeHead, right: ExchangeHead) -> Bool { left.octets == right.octets }

  /// Feeds what is written out.
  func hash(into hasher: inout Hasher) { hasher.combine(octets) }
}
