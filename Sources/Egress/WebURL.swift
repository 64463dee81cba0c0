/// An absolute `http` or `https` address, parsed once and written in one way only.
///
/// Scheme and host are in lower case, the host in ASCII, the default port, dot segments,
/// credentials and fragment are gone, percent-encoding is normalised. So two equal texts are one
/// resource, and what is sent is what was checked.
public struct WebURL: Sendable {
  /// The two schemes of the web.
  public enum Scheme: String, Sendable, Hashable {
    case http
    case https

    /// The port where none is written.
    public var defaultPort: Int {
      switch self {
      case .http: 80
      case .https: 443
      }
    }
  }

  /// Why a text is no web address.
  public enum Invalid: Error, Sendable, Hashable {
    case scheme(String)
    case relative
    case host(String)
    case port(String)
    case tooLong(octets: Int)
  }

  /// How long an address may be in its final form, in octets; longer ones are traps or mistakes.
  public static let maximumLength = 2_048

  /// The scheme.
  public let scheme: Scheme
  /// The host.
  public let host: WebHost
  /// The port, written or not.
  public let port: Int
  /// The path, percent-encoded; begins with "/".
  public let path: String
  /// The query without its "?", percent-encoded; nil where there is none.
  public let query: String?
  /// The whole address.
  public let text: String

  /// Takes normalised parts.
  init(scheme: Scheme, host: WebHost, port: Int, path: String, query: String?) throws(Invalid) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
    self.query = query
    var text = scheme.rawValue
    text += "://"
    text += host.description
    if port != scheme.defaultPort { text += ":\(port)" }
    text += path
    if let query { text += "?" + query }
    guard text.utf8.count <= Self.maximumLength else { throw .tooLong(octets: text.utf8.count) }
    self.text = text
  }

  /// Host, and port where it is not the scheme's own: what the Host field says.
  public var authority: String {
    port == scheme.defaultPort ? host.description : "\(host):\(port)"
  }

  /// Path and query: what the request line says.
  public var requestTarget: String { query.map { "\(path)?\($0)" } ?? path }

  /// Scheme, host and port, without a final slash: what robots.txt and politeness go by.
  public var origin: String { "\(scheme.rawValue)://\(authority)" }
}

extension WebURL: Hashable {
  /// Compares the texts.
  public static func == (left: WebURL, right: WebURL) -> Bool { left.text == right.text }

  /// Feeds the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension WebURL: CustomStringConvertible {
  /// The whole address.
  public var description: String { text }
}

extension WebURL.Invalid: CustomStringConvertible {
  /// What is wrong with it.
  public var description: String {
    switch self {
    case .scheme(let scheme): "'\(scheme):' is not a scheme of the web; use http or https"
    case .relative: "the address names no host; begin it with http:// or https://"
    case .host(let host): "'\(host)' is not a host"
    case .port(let port): "'\(port)' is not a port"
    case .tooLong(let octets):
      "the address is \(octets) octets long; at most \(WebURL.maximumLength) are looked at"
    }
  }
}
