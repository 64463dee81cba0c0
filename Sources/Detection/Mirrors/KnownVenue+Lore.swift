internal import DomainNames

extension KnownVenue {
  /// Takes a pack's venue, with what is known of its name; nil where it has no host that is a name.
  public init?(_ venue: Venue) {
    let domains = venue.hosts.compactMap { try? DomainName(international: $0) }
    guard let label = domains.first?.labels.dropLast().last else { return nil }
    let text = String(decoding: label, as: UTF8.self)
    self.init(
      id: venue.id, name: venue.name, domains: domains, aliases: Self.aliases[venue.id] ?? [],
      isWord: Self.words.contains(text))
  }

  /// What venues are called in names of sites for readers of Chinese.
  ///
  /// Met in promoters' links (`ouyizh.net`) and on their pages; a transcription that is a common
  /// word too, such as `bian` or `zhima`, is left out.
  private static let aliases: [String: [String]] = [
    "binance": ["币安", "幣安"],
    "bitget": ["必格"],
    "bybit": ["拜比特"],
    "gate": ["芝麻开门", "芝麻開門"],
    "htx": ["火币", "火幣", "huobi"],
    "kucoin": ["库币", "庫幣"],
    "mexc": ["抹茶交易所"],
    "okx": ["ouyi", "欧易", "歐易", "okex"],
  ]

  /// Labels that are words, or that others bear with every right.
  private static let words: Set<String> = [
    "alpaca", "apex", "backpack", "blockchain", "bullish", "coins", "crypto", "currency", "delta",
    "derive", "extended", "gate", "gemini", "hibachi", "kraken", "lighter", "liquid", "luno",
    "onetrading", "pacifica", "theocean", "timex", "waves",
  ]
}
