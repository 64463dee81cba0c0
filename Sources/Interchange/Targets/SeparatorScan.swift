/// Tells a cell that holds several names from one that holds one name badly written.
struct SeparatorScan {
  /// Whether at least two parts of the cell look like names.
  let namesSeveral: Bool

  /// File endings that a path's last part has more often than a host does.
  private static let fileEndings: Set<String> = [
    "htm", "html", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cgi", "js", "css", "json",
    "xml", "txt", "pdf", "png", "jpg", "jpeg", "gif", "svg", "ico", "apk", "exe", "dmg", "csv",
  ]

  init(_ text: String) {
    let words = text.unicodeScalars.split(whereSeparator: Self.separates).map { String($0) }
    if words.count > 1 {
      namesSeveral = Self.areSeveral(words, in: text)
    } else {
      namesSeveral = Self.hasNameInPath(text)
    }
  }

  /// Marks between names: white space, comma, semicolon, vertical bar, and their wide forms.
  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09...0x0D, 0x2C, 0x3B, 0x7C, 0x3001, 0xFF0C, 0xFF1B, 0xFF5C: true
    default: false
    }
  }

  /// A URL's path may hold commas and the like, so there only a second URL counts.
  private static func areSeveral(_ words: [String], in text: String) -> Bool {
    let isInPath = hasPath(words[0]) && !text.utf8.contains(where: \.isASCIISpace)
    let others = words.dropFirst().filter { isInPath ? startsLikeURL($0) : looksLikeName($0) }
    return others.count + (looksLikeName(words[0]) ? 1 : 0) > 1
  }

  private static func hasPath(_ word: String) -> Bool {
    let start = word.utf8.firstRange(of: "://")?.upperBound ?? word.startIndex
    return word[start...].utf8.contains { $0 == 0x2F || $0 == 0x3F }
  }

  /// Whether a path starts with what looks like a further name, as in `a.example/b.example`.
  private static func hasNameInPath(_ text: String) -> Bool {
    if let scheme = text.utf8.firstRange(of: "://") {
      let afterScheme = text[scheme.upperBound...]
      guard let slash = afterScheme.utf8.firstIndex(of: 0x2F) else { return false }
      return startsLikeURL(afterScheme[slash...].dropFirst())
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: true)
    guard parts.count > 1, looksLikeName(parts[0]) else { return false }
    if startsLikeURL(text[parts[0].endIndex...].dropFirst()) { return true }
    guard parts.count == 2 || parts.dropFirst().allSatisfy(looksLikeName) else { return false }
    let ending = parts[1].split(separator: ".").last.map { $0.lowercased() } ?? ""
    return looksLikeName(parts[1]) && !fileEndings.contains(ending)
  }

  private static func startsLikeURL(_ text: some StringProtocol) -> Bool {
    let lower = text.prefix(8).lowercased()
    return lower.hasPrefix("http:/") || lower.hasPrefix("https:/") || lower.hasPrefix("www.")
  }

  /// A dot between two parts that are no punctuation, and a last part that starts with a letter.
  private static func looksLikeName(_ text: some StringProtocol) -> Bool {
    if text.utf8.firstRange(of: "://") != nil { return true }
    let host = text.prefix { $0 != "/" && $0 != ":" && $0 != "?" }
    let labels = host.split(separator: ".", omittingEmptySubsequences: true)
    guard labels.count > 1, let last = labels.last?.unicodeScalars.first else { return false }
    return last.properties.isAlphabetic && !host.utf8.contains(UInt8(ascii: "@"))
  }
}

extension Collection<UInt8> {
  /// Where the octets of a text first stand.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    let needle = Array(text.utf8)
    var at = startIndex
    while at != endIndex {
      if self[at...].starts(with: needle) { return at..<index(at, offsetBy: needle.count) }
      at = index(after: at)
    }
    return nil
  }
}
