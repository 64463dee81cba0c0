public import Enforcement

/// One request and what came of it, with the octets as they passed: what a capture keeps.
public struct Exchange: Sendable, Hashable {
  /// The address that was asked.
  public var url: String
  /// The IP address that was connected to.
  public var address: String
  /// When the request went out.
  public var time: Instant
  /// The request, head only: `GET / HTTP/1.1` and its fields.
  public var request: [UInt8] { query.octets }
  /// The response's head as HTTP/1.1 writes it, whatever the version that carried it, ended by an
  /// empty line.
  public var responseHead: [UInt8] { answer.octets }
  private let query: ExchangeHead
  private let answer: ExchangeHead
  /// The body as it was sent, content coding kept, transfer coding removed.
  public var body: [UInt8]
  /// The response's status.
  public var status: Int
  /// The response's fields in order, names in lower case.
  public var fields: [Field]
  /// The version of HTTP that carried it, `HTTP/1.1` or `HTTP/2`.
  public var version: String
  /// What cut the body short; nil where it is whole.
  public var truncation: Truncation?
  /// What is wrong with the server's certificate, where the exchange went on nevertheless.
  public var certificateFault: String?
  /// The DNS names in the server's certificate, at most 64; empty where it showed none.
  public var certificateNames: [String] = []

  /// Why a body is not whole, in the words of `WARC-Truncated` (ISO 28500, Section 5.13).
  public enum Truncation: String, Sendable, Hashable {
    /// It went past the bound on its size.
    case length
    /// It went past the bound on its time, or came too slowly.
    case time
    /// The connection ended before it did.
    case disconnect
  }

  /// A field of a response.
  public struct Field: Sendable, Hashable {
    /// The name, in lower case.
    public var name: String
    /// The value.
    public var value: String

    /// Takes the parts.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Takes the parts.
  public init(
    url: String, address: String, time: Instant, request: [UInt8], responseHead: [UInt8],
    body: [UInt8], status: Int, fields: [Field],
    version: String = "HTTP/1.1", truncation: Truncation? = nil, certificateFault: String? = nil
  ) {
    self.init(
      url: url, address: address, time: time, query: .octets(request),
      answer: .octets(responseHead), body: body, status: status, fields: fields, version: version,
      truncation: truncation, certificateFault: certificateFault)
  }

  /// Takes the parts; heads are written out when someone asks for their octets.
  init(
    url: String, address: String, time: Instant, query: ExchangeHead, answer: ExchangeHead,
    body: [UInt8], status: Int, fields: [Field],
    version: String, truncation: Truncation?, certificateFault: String? = nil
  ) {
    self.url = url
    self.address = address
    self.time = time
    self.query = query
    self.answer = answer
    self.body = body
    self.status = status
    self.fields = fields
    self.version = version
    self.truncation = truncation
    self.certificateFault = certificateFault
  }

  /// The value of the first field with a name, given in lower case.
  public func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// What a fetch came to.
public enum FetchOutcome: Sendable {
  /// A final response, after any redirects.
  case fetched(FetchedPage)
  /// The page has not changed since the validators that were sent (304).
  case notModified(Exchange)
  /// Nothing to look at.
  case failed(FetchFailure, hops: [Exchange])
}

/// A response that can be looked at.
public struct FetchedPage: Sendable {
  /// Every exchange, redirects first, the final one last; never empty.
  public var hops: [Exchange]
  /// Where the redirects ended.
  public var url: String
  /// The status of the final response.
  public var status: Int
  /// The media type without parameters, in lower case; empty where none was sent.
  public var mediaType: String
  /// The decoded body in UTF-8, for text; bounded.
  public var content: [UInt8]
  /// Whether a bound cut the body.
  public var isTruncated: Bool
  /// The character encoding that the body was read in, such as `gb18030`.
  public var charset: String

  /// Takes the parts.
  public init(
    hops: [Exchange], url: String, status: Int, mediaType: String, content: [UInt8],
    isTruncated: Bool, charset: String
  ) {
    self.hops = hops
    self.url = url
    self.status = status
    self.mediaType = mediaType
    self.content = content
    self.isTruncated = isTruncated
    self.charset = charset
  }
}

/// Why a page could not be had, as the list of sites shows it.
public enum FetchFailure: Error, Sendable, Hashable {
  /// The address, or one it redirects to, may not be asked: it is no public web address.
  case refusedAddress(String)
  case unresolved(host: String)
  case unreachable(String)
  case timedOut(String)
  case tooManyRedirects(Int)
  case redirectLoop(String)
  case tooLarge(limit: Int)
  case badResponse(String)
  case tls(String)
  case badURL(String)
}
