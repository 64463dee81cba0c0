/// In which order the pages of a site are looked at: the least rank first.
///
/// Start pages come first, then breadth first; among pages of one depth, those whose address or
/// link says that they are likely to tell what the site is for: where one signs up, pays in,
/// downloads the application, or buys what is presold.
public enum PageRank {
  /// The rank of a start page.
  public static let start = 0
  /// The rank of a site map: it is worth reading before pages are chosen.
  public static let sitemap = 1
  /// What a level of depth adds.
  private static let level = 100

  /// The rank of a page that was found.
  ///
  /// - Parameters:
  ///   - depth: links from a start page, at least 1.
  ///   - address: path and query of its URL.
  ///   - label: the words of the link, in UTF-8; empty where there are none.
  /// - Returns: the rank: `depth` levels, less what the words promise.
  public static func rank(depth: Int, address: [UInt8], label: [UInt8] = []) -> Int {
    let promise = min(promise(of: address) + promise(of: label), 99)
    return max(depth * level - promise + (depth > 0 ? 1 : 0), sitemap + 1)
  }

  /// Whether a rank is that of a page likely to tell, given its depth.
  public static func isTelling(_ rank: Int, depth: Int) -> Bool {
    rank < depth * level
  }

  private static func promise(of text: [UInt8]) -> Int {
    let bound = min(text.count, 256)
    var sum = 0
    var met: Set<Int> = []
    for start in 0..<bound {
      for index in byFirst[Int(text[start].asciiLowercase)] {
        let word = words[index]
        guard start + word.octets.count <= text.count, !met.contains(index) else { continue }
        let matches = word.octets.indices.allSatisfy {
          text[start + $0].asciiLowercase == word.octets[$0]
        }
        guard matches else { continue }
        met.insert(index)
        sum += word.promise
      }
    }
    return sum
  }

  private struct Word {
    let octets: [UInt8]
    let promise: Int
  }

  private static let words: [Word] = {
    let table: [(Int, [String])] = [
      (
        60,
        [
          "presale", "pre-sale", "tokensale", "token-sale", "whitelist", "airdrop", "deposit",
          "referral", "invite", "affiliate", "futures", "leverage", "otc", "充值", "儲值", "充幣",
          "充币", "入金", "提币", "提幣", "合约", "合約", "杠杆", "槓桿", "私募", "認購", "认购",
          "邀请", "邀請", "返佣", "推广", "推廣", "空投", "法币", "法幣", "买币", "買幣",
        ]
      ),
      (
        40,
        [
          "register", "signup", "sign-up", "sign_up", "download", "trade", "trading", "exchange",
          "markets", "wallet", "crypto", "bitcoin", "usdt", "buy", "checkout", "payment", "pay",
          "ico", "earn", "staking", "注册", "註冊", "开户", "開戶", "下载", "下載", "交易", "行情",
          "支付", "付款", "购买", "購買", "币", "幣", "区块链", "區塊鏈",
        ]
      ),
      (
        20,
        [
          "login", "account", "app", "invest", "price", "fee", "bonus", "reward", "vip", "about",
          "contact", "license", "donate", "whitepaper", "roadmap", "token", "登录", "登入", "关于",
          "關於", "费率", "費率", "奖励", "獎勵", "白皮书", "白皮書", "投资", "投資", "联系", "聯絡",
        ]
      ),
    ]
    return table.flatMap { promise, words in
      words.map { Word(octets: Array($0.utf8), promise: promise) }
    }
  }()

  private static let byFirst: [[Int]] = {
    var table = [[Int]](repeating: [], count: 256)
    for (index, word) in words.enumerated() {
      if let first = word.octets.first { table[Int(first)].append(index) }
    }
    return table
  }()
}
