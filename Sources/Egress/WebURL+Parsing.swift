/// Reading addresses as they are found in pages (RFC 3986, and what browsers do beyond it: WHATWG
/// URL, Section 4.4, for the two schemes we know).
extension WebURL {
  /// Reads an address, relative to `base` where it needs one.
  ///
  /// White space around it and line breaks within it are dropped, backslashes are slashes, any
  /// number of slashes may stand before the host, credentials and fragment are left out.
  ///
  /// - Throws: ``Invalid`` where it leads to no web page.
  public init(_ text: some StringProtocol, relativeTo base: WebURL? = nil) throws(Invalid) {
    let octets = try Self.cleaned(text.utf8)
    var rest = octets[...]
    let scheme = try Self.takeScheme(&rest, base: base)
    if let fragment = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<fragment] }
    let slashes = rest.prefix { Self.isSlash($0) }.count
    if let base, scheme == nil || (scheme == base.scheme && slashes < 2) {
      if slashes >= 2 {
        try self.init(scheme: base.scheme, afterSlashes: rest.dropFirst(slashes))
      } else {
        try self.init(reference: rest, relativeTo: base)
      }
      return
    }
    guard let scheme else { throw .relative }
    try self.init(scheme: scheme, afterSlashes: rest.dropFirst(slashes))
  }

  /// The octets without what browsers drop.
  private static func cleaned(_ text: some Collection<UInt8>) throws(Invalid) -> [UInt8] {
    // What is dropped may at most double an address that could still come out short enough.
    guard text.count <= 4 * maximumLength else { throw .tooLong(octets: text.count) }
    var octets = Array(text)
    while let last = octets.last, last <= 0x20 { octets.removeLast() }
    let leading = octets.prefix { $0 <= 0x20 }.count
    octets.removeFirst(leading)
    if octets.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) {
      octets.removeAll { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }
    return octets
  }

  /// Takes `http:` or `https:` off the front; nil where the text has no scheme.
  private static func takeScheme(
    _ rest: inout ArraySlice<UInt8>, base: WebURL?
  ) throws(Invalid) -> Scheme? {
    guard let first = rest.first, isLetter(first),
      let colon = rest.firstIndex(where: { !isSchemeCharacter($0) }),
      rest[colon] == UInt8(ascii: ":")
    else { return nil }
    let name = String(decoding: rest[..<colon], as: UTF8.self).lowercased()
    guard let scheme = Scheme(rawValue: name) else { throw .scheme(String(name.prefix(40))) }
    rest = rest[(colon + 1)...]
    return scheme
  }

  /// Reads host, port, path and query.
  private init(scheme: Scheme, afterSlashes rest: ArraySlice<UInt8>) throws(Invalid) {
    let end =
      rest.firstIndex { Self.isSlash($0) || $0 == UInt8(ascii: "?") } ?? rest.endIndex
    var authority = rest[..<end]
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
    var port = scheme.defaultPort
    if let colon = authority.lastIndex(of: UInt8(ascii: ":")),
      !authority[colon...].contains(UInt8(ascii: "]"))
    {
      let digits = authority[(colon + 1)...]
      if !digits.isEmpty { port = try Self.port(digits) }
      authority = authority[..<colon]
    }
    guard !authority.isEmpty else { throw .host("") }
    let host = try WebHost(String(decoding: authority, as: UTF8.self))
    let (path, query) = Self.split(rest[end...])
    try self.init(
      scheme: scheme, host: host, port: port, path: Self.path(path, below: []),
      query: Self.normalised(query))
  }

  /// Resolves a reference without a host (RFC 3986, Section 5.3).
  private init(
    reference: ArraySlice<UInt8>, relativeTo base: WebURL
  ) throws(Invalid) {
    let (path, query) = Self.split(reference)
    guard let first = path.first else {
      try self.init(
        scheme: base.scheme, host: base.host, port: base.port, path: base.path,
        query: query == nil ? base.query : Self.normalised(query))
      return
    }
    var folder: [ArraySlice<UInt8>] = []
    if !Self.isSlash(first) {
      folder = Array(base.path.utf8).split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
      ).dropFirst().dropLast()
    }
    try self.init(
      scheme: base.scheme, host: base.host, port: base.port,
      path: Self.path(path, below: folder), query: Self.normalised(query))
  }

  private static func split(
    _ rest: ArraySlice<UInt8>
  ) -> (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>?) {
    guard let mark = rest.firstIndex(of: UInt8(ascii: "?")) else { return (rest, nil) }
    return (rest[..<mark], rest[(mark + 1)...])
  }

  private static func normalised(_ query: ArraySlice<UInt8>?) -> String? {
    query.map { String(decoding: PercentCoding.normalised($0, in: .query), as: UTF8.self) }
  }

  /// A path without dot segments (RFC 3986, Section 5.2.4), below the segments of a folder.
  private static func path(_ text: ArraySlice<UInt8>, below folder: [ArraySlice<UInt8>]) -> String {
    let text = text.first.map { isSlash($0) } == true ? text.dropFirst() : text
    if folder.isEmpty, isNormal(text) { return "/" + String(decoding: text, as: UTF8.self) }
    var segments = folder
    let pieces = text.split(omittingEmptySubsequences: false) { isSlash($0) }
    for (index, piece) in pieces.enumerated() {
      let segment = PercentCoding.normalised(piece, in: .path)
      let isLast = index == pieces.count - 1
      if segment == [0x2E] {
        if isLast { segments.append([]) }
      } else if segment == [0x2E, 0x2E] {
        if !segments.isEmpty { segments.removeLast() }
        if isLast { segments.append([]) }
      } else {
        segments.append(segment[...])
      }
    }
    guard !segments.isEmpty else { return "/" }
    return segments.reduce(into: "") { $0 += "/" + String(decoding: $1, as: UTF8.self) }
  }

  /// Whether a path without its first slash is written in its final form already: no segment begins
  /// with a dot, and nothing in it is encoded or has to be.
  private static func isNormal(_ text: ArraySlice<UInt8>) -> Bool {
    var previous = UInt8(ascii: "/")
    for octet in text {
      guard PercentCoding.Component.path.allows(octet),
        octet != UInt8(ascii: ".") || previous != UInt8(ascii: "/")
      else { return false }
      previous = octet
    }
    return true
  }

  private static func port(_ digits: ArraySlice<UInt8>) throws(Invalid) -> Int {
    let text = String(decoding: digits.prefix(20), as: UTF8.self)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(text), port <= 65_535
    else { throw .port(text) }
    return port
  }

  private static func isSlash(_ octet: UInt8) -> Bool {
    octet == UInt8(ascii: "/") || octet == UInt8(ascii: "\\")
  }

  private static func isLetter(_ octet: UInt8) -> Bool {
    (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
  }

  private static func isSchemeCharacter(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: isLetter(octet)
    }
  }
}
