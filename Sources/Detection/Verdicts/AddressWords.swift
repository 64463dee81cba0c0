/// What the address of a page says about it by itself: its host's and path's words.
///
/// Weak evidence, and never enough: it opens no finding that the text does not carry.
struct AddressWords {
  /// A word of the address, and where it stands in it.
  struct Word {
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
  ].map { Array($0.utf8) }
  /// Words that are found in others (`index`, `swapfile`): only where a host's name begins or ends
  /// with them.
  private static let hostObjects = ["swap", "dex", "token"].map { Array($0.utf8) }
  /// Words that many names of venues begin with (`bitmart`), and names that only look like it.
  private static let hostBeginnings = ["bit"].map { Array($0.utf8) }
  private static let otherBeginnings = [
    "bite", "bits", "bitt", "bitbucket", "bitdefender", "bitly", "bitrix", "bitwarden", "bitdegree",
  ].map { Array($0.utf8) }
  private static let otherHosts = ["index", "codex", "podex", "fedex", "rolodex"]
    .map { Array($0.utf8) }
  private static let helpHosts = ["help", "support", "docs", "kb", "knowledgebase", "faq"]
    .map { Array($0.utf8) }
  private static let helpServices = [
    "zendesk", "freshdesk", "gitbook", "helpscoutdocs", "intercom",
  ].map { Array($0.utf8) }
  private static let reportHosts = ["news", "wiki"].map { Array($0.utf8) }
  private static let reportPaths = [
    "news", "wiki", "glossary", "learn", "article", "articles", "academy", "press", "newsletter",
    "newsletters", "topics", "research", "story", "archives",
  ].map { Array($0.utf8) }

  /// Reads an address; the rest after 2,048 octets is passed over.
  init(_ url: String) {
    let octets = Array(url.utf8.prefix(2_048))
    let begin = Self.hostStart(octets)
    let hostEnd = octets[begin...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }
    let host = begin..<(hostEnd ?? octets.count)
    Self.forEachWord(octets, host, separators: (0x2E, 0x3A)) { label, small in
      if object == nil, Self.namesCrypto(host: small) { object = Self.word(octets, label) }
      if help == nil,
        Self.helpHosts.contains(where: small.starts)
          || Self.helpServices.contains(where: small.elementsEqual)
      {
        help = Self.word(octets, label)
      }
      if report == nil, Self.reportHosts.contains(where: small.elementsEqual) {
        report = Self.word(octets, label)
      }
    }
    let pathEnd = octets[host.upperBound...].firstIndex { $0 == 0x3F || $0 == 0x23 }
    let path = host.upperBound..<(pathEnd ?? octets.count)
    Self.forEachWord(octets, path, separators: (0x2F, 0x2F)) { segment, small in
      if object == nil, Self.holdsObject(small) { object = Self.word(octets, segment) }
      if report == nil, Self.reportPaths.contains(where: small.elementsEqual) {
        report = Self.word(octets, segment)
      }
    }
    // A help centre calls its pages articles, too.
    if help != nil, report?.original.lowercased().hasPrefix("article") == true { report = nil }
  }

  private static func namesCrypto(host label: ArraySlice<UInt8>) -> Bool {
    holdsObject(label)
      || (hostBeginnings.contains(where: label.starts)
        && !otherBeginnings.contains(where: label.starts))
      || (hostObjects.contains {
        label.starts(with: $0) || label.suffix($0.count).elementsEqual($0)
      }
        && !otherHosts.contains(where: label.elementsEqual))
  }

  private static func hostStart(_ octets: [UInt8]) -> Int {
    var at = 0
    while at + 2 < octets.count {
      if octets[at] == 0x3A, octets[at + 1] == 0x2F, octets[at + 2] == 0x2F { return at + 3 }
      at += 1
    }
    return 0
  }

  private static func word(_ octets: [UInt8], _ range: Range<Int>) -> Word {
    Word(
      original: String(decoding: octets[range], as: UTF8.self), start: range.lowerBound,
      end: range.upperBound)
  }

  /// Calls a closure with each word: where it stands, and its octets in lower case.
  private static func forEachWord(
    _ octets: [UInt8], _ range: Range<Int>, separators: (UInt8, UInt8),
    _ body: (Range<Int>, ArraySlice<UInt8>) -> Void
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, octets[end] != separators.0, octets[end] != separators.1 {
        end += 1
      }
      if end > start { body(start..<end, lowercased(octets[start..<end])) }
      start = end + 1
    }
  }

  private static func lowercased(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard octets.allSatisfy({ $0 < 0x80 }) else {
      return Array(String(decoding: octets, as: UTF8.self).lowercased().utf8)[...]
    }
    guard octets.contains(where: { $0 &- 0x41 < 26 }) else { return octets }
    return octets.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }[...]
  }

  /// Whether one of the words for crypto stands in some octets.
  private static func holdsObject(_ octets: ArraySlice<UInt8>) -> Bool {
    for start in octets.indices {
      let rest = octets[start...]
      // Each word begins with one of these letters.
      switch octets[start] {
      case 0x62, 0x63, 0x64, 0x6F, 0x74, 0x75:
        if objects.contains(where: rest.starts) { return true }
      case _: break
      }
    }
    return false
  }
}
