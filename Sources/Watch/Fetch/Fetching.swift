internal import Egress

/// What fetches pages: the crawl knows no more of it than this.
public protocol Fetching: Sendable {
  /// Fetches a page, following redirects within bounds.
  func fetch(_ request: FetchRequest) async -> FetchOutcome
}

/// What is asked for.
public struct FetchRequest: Sendable, Hashable {
  /// The address, `http` or `https`.
  public let url: String
  /// The same where it was read already.
  let parsed: WebURL?
  /// The entity tag of the copy at hand, for a conditional request.
  public var entityTag: String?
  /// The modification date of the copy at hand, as the server wrote it.
  public var lastModified: String?
  /// The media types that are asked for (RFC 9110, Section 12.5.1); nil for pages.
  public var accept: String?

  /// Takes the parts.
  public init(
    url: String, entityTag: String? = nil, lastModified: String? = nil, accept: String? = nil
  ) {
    self.url = url
    parsed = nil
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.accept = accept
  }

  /// Takes an address that was read already, and the validators of the copy at hand.
  init(to url: WebURL, entityTag: String? = nil, lastModified: String? = nil) {
    self.url = url.text
    parsed = url
    self.entityTag = entityTag
    self.lastModified = lastModified
  }
}
