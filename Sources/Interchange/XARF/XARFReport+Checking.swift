extension XARFReport {
  /// The most octets of one exhibit.
  public static let exhibitLimit = 5 << 20
  /// The most octets of all exhibits.
  public static let exhibitsLimit = 15 << 20
  /// The most characters of the description.
  public static let descriptionLimit = 1000

  /// Checks what the types alone do not hold: lengths, counts and forms of the schema.
  func check() throws(XARFFault) {
    for (name, party) in [("reporter", reporter), ("sender", sender)] {
      try Self.check(party.organization, "\(name).org", limit: 200)
      try Self.check(party.contact, "\(name).contact", limit: 254)
      guard party.contact.contains("@") else {
        throw .badField(
          name: "\(name).contact", value: party.contact, reason: "it must be a mail address")
      }
      guard Self.isHostName(party.domain) else {
        throw .badField(
          name: "\(name).domain", value: party.domain, reason: "it must be a host name in ASCII")
      }
    }
    try Self.check(source, "source_identifier", limit: 255)
    guard Self.isURL(url) else {
      throw .badField(
        name: "url", value: url, reason: "it must be an absolute URL of the web, in ASCII")
    }
    guard (0...1).contains(confidence) else {
      throw .badField(name: "confidence", value: "\(confidence)", reason: "it must be 0 to 1")
    }
    try Self.check(description, "description", limit: Self.descriptionLimit)
    try checkExhibits()
    try checkTags()
    try checkKind()
  }

  private func checkExhibits() throws(XARFFault) {
    guard exhibits.count <= 50 else {
      throw .tooMany(name: "pieces of evidence", count: exhibits.count, limit: 50)
    }
    for exhibit in exhibits {
      try Self.check(exhibit.mediaType, "evidence content_type", limit: 127)
      try Self.check(exhibit.description, "evidence description", limit: 500)
      guard exhibit.octets.count <= Self.exhibitLimit else {
        throw .exhibitsTooLarge(octets: exhibit.octets.count, limit: Self.exhibitLimit)
      }
    }
    let sum = exhibits.reduce(0) { $0 + $1.octets.count }
    guard sum <= Self.exhibitsLimit else {
      throw .exhibitsTooLarge(octets: sum, limit: Self.exhibitsLimit)
    }
  }

  private func checkTags() throws(XARFFault) {
    guard tags.count <= 20 else { throw .tooMany(name: "tags", count: tags.count, limit: 20) }
    for tag in tags {
      let parts = tag.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy(Self.isTagWord) else {
        throw .badField(name: "tag", value: tag, reason: "it must be like namespace:value")
      }
    }
  }

  private func checkKind() throws(XARFFault) {
    switch kind {
    case .fraud: return
    case .suspiciousRegistration(let registration):
      guard !registration.indicators.isEmpty else {
        throw .badField(name: "suspicious_indicators", value: "", reason: "one is needed at least")
      }
      guard registration.related.count <= 20 else {
        throw .tooMany(name: "related_domains", count: registration.related.count, limit: 20)
      }
    }
  }

  private static func check(_ text: String, _ name: String, limit: Int) throws(XARFFault) {
    guard !text.isEmpty else {
      throw .badField(name: name, value: text, reason: "it must not be empty")
    }
    guard text.unicodeScalars.count <= limit else {
      throw .badField(name: name, value: text, reason: "it must have at most \(limit) characters")
    }
  }

  /// Whether a text is a host name of two labels or more (RFC 1123, Section 2.1).
  static func isHostName(_ text: String) -> Bool {
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return text.utf8.count <= 253 && labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.count)
          && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2D }
          && label.first != 0x2D && label.last != 0x2D
      }
  }

  /// Whether a name fits the schema's pattern of `domain`.
  ///
  /// It allows no two hyphens together, so no A-label (`xn--…`), and no digit in the last label:
  /// a name that does not fit is left out of the report, where ``url`` shows it anyway.
  static func fitsDomainPattern(_ text: String) -> Bool {
    guard isHostName(text), text == text.lowercased(), !text.contains("--"),
      let top = text.split(separator: ".").last
    else { return false }
    return top.utf8.count >= 2 && top.utf8.allSatisfy(\.isLetter)
  }

  /// Whether a text is an absolute `http` or `https` URL of allowed characters (RFC 3986).
  static func isURL(_ text: String) -> Bool {
    guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }),
      text.utf8.count > scheme.utf8.count
    else { return false }
    return text.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || marks.contains($0)
    }
  }

  private static let marks = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)

  private static func isTagWord(_ word: some Collection<UInt8>) -> Bool {
    let isPlain = { (octet: UInt8) in octet.isDigit || (0x61...0x7A).contains(octet) }
    guard let first = word.first, isPlain(first) else { return false }
    return word.allSatisfy { isPlain($0) || $0 == 0x5F || $0 == 0x2B || $0 == 0x2D }
  }
}
