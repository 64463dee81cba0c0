internal import DomainNames
internal import Enforcement

/// The parts of a URL, or of a name with what people write behind it.
///
/// This is narrower than RFC 3986 on purpose: a part that a browser would repair is refused.
struct Location {
  /// `http` or `https`, or nil where none is written.
  private(set) var scheme: String?
  /// The host as written, without brackets.
  private(set) var host = ""
  /// Whether the host stands in brackets, as an IPv6 address does.
  private(set) var isBracketed = false
  /// Whether a port, a path, a query or a fragment follows; a lone slash is none.
  private(set) var hasPathOrPort = false
  /// Whether anything makes this more than a bare host.
  private(set) var hasURLSyntax = false
  /// The number behind `/` where nothing else follows, as in `192.0.2.0/24`.
  private(set) var prefixLength: Int?

  init(_ text: String) throws(Quarantine) {
    let bytes = Array(text.utf8)
    var rest = bytes[...]
    scheme = try Self.takeScheme(&rest)
    let authority = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    let tail = rest[authority.endIndex...]
    try readAuthority(authority)
    try readTail(tail)
    hasURLSyntax = scheme != nil || hasPathOrPort || !tail.isEmpty
  }

  /// Takes `http://` or `https://`; refuses every near miss.
  private static func takeScheme(_ rest: inout ArraySlice<UInt8>) throws(Quarantine) -> String? {
    let lower = rest.map(\.asciiLowercased)
    for scheme in ["https", "http"] {
      let prefix = Array("\(scheme)://".utf8)
      guard lower.starts(with: prefix) else { continue }
      rest = rest.dropFirst(prefix.count)
      return scheme
    }
    let head = lower.prefix { $0 != 0x2F }
    let written = String(decoding: head.prefix(40), as: UTF8.self)
    if head.last == UInt8(ascii: ":") {
      throw .badURL(
        lower.dropFirst(head.count).starts(with: Array("//".utf8))
          ? "It starts with “\(written)//”, which is neither http:// nor https://."
          : "“\(written)/” is not how a URL starts; two slashes belong behind the colon.")
    }
    if ["http", "https"].contains(written) || head.isEmpty && lower.count > 0 {
      throw .badURL("It starts like a URL, but the colon or the scheme is missing.")
    }
    if lower.dropFirst(head.count).starts(with: Array("//".utf8)), !head.contains(0x2E) {
      throw .badURL("“\(written)//” is not how a URL starts.")
    }
    if ["http:", "https:"].contains(where: { written.hasPrefix($0) }) {
      throw .badURL("Two slashes are missing behind “\(written.prefix { $0 != ":" }):”.")
    }
    if written.hasPrefix("mailto:") { throw .email }
    return nil
  }

  /// Reads `[userinfo@]host[:port]`.
  private mutating func readAuthority(_ authority: ArraySlice<UInt8>) throws(Quarantine) {
    if authority.contains(UInt8(ascii: "@")) { throw scheme == nil ? .email : .userinfo }
    guard !authority.isEmpty else { throw .badURL("No host stands behind the scheme.") }
    var portText: ArraySlice<UInt8>?
    if authority.first == UInt8(ascii: "[") {
      let inner = authority.dropFirst().prefix { $0 != UInt8(ascii: "]") }
      let after = authority[inner.endIndex...].dropFirst()
      guard inner.endIndex < authority.endIndex, after.isEmpty || after.first == 0x3A else {
        throw .badURL("A bracket in the host is not closed, or something follows it.")
      }
      isBracketed = true
      host = String(decoding: inner, as: UTF8.self)
      portText = after.isEmpty ? nil : after.dropFirst()
    } else if let colon = authority.firstIndex(of: 0x3A) {
      host = String(decoding: authority[..<colon], as: UTF8.self)
      portText = authority[(colon + 1)...]
    } else {
      host = String(decoding: authority, as: UTF8.self)
    }
    if let portText { try readPort(portText) }
    let bare = host.hasSuffix(".") ? String(host.dropLast()) : host
    if ["http", "https"].contains(bare.lowercased()), scheme != nil {
      throw .badURL("The scheme stands twice.")
    }
  }

  private mutating func readPort(_ digits: ArraySlice<UInt8>) throws(Quarantine) {
    let text = String(decoding: digits, as: UTF8.self)
    guard !digits.isEmpty, digits.allSatisfy(\.isDigit), let port = UInt16(text), port > 0 else {
      throw .badURL("What follows the colon is not a port number.")
    }
    hasPathOrPort = true
  }

  /// Judges what follows the host.
  private mutating func readTail(_ tail: ArraySlice<UInt8>) throws(Quarantine) {
    if tail.isEmpty || tail.elementsEqual([0x2F]) { return }
    if tail.contains(where: \.isASCIISpace) { throw .badURL("A space stands inside the URL.") }
    hasPathOrPort = true
    let path = String(decoding: tail.dropFirst(), as: UTF8.self)
    if tail.first == 0x2F, let bits = Int(path), (0...128).contains(bits),
      path.utf8.allSatisfy(\.isDigit)
    {
      prefixLength = bits
    }
  }
}
