/// Words and expressions that the engine's own page signals and reporting facts rest on.
///
/// They are compiled beside the packs, and never shown as signals.
enum BuiltInPatterns {
  /// The helpers.
  enum Name: Int, CaseIterable {
    case pair, leverage, leverageWord, depositWord, network
    case salePrice, saleAsset, saleStage, saleRoute
    case referralCode, attribution, legal, reference, byline, date, quote, scriptNeeded, address

    /// The id of its signal; `~` keeps it apart from all names of packs.
    var id: String { "~\(self)" }
  }

  /// All of them as a pack.
  static let pack = Pack(
    name: "engine", version: 1, title: "The engine's own helpers",
    signals: Name.allCases.map { name in
      let (phrases, patterns) = content(of: name)
      return Signal(id: name.id, role: .context, phrases: phrases, patterns: patterns)
    })

  private static let coins =
    "btc|xbt|eth|xrp|sol|doge|ltc|bch|ada|bnb|trx|ton|dot|link|avax|matic|pol|shib|uni|atom|etc"
    + "|xlm|fil|apt|arb|op|near|sui|pepe|icp|usdc|dai|algo|aave|xmr|eos|hbar|inj|wld"
  private static let month =
    "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    + "|oct(ober)?|nov(ember)?|dec(ember)?)"

  private static func content(of name: Name) -> (phrases: [String], patterns: [String]) {
    switch name {
    case .pair:
      ([], ["\\b(\(coins)) ?[/_-] ?(usdt|usdc|usd|btc|eth|bnb|busd|fdusd|eur|dai|tusd|krw|jpy)\\b"])
    case .leverage: ([], ["\\b[1-9][0-9]{0,2} ?x\\b", "[1-9][0-9]{0,2} ?倍"])
    case .leverageWord:
      (["leverage", "cross margin", "isolated margin", "杠杆", "全仓", "逐仓"], [])
    case .depositWord: (["deposit address", "充值地址", "充币地址", "入金地址"], [])
    case .network:
      (["trc20", "trc-20", "erc20", "erc-20", "bep20", "bep-20", "omni", "spl"], [])
    case .salePrice:
      (
        [],
        [
          "\\b1 ?[$]?[a-z]{2,10} ?[=≈] ?[$€]?[0-9][0-9.,]{0,12} ?(usdt?|usdc|eth|bnb|btc|sol)?\\b",
          "\\b(token|presale|pre-sale|current|stage|round|sale) price ?:? ?[$€]?[0-9]",
          "[$€][0-9][0-9.,]{0,12} (per|/) ?token",
          "\\b1 ?(eth|btc|bnb|sol) ?[=≈] ?[0-9][0-9,.]{1,12} ?[a-z]{2,10}\\b",
          "(发行价|发行价格|私募价|私募价格|认购价|认购价格|兑换比例|代币价格|兑换比率) ?:? ?[0-9$¥]",
        ]
      )
    case .saleAsset:
      (
        [],
        [
          "(accept|pay with|payment|contribut|invest with|currenc)[^\\n]{0,40}"
            + "\\b(eth|btc|usdt|bnb|usdc|sol)\\b",
          "(接受|支持|使用|支付|认购币种|募集币种)[^\\n]{0,20}(eth|btc|usdt|bnb|usdc|以太坊|比特币)",
        ]
      )
    case .saleStage:
      (
        [
          "presale", "pre-sale", "private sale", "public sale", "crowdsale", "token sale", "ico",
          "ido", "ieo", "soft cap", "hard cap", "softcap", "hardcap", "seed round", "私募", "公募",
          "预售", "认购", "众筹", "软顶", "硬顶", "代币发售",
        ], []
      )
    case .saleRoute:
      (
        [
          "buy tokens", "buy token", "buy now", "contribute", "participate", "join presale",
          "join the presale", "join whitelist", "join the whitelist", "connect wallet",
          "立即认购", "参与认购", "购买代币", "认购地址", "连接钱包", "打币", "立即购买", "参与私募",
        ], []
      )
    case .referralCode:
      (
        [],
        [
          "(邀请码|推荐码|推荐id|(referral|invite|invitation|ref|referrer) (code|id))"
            + " ?(is|was|为|是)? ?[:=]? ?[\"“「『\\[(【]? ?[a-z0-9][a-z0-9_-]{3,15}\\b",
          "填写? ?[a-z0-9][a-z0-9_-]{3,15} ?(为|作)?(邀请|推荐)",
        ]
      )
    case .attribution:
      (
        [
          "said", "says", "told", "according to", "announced", "reported", "spokesperson",
          "spokesman", "spokeswoman", "表示", "指出", "透露", "据悉", "据报道", "通报", "披露", "援引",
        ], ["[,。\"”』」]?[^\\n]{0,12}称[,:“「]"]
      )
    case .legal:
      (
        [],
        [
          "\\b(section|article|sec\\.|art\\.|rule|regulation|paragraph) ?[0-9]{1,4}", "§ ?[0-9]",
          "第[一二三四五六七八九十百零〇0-9]{1,6}条", "\\bact,? (of )?(19|20)[0-9]{2}\\b",
          "〔(19|20)[0-9]{2}〕",
        ]
      )
    case .reference: ([], ["\\[[0-9]{1,3}\\]"])
    case .byline:
      (
        [],
        [
          "\\nby [a-z][a-z.'’-]{1,20} [a-z][a-z.'’-]{1,24}",
          "(记者|作者|编辑|责编|责任编辑|撰文|来源) ?[:|/丨] ?[^\\n ]{2,12}", "\\(?本报记者",
          "\\b(written|reporting|editing|reported) by [a-z]",
        ]
      )
    case .date:
      (
        [],
        [
          "\\b\(month)\\.? [0-9]{1,2},? (19|20)[0-9]{2}\\b",
          "\\b[0-9]{1,2} \(month)\\.?,? (19|20)[0-9]{2}\\b",
          "\\b(19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9]\\b",
          "(19|20)[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日",
        ]
      )
    case .quote: (["“", "「", "『"], [])
    case .scriptNeeded:
      (
        [
          "enable javascript", "javascript is required", "javascript is disabled",
          "requires javascript", "need javascript", "without javascript",
        ], ["(启用|开启|打开) ?javascript"]
      )
    case .address: (["://"], [])
    }
  }
}
