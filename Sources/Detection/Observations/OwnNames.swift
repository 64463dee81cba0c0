/// What a host may be called in the words of its pages: the labels of its name that are no common word.
///
/// `docs.northswap.example` is called `northswap`: not by the word before it, which says what the host
/// holds, nor by a word of the trade, which any page on the subject uses.
struct OwnNames {
  /// In lower case, in the order of the host's name.
  let names: [[UInt8]]

  /// Shorter labels are met by chance.
  private static let leastOctets = 4
  private static let mostOctets = 40
  private static let mostLabels = 8

  /// Reads a host in lower case.
  init(host: String) {
    names = Array(host.utf8).split(separator: 0x2E).dropLast().prefix(Self.mostLabels).filter {
      (Self.leastOctets...Self.mostOctets).contains($0.count)
        && $0.allSatisfy(PackedName.isAlphanumeric)
        && !Self.common.contains(String(decoding: $0, as: UTF8.self))
    }.map { Array($0) }
  }

  /// What hosts hold, who lends them out, and words of the trade and of the press.
  private static let common: Set<String> = [
    "about", "academy", "account", "activeboard", "blog", "blogspot", "cabinet", "client",
    "developer", "developers", "docs", "facebook", "forum", "forums", "freshdesk", "gist",
    "gitbook", "github", "githubusercontent", "gitlab", "google", "help", "helpdesk",
    "helpscoutdocs", "herokuapp", "home", "info", "intercom", "jianshu", "juejin", "knowledgebase",
    "learn", "medium", "netlify", "notion", "page", "pages", "payments", "portal", "readme",
    "readthedocs", "reddit", "shop", "site", "sites", "static", "store", "substack", "support",
    "telegram", "tumblr", "twitter", "user", "users", "vercel", "webflow", "weebly", "wiki",
    "wixsite", "wordpress", "youtube", "zendesk", "zhihu",

    "bitcoin", "bitcoins", "blockchain", "coin", "coins", "crypto", "cryptocurrency", "defi",
    "digital", "dogecoin", "ethereum", "exchange", "finance", "invest", "litecoin", "market",
    "markets", "miner", "mining", "monero", "money", "news", "online", "price", "prices", "token",
    "tokens", "trade", "trading", "wallet", "web3",
  ]
}
