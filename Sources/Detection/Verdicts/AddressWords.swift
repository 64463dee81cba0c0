/// What the address of a page says about it by itself: its host's and path's words.
///
/// Weak evidence, and never enough: it opens no finding that the text does not carry.
struct AddressWords {
  /// A word of the address, and where it stands in it.
  struct Word {
    /// In lower case.
    let text: String
    /// As it stands there.
    let original: String
    let start: Int
    let end: Int
  }

  /// A word that names crypto, so that a page of few words is known to be about it.
  private(set) var object: Word?
  /// A word of a help centre or manual, which speaks for an operator's own page.
  private(set) var help: Word?
  /// A word of a newsroom, encyclopedia or school.
  private(set) var report: Word?

  private static let objects = [
    "coin", "crypto", "btc", "bitc", "binance", "okx", "ouyi", "usdt", "defi", "bybit", "bitget",
    "blockchain", "tokensale", "tokenomics",
  ]
  /// Words that are found in others (`index`, `swapfile`): only where a host's name begins or ends
  /// with them.
  private static let hostObjects = ["swap", "dex", "token"]
  private static let otherHosts: Set<String> = ["index", "codex", "podex", "fedex", "rolodex"]
  private static let helpHosts = ["help", "support", "docs", "kb", "knowledgebase", "faq"]
  private static let helpServices = [
    "zendesk", "freshdesk", "gitbook", "helpscoutdocs", "intercom",
  ]
  private static let reportPaths: Set<String> = [
    "news", "wiki", "glossary", "learn", "article", "articles", "academy", "press", "newsletter",
    "newsletters", "topics", "research", "story", "archives",
  ]

  /// Reads an address; the rest after 2,048 octets is passed over.
  init(_ url: String) {
    let octets = Array(url.utf8.prefix(2_048))
    let begin = Self.hostStart(octets)
    let hostEnd = octets[begin...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }
    let host = begin..<(hostEnd ?? octets.count)
    for label in Self.words(octets, host, separators: [0x2E, 0x3A]) {
      read(host: label)
    }
    let pathEnd = octets[host.upperBound...].firstIndex { $0 == 0x3F || $0 == 0x23 }
    let path = host.upperBound..<(pathEnd ?? octets.count)
    for segment in Self.words(octets, path, separators: [0x2F]) {
      if object == nil, Self.objects.contains(where: segment.text.contains) { object = segment }
      if report == nil, Self.reportPaths.contains(segment.text) { report = segment }
    }
    // A help centre calls its pages articles, too.
    if help != nil, let word = report?.text, word.hasPrefix("article") { report = nil }
  }

  private mutating func read(host label: Word) {
    if object == nil, Self.namesCrypto(host: label.text) { object = label }
    if help == nil,
      Self.helpHosts.contains(where: label.text.hasPrefix) || Self.helpServices.contains(label.text)
    {
      help = label
    }
    if report == nil, label.text == "news" || label.text == "wiki" { report = label }
  }

  private static func namesCrypto(host label: String) -> Bool {
    objects.contains(where: label.contains)
      || (!otherHosts.contains(label)
        && hostObjects.contains { label.hasPrefix($0) || label.hasSuffix($0) })
  }

  private static func hostStart(_ octets: [UInt8]) -> Int {
    var at = 0
    while at + 2 < octets.count {
      if octets[at] == 0x3A, octets[at + 1] == 0x2F, octets[at + 2] == 0x2F { return at + 3 }
      at += 1
    }
    return 0
  }

  private static func words(
    _ octets: [UInt8], _ range: Range<Int>, separators: [UInt8]
  ) -> [Word] {
    octets[range].split { separators.contains($0) }.map { part in
      let text = String(decoding: part, as: UTF8.self)
      return Word(
        text: text.lowercased(), original: text, start: part.startIndex, end: part.endIndex)
    }
  }
}
