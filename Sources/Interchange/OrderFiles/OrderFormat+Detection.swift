extension OrderFormat {
  /// Tells the form of a file from its first lines, and from its name where they leave it open.
  ///
  /// A brace opens JSON; `ae_website` in the first line is ESMA's register; known column names in
  /// the first line are CSV; an address at the start of the first line with content is a hosts
  /// file; anything else is a plain list, unless the name ends otherwise.
  public static func detected(in bytes: [UInt8], fileName: String? = nil) -> OrderFormat {
    let start = bytes.starts(with: SourceText.byteOrderMark) ? 3 : 0
    let first = firstLine(of: bytes[start...])
    if first.first == UInt8(ascii: "{") || first.first == UInt8(ascii: "[") {
      if first.first == UInt8(ascii: "{") || !isBracketedHost(first) { return .json }
    }
    let text = String(decoding: first.prefix(OrderFile.maximumLineOctets), as: UTF8.self)
    let cells = text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "\t" })
      .map { $0.trimmedOfWhiteSpace.lowercased().filter { $0 != "\"" } }
    if cells.contains(RegisterColumn.website.rawValue) { return .esma }
    if cells.contains(where: { TableColumn(rawValue: $0) != nil }) { return .csv }
    let named = fileName?.lowercased() ?? ""
    if named.hasSuffix(".json") { return .json }
    if named.hasSuffix(".csv") { return .csv }
    if let word = text.split(whereSeparator: \.isWhitespace).first, IPAddressText.isAddress(word),
      text.contains(where: \.isWhitespace)
    {
      return .hosts
    }
    return named == "hosts" || named.hasSuffix("/hosts") || named.hasSuffix(".hosts")
      ? .hosts : .text
  }

  /// The first line that is neither blank nor a comment, without outer white space.
  private static func firstLine(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var lines = LineSequence(bytes)
    while let line = lines.next() {
      let content = line.bytes.trimmedOfASCIISpace
      if let octet = content.first, octet != UInt8(ascii: "#") { return content }
    }
    return []
  }

  /// Whether a line that starts with a bracket is an address such as `[2001:db8::1]`.
  private static func isBracketedHost(_ line: ArraySlice<UInt8>) -> Bool {
    let inner = line.dropFirst().prefix { $0 != UInt8(ascii: "]") }
    return IPAddressText.isAddress(String(decoding: inner, as: UTF8.self))
  }
}
