internal import AsyncHTTPClient
internal import Egress
internal import Enforcement
internal import NIOCore
internal import NIOHTTP1
internal import Glibc
internal import NIOPosix
internal import NIOSSL

extension Exchange {
  /// Takes what was asked and what arrived; a response cut short is one all the same.
  ///
  /// - Throws: ``FetchFailure`` where no response arrived, or not one to look at.
  init(
    query: RequestHead, address: IPAddress, time: Instant,
    arrived: ResponseCollector.Arrived, ending: (any Error)?
  ) throws(FetchFailure) {
    if let failure = ending as? FetchFailure { throw failure }
    guard let head = arrived.head else {
      throw FetchFailure(ending ?? ChannelError.eof, asking: query.url)
    }
    guard head.status.code >= 200 else {
      throw .badResponse("\(query.url.authority) answered \(head.status.code) and left HTTP")
    }
    self.init(
      url: query.url.text, address: address.description, time: time, query: .request(query),
      answer: .response(head), body: arrived.body, status: Int(head.status.code),
      fields: head.headers.map { Field(name: $0.name.lowercased(), value: $0.value) },
      version: head.version.major >= 2
        ? "HTTP/2" : "HTTP/\(head.version.major).\(head.version.minor)",
      truncation: arrived.truncation ?? ending.map(Self.truncation))
  }

  /// What ended a body that had begun.
  private static func truncation(_ error: any Error) -> Truncation {
    switch error {
    case let error as HTTPClientError
    where error == .deadlineExceeded || error == .readTimeout: .time
    default: .disconnect
    }
  }

  /// How long the server asks to be left alone (RFC 9110, Section 10.2.3), for 429 and 503.
  ///
  /// A date counts from when the request went out. At most a week is believed.
  public var retryAfter: Duration? {
    guard status == 429 || status == 503, let value = field("retry-after") else { return nil }
    let longest = 7 * 86_400
    if let seconds = Int(value.prefix(10)), value.utf8.count <= 10 {
      return .seconds(min(max(seconds, 0), longest))
    }
    guard let date = HTTPDate.instant(value) else { return nil }
    return .seconds(min(max(Int(date.seconds - time.seconds), 0), longest))
  }
}

extension FetchFailure {
  /// What an error of the client means for the page.
  init(_ error: any Error, asking url: WebURL) {
    switch error {
    case let error as HTTPClientError:
      self.init(error, asking: url)
    case HTTPParserError.headerOverflow:
      self = .tooLarge(limit: 80 << 10)
    case let error as HTTPParserError:
      self = .badResponse("\(error)")
    case let error as NIOSSLError:
      self = .tls(Self.reason(error, of: url))
    case let error as NIOSSLExtraError:
      self = .tls(Self.reason(error, of: url))
    case let error as BoringSSLError:
      self = .tls(Self.reason(error, of: url))
    case let error as NIOConnectionError:
      self = .unreachable(
        "\(url.authority): \(error.connectionErrors.first.map { "\($0.error)" } ?? "\(error)")")
    default:
      self = .unreachable("\(url.authority): \(error)")
    }
  }

  private init(_ error: HTTPClientError, asking url: WebURL) {
    if error == .connectTimeout || error == .getConnectionFromPoolTimeout
      || error == .tlsHandshakeTimeout
    {
      self = .unreachable("\(url.authority) did not take the connection up in time")
    } else if error == .deadlineExceeded {
      self = .timedOut("\(url.authority) did not finish its response in time")
    } else if error == .readTimeout {
      self = .timedOut("\(url.authority) fell silent")
    } else {
      self = .badResponse("\(url.authority): \(error.shortDescription)")
    }
  }

  /// Whether a request may have met a connection that its server had already left.
  static func isStaleConnection(_ error: any Error) -> Bool {
    switch error {
    case let error as HTTPClientError: error == .remoteConnectionClosed
    case let error as IOError: error.errnoCode == ECONNRESET || error.errnoCode == EPIPE
    case let error as ChannelError: error == .ioOnClosedChannel || error == .eof
    default: false
    }
  }

  private static func reason(_ error: any Error, of url: WebURL) -> String {
    let text = "\(error)"
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return "the certificate of \(url.authority) is not one that the trust roots vouch for"
    }
    if text.contains("failedToValidateHostname") || text.contains("Hostname") {
      return "the certificate of \(url.authority) is for another name"
    }
    return "\(url.authority): \(text.prefix(200))"
  }
}
