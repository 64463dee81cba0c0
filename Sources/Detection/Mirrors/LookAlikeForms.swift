/// What letters and words make of a name: the tables and rules that checking and making share.
enum LookAlikeForms {
  /// The shortest label of which one changed character means anything.
  static let shortestSlip = 7
  /// The shortest label to which joined words are looked for.
  static let shortestJoined = 5
  /// The longest label that is looked at for slips.
  static let longestSlip = 24

  /// Ordinary words, and names known to all, that lie one slip from a venue's name.
  static let ordinary: Set<String> = [
    "finance", "finances", "financer", "parade", "paradise", "paradox", "robinhood",
  ]

  /// Words that are joined to a venue's name to pass for it.
  ///
  /// Function words of such sites: entry, download, service, market, and the same in Chinese
  /// transcription.
  static let words: Set<String> = [
    "account", "airdrop", "android", "api", "apk", "app", "apps", "auth", "bonus", "chain", "china",
    "chinese", "claim", "client", "club", "cn", "coin", "com", "crypto", "dapp", "defi", "dl",
    "down", "download", "earn", "event", "ex", "exchange", "fund", "futures", "gift", "global",
    "group", "guanfang", "guanwang", "gw", "help", "hk", "home", "info", "international", "invest",
    "invite", "io", "ios", "join", "jys", "jiaoyisuo", "kefu", "kyc", "launchpad", "link", "live",
    "log", "login", "m", "mobile", "net", "new", "nft", "official", "online", "otc", "p2p", "pay",
    "pc", "portal", "pro", "promo", "ref", "referral", "reg", "register", "reward", "rewards",
    "safe", "secure", "security", "service", "services", "share", "shop", "sign", "signin",
    "signup", "site", "staking", "support", "swap", "team", "token", "top", "trade", "trader",
    "trading", "tw", "update", "us", "usdt", "user", "vault", "verify", "vip", "wallet", "wap",
    "web", "website", "www", "xiazai", "xyz", "zc", "zh", "zhuce", "zhongwen", "zixun",
    "官网", "下载", "注册", "登录", "交易所", "交易", "平台", "app下载", "网址", "中文", "入口", "客服",
    "官方", "官方网站", "登陆", "手机版", "最新",
  ]

  /// A label with everything that looks alike made alike.
  ///
  /// Letters of other scripts come as the ASCII letters they resemble already (the name's
  /// skeleton); here digits and pairs follow.
  static func canonical(_ label: [UInt8]) -> [UInt8] {
    var canonical: [UInt8] = []
    canonical.reserveCapacity(label.count)
    for octet in label {
      switch octet {
      case UInt8(ascii: "0"): canonical.append(UInt8(ascii: "o"))
      case UInt8(ascii: "1"), UInt8(ascii: "i"): canonical.append(UInt8(ascii: "l"))
      case UInt8(ascii: "5"): canonical.append(UInt8(ascii: "s"))
      case UInt8(ascii: "3"): canonical.append(UInt8(ascii: "e"))
      case UInt8(ascii: "n") where canonical.last == UInt8(ascii: "r"):
        canonical[canonical.count - 1] = UInt8(ascii: "m")
      case UInt8(ascii: "v") where canonical.last == UInt8(ascii: "v"):
        canonical[canonical.count - 1] = UInt8(ascii: "w")
      default: canonical.append(octet)
      }
    }
    return canonical
  }

  /// Whether a text is nothing but words, digits and hyphens; empty counts as no text.
  static func isJoinedWords(_ text: some StringProtocol) -> Bool {
    var rest = Substring(text)
    var pieces = 0
    while !rest.isEmpty {
      if rest.first == "-" {
        rest.removeFirst()
        continue
      }
      pieces += 1
      guard pieces <= 3 else { return false }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty {
        guard digits.count <= 5 else { return false }
        rest.removeFirst(digits.count)
        continue
      }
      guard
        let length = (1...min(rest.count, 13)).last(where: {
          words.contains(String(rest.prefix($0)))
        })
      else { return false }
      rest.removeFirst(length)
    }
    return pieces > 0
  }

  /// How one label became another by a single slip; nil where it took more, or none.
  static func slip(from known: [UInt8], to seen: [UInt8]) -> NameVariation? {
    let before = zip(known, seen).prefix { $0 == $1 }.count
    let after = zip(known.reversed(), seen.reversed()).prefix { $0 == $1 }.count
    switch seen.count - known.count {
    case 0: return exchange(from: known, to: seen, at: before, after: after)
    case 1:
      guard before + after >= known.count else { return nil }
      let added = seen[before]
      if added == UInt8(ascii: "-") { return .hyphen }
      if before > 0, seen[before - 1] == added { return .repetition }
      return before == known.count ? .addition : .insertion
    case -1: return before + after >= seen.count ? .omission : nil
    default: return nil
    }
  }

  private static func exchange(
    from known: [UInt8], to seen: [UInt8], at before: Int, after: Int
  ) -> NameVariation? {
    switch known.count - before - after {
    case 1:
      let (old, new) = (known[before], seen[before])
      if vowels.contains(old), vowels.contains(new) { return .vowel }
      return (old ^ new).nonzeroBitCount == 1 ? .bit : .replacement
    case 2:
      let isSwap = known[before] == seen[before + 1] && known[before + 1] == seen[before]
      return isSwap ? .transposition : nil
    default: return nil
    }
  }

  static let vowels = Array("aeiou".utf8)
}
