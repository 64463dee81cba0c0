/// Asks RDAP servers, through the watch's own fetcher: the same bounds hold, and the same addresses
/// are refused, since an answer can link anywhere.
struct RDAPClient: Sendable {
  /// What fetches.
  let fetching: any Fetching

  /// The most octets of an answer.
  static let byteLimit = 1 << 20
  /// The longest wait that a server may ask for and have reported: a week, in seconds.
  private static let retryLimit = 604_800
  /// The media types of an answer, the registered one first (RFC 7480, Section 4.2).
  private static let accept = "application/rdap+json, application/json;q=0.9"

  /// Asks for a record.
  func record(
    at url: String, _ objectClass: RDAPRecord.ObjectClass
  ) async throws(ContactFault) -> RDAPRecord {
    try RDAPRecord(try await document(at: url, limit: Self.byteLimit), objectClass)
  }

  /// Asks for any JSON document.
  func document(at url: String, limit: Int) async throws(ContactFault) -> JSONDocument {
    let page: FetchedPage
    switch await fetching.fetch(FetchRequest(url: url, accept: Self.accept)) {
    case .fetched(let fetched): page = fetched
    case .notModified: throw .status(304)
    case .failed(let failure, hops: _): throw .fetch("\(failure)")
    }
    if let fault = page.hops.lazy.compactMap(\.certificateFault).first {
      throw .fetch("the server's certificate does not hold: \(fault)")
    }
    guard !url.hasPrefix("https:") || page.url.hasPrefix("https:") else {
      throw .insecureReferral
    }
    switch page.status {
    case 200: break
    case 404: throw .notFound
    case 429: throw .busy(retryAfter: Self.retryAfter(page))
    default: throw .status(page.status)
    }
    guard !page.isTruncated else { throw .tooLarge(limit: limit) }
    return try JSONDocument.read(page.content, limit: limit)
  }

  /// The seconds of `Retry-After` (RFC 9110, Section 10.2.3); nil for a date, which few send.
  private static func retryAfter(_ page: FetchedPage) -> Int? {
    guard let text = page.hops.last?.field("retry-after"), let seconds = Int(text),
      (0...retryLimit).contains(seconds)
    else { return nil }
    return seconds
  }
}
