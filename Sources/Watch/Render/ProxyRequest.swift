/// The head of a request to a proxy (RFC 9112, Section 3.2; RFC 9110, Section 9.3.6).
struct ProxyRequest: Sendable, Hashable {
  /// The most octets of a head, of a request or a response.
  static let headLimit = 64 << 10

  enum Kind: Sendable, Hashable {
    /// A tunnel is wanted.
    case tunnel
    /// A request is to be passed on, with this head in origin form.
    case forward(head: [UInt8])
  }

  var kind: Kind
  /// A name or an address literal, without brackets.
  var host: String
  var port: Int
  /// The octets of the body that follow the head.
  var bodyLength: Int

  /// The place as it is written down: `host:port`.
  var place: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Reads a head without its final empty line; nil where it is none that a browser sends.
  init?(head: some Collection<UInt8>) {
    guard let text = String(validating: head, as: UTF8.self) else { return nil }
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let start = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard start.count == 3, start[2] == "HTTP/1.1", !start[0].isEmpty else { return nil }
    let fields = lines.dropFirst()
    if start[0] == "CONNECT" {
      guard let (host, port) = Self.authority(start[1], defaultPort: nil) else { return nil }
      (kind, self.host, self.port, bodyLength) = (.tunnel, host, port, 0)
      return
    }
    let scheme = "http://"
    guard start[1].hasPrefix(scheme) else { return nil }
    let rest = start[1].dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard let (host, port) = Self.authority(authority, defaultPort: 80) else { return nil }
    guard let length = Self.bodyLength(fields) else { return nil }
    var target = String(rest.dropFirst(authority.count))
    if !target.hasPrefix("/") { target = "/" + target }
    let kept = fields.filter { !HopFields.contains(line: $0) }
    let forwarded = ["\(start[0]) \(target) HTTP/1.1"] + kept + ["connection: close", "", ""]
    kind = .forward(head: Array(forwarded.joined(separator: "\r\n").utf8))
    (self.host, self.port, bodyLength) = (host, port, length)
  }

  /// Splits `host:port`; nil where one of them is missing or no such thing.
  private static func authority(
    _ text: Substring, defaultPort: Int?
  ) -> (host: String, port: Int)? {
    guard !text.contains("@") else { return nil }
    var host = text
    var port = defaultPort
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
      host = text[..<colon]
      let digits = text[text.index(after: colon)...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      if !digits.isEmpty { port = Int(digits) }
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, host.utf8.count <= 255, let port, (1...65535).contains(port) else {
      return nil
    }
    return (String(host), port)
  }

  /// The length of the body; nil where it cannot be told beforehand.
  private static func bodyLength(_ fields: ArraySlice<Substring>) -> Int? {
    var length = 0
    for field in fields {
      let name = field.prefix { $0 != ":" }.lowercased()
      if name == "transfer-encoding" { return nil }
      guard name == "content-length" else { continue }
      let value = field.dropFirst(name.count + 1).filter { $0 != " " }
      guard let number = Int(value), number >= 0 else { return nil }
      length = number
    }
    return length
  }
}

/// Fields that are for one connection only (RFC 9110, Section 7.6.1).
enum HopFields {
  private static let names: Set<String> = [
    "connection", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate",
    "te", "upgrade", "http2-settings",
  ]

  static func contains(line: Substring) -> Bool {
    names.contains(line.prefix { $0 != ":" }.lowercased())
  }
}

/// The head of a response that is passed back over a connection of its own.
enum ProxyResponse {
  /// The head, its final empty line included, with the connection declared to end after it.
  ///
  /// An interim response (1xx) is dropped; nil where the head is none.
  static func rewritten(head: some Collection<UInt8>) -> (octets: [UInt8], isInterim: Bool)? {
    // Fields may hold octets of any kind; ISO 8859-1 carries them unharmed.
    let text = String(String.UnicodeScalarView(head.map { Unicode.Scalar($0) }))
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let status = lines[0].split(separator: " ", maxSplits: 2)
    guard lines[0].hasPrefix("HTTP/1."), status.count >= 2, let code = Int(status[1]) else {
      return nil
    }
    guard code >= 200 else { return ([], true) }
    let kept = [lines[0]] + lines.dropFirst().filter { !HopFields.contains(line: $0) }
    let joined = kept.joined(separator: "\r\n") + "\r\nconnection: close\r\n\r\n"
    return (joined.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, false)
  }
}
