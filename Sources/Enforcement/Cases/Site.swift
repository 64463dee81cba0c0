/// What is watched and what a case is about: a host, or a part of one that strangers share.
///
/// Its text is `shop.example`, `shop.example:8443` or `pages.example/club/`. Scheme and letter case
/// make no other site, so it has neither.
public struct Site: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// A domain name in lower case and A-labels, or an IP address; IPv6 in brackets.
  public let host: String
  /// The port, where it is neither 80 nor 443.
  public let port: Int?
  /// `/`, or the path that everything of the site begins with.
  public let path: String

  /// The most octets of a path.
  public static let pathLimit = 512

  /// Takes the parts; nil where one is not as it must be.
  ///
  /// - Parameters:
  ///   - host: 1 to 253 lower-case letters, digits, dots, hyphens, underscores; or IPv6 in brackets.
  ///   - port: 1 to 65535; 80 and 443 are the same as none.
  ///   - path: begins with `/`, has visible ASCII without `?` and `#`, at most 512 octets.
  public init?(host: String, port: Int? = nil, path: String = "/") {
    guard Self.isHost(host), Self.isPath(path), port.map({ (1...65_535).contains($0) }) ?? true
    else { return nil }
    self.host = host
    self.port = port == 80 || port == 443 ? nil : port
    self.path = path
  }

  /// Reads the text of a site; nil where it is none.
  public init?(_ text: some StringProtocol) {
    let slash = text.firstIndex(of: "/") ?? text.endIndex
    let (authority, path) = (text[..<slash], String(text[slash...]))
    var (host, port) = (String(authority), Int?.none)
    if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
      let digits = authority[authority.index(after: colon)...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
        return nil
      }
      (host, port) = (String(authority[..<colon]), number)
    }
    self.init(host: host, port: port, path: path.isEmpty ? "/" : path)
  }

  /// The text; the path only where it says something.
  public var description: String {
    host + (port.map { ":\($0)" } ?? "") + (path == "/" ? "" : path)
  }

  /// Whether the site is a whole host, and not a part of one.
  public var isWholeHost: Bool { path == "/" }

  /// Compares by text.
  public static func < (left: Site, right: Site) -> Bool { left.description < right.description }

  private static func isHost(_ text: String) -> Bool {
    guard (1...253).contains(text.utf8.count) else { return false }
    if text.hasPrefix("["), text.hasSuffix("]") {
      return text.utf8.dropFirst().dropLast().allSatisfy {
        (0x30...0x3A).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2E
      }
    }
    return text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
        || $0 == 0x5F
    }
  }

  private static func isPath(_ text: String) -> Bool {
    text.utf8.first == 0x2F && text.utf8.count <= pathLimit
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3F && $0 != 0x23 }
  }
}

extension Site: TextCodable {
  /// Reads the text of a site.
  public init?(text: String) { self.init(text) }
}
