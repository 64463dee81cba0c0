internal import Egress
internal import NIOHTTP1

/// The head of a request, as it goes out and as a capture keeps it.
struct RequestHead: Sendable {
  let url: WebURL
  let headers: HTTPHeaders

  /// Takes the page, the validators of the copy at hand, and who asks.
  init(url: WebURL, validators: FetchRequest, policy: FetchPolicy) {
    self.url = url
    var headers = HTTPHeaders([
      ("Host", url.authority),
      ("User-Agent", policy.agent),
      ("Accept", validators.accept ?? Self.pages),
      ("Accept-Language", policy.languages),
      ("Accept-Encoding", "gzip, deflate, br"),
    ])
    if let tag = validators.entityTag, Self.isSafe(tag) {
      headers.add(name: "If-None-Match", value: tag)
    }
    if let date = validators.lastModified, Self.isSafe(date) {
      headers.add(name: "If-Modified-Since", value: date)
    }
    self.headers = headers
  }

  /// The media types of pages.
  private static let pages = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

  /// Whether a value that a server once sent may be sent back (RFC 9110, Section 5.5).
  private static func isSafe(_ value: String) -> Bool {
    value.utf8.count <= 1_024 && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// The request as HTTP/1.1 writes it.
  var octets: [UInt8] {
    ExchangeHead.write("GET \(url.requestTarget) HTTP/1.1", headers)
  }
}
