internal import Egress

/// Redirection of a GET request (RFC 9110, Section 15.4).
enum Redirect {
  /// Whether a status sends the client elsewhere.
  static func isRedirect(_ status: Int) -> Bool {
    switch status {
    case 301, 302, 303, 307, 308: true
    default: false
    }
  }

  /// Where a response sends the client; nil where it does not.
  ///
  /// - Throws: ``FetchFailure/badResponse(_:)`` where it names a place that is no web address.
  static func target(of exchange: Exchange, from url: WebURL) throws(FetchFailure) -> WebURL? {
    guard isRedirect(exchange.status), let location = exchange.field("location") else { return nil }
    do {
      return try WebURL(location, relativeTo: url)
    } catch {
      throw .badResponse("it redirects to nowhere: \(error)")
    }
  }
}
