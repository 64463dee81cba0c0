internal import DNSWire
internal import NIOHTTP1

/// What the head of a request asks for (RFC 8484, Section 4.1).
enum HTTPSRequest: Equatable {
  /// GET: the message is in the head.
  case message([UInt8])
  /// POST: the message is the body.
  case body
  case refused(HTTPSRefusal)

  /// The one path there is.
  static let path = "/dns-query"
  /// The one media type there is.
  static let mediaType = "application/dns-message"

  init(_ head: HTTPRequestHead) {
    let target = RequestTarget(head.uri)
    guard target.path == Self.path else {
      self = .refused(.notFound)
      return
    }
    switch head.method {
    case .GET: self.init(target)
    case .POST: self.init(posted: head.headers)
    default: self = .refused(.badMethod)
    }
  }

  private init(_ target: RequestTarget) {
    do throws(RequestTarget.Fault) {
      self = .message(try target.message(limit: StreamLimits.queryOctets))
    } catch {
      switch error {
      case .noParameter: self = .refused(.noParameter)
      case .badParameter: self = .refused(.badParameter)
      case .tooLong: self = .refused(.tooLongTarget)
      }
    }
  }

  private init(posted headers: HTTPHeaders) {
    let types = headers["content-type"]
    guard types.count == 1, let type = types.first?.prefix(while: { $0 != ";" && $0 != " " }),
      type.lowercased() == Self.mediaType
    else {
      self = .refused(.badType)
      return
    }
    let length = headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    self = length > StreamLimits.queryOctets ? .refused(.tooLarge) : .body
  }
}

/// Why a request has no DNS answer.
enum HTTPSRefusal: Equatable, CaseIterable {
  case noParameter
  case badParameter
  case badMessage
  case notFound
  case badMethod
  case tooLarge
  case tooLongTarget
  case badType

  var status: HTTPResponseStatus {
    switch self {
    case .noParameter, .badParameter, .badMessage: .badRequest
    case .notFound: .notFound
    case .badMethod: .methodNotAllowed
    case .tooLarge: .payloadTooLarge
    case .tooLongTarget: .uriTooLong
    case .badType: .unsupportedMediaType
    }
  }

  /// A sentence for who reads it: what, and what to do.
  var sentence: String {
    switch self {
    case .noParameter: "Ask with one parameter dns, or by POST (RFC 8484)."
    case .badParameter: "The parameter dns is not base64url without padding (RFC 8484)."
    case .badMessage: "This is no DNS query."
    case .notFound: "DNS is answered at \(HTTPSRequest.path)."
    case .badMethod: "Ask by GET or POST."
    case .tooLarge, .tooLongTarget:
      "The query is too long: up to \(StreamLimits.queryOctets) octets are read."
    case .badType: "Send the query as \(HTTPSRequest.mediaType)."
    }
  }
}
