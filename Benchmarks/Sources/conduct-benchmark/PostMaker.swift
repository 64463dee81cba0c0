/// Makes public posts from a seed: 20 to 400 characters, English and Chinese by halves.
///
/// One in a hundred solicits for a venue or a token sale; three in a hundred talk of crypto without
/// soliciting; one in ten carries a link.
struct PostMaker {
  private var random: SeededGenerator
  private var made = 0
  /// How many accounts post.
  private let accounts: Int

  private static let english = """
    the of and to in a is that for it was on as with be by at this had not are but from or have an
    they which one you were all her she there would their we him been has when who will no more if
    out so up said what its about than into them can only other time new some could these two may
    first then do any like my now over such our man me even most made after also did many off before
    must well back through years where much your way down should because long each just state those
    people too mr little world still own see work men day get here between both life being under
    city council market report service company government public price energy water school health
    research travel weather season match player minister budget project village library festival
    """.split(whereSeparator: \.isWhitespace).map(String.init)
  private static let chinese = Array(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所"
      + "然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与"
      + "长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身")
  private static let soliciting = [
    "Register at Binance with my referral link and use code FARM10: 20% off all trading fees, "
      + "welcome bonus for new users. Join our group and start trading Bitcoin now!",
    "Our token presale is live! 1 ETH = 5000 MOON tokens, hard cap 2000 ETH. Private round closes "
      + "soon, join the whitelist and connect wallet to buy tokens now.",
    "欧易交易所注册入口：通过专属链接注册，填写邀请码 bifan88，手续费八折，新人福利盲盒，立即注册，进群领取合约杠杆教程，买比特币就来。",
    "代币私募开放认购：私募价 0.05 USDT，软顶 500 ETH，硬顶 2000 ETH，支持 USDT、ETH 打币，立即认购，名额有限，认购地址进群领取。",
  ]
  private static let talking = [
    "Bitcoin fell below its price of last week, the central bank said in a report on Monday.",
    "I read a book about Ethereum and how blockchains work. Interesting, but hard.",
    "据报道，比特币价格昨日下跌，监管部门提醒公众注意风险。",
    "昨天课上老师讲了区块链和以太坊的历史，挺有意思。",
  ]

  init(seed: UInt64, accounts: Int) {
    random = SeededGenerator(state: seed)
    self.accounts = accounts
  }

  /// One post as a line of a batch, with its line feed.
  mutating func line() -> String {
    made += 1
    let kind = number(1_000)
    let text =
      kind < 10
      ? solicitation() : kind < 40 ? pad(Self.talking[number(Self.talking.count)]) : talk()
    let link =
      chance(10) ? #","links":["https://site\#(number(9_000)).example/p/\#(number(1 << 30))"]"# : ""
    // Few accounts solicit, and often; all others post by chance.
    let account = kind < 10 ? number(max(1, accounts / 100)) : number(accounts)
    return
      #"{"id":"p\#(ReplayBatch.blank)-\#(made)","account":"u\#(account)","published":"2026-11-23T00:"#
      + #"\#(two(number(60))):\#(two(number(60)))Z","text":"\#(text)","public":true\#(link)}"#
      + "\n"
  }

  /// So many lines.
  mutating func batch(_ count: Int) -> ReplayBatch {
    var octets: [UInt8] = []
    octets.reserveCapacity(count * 600)
    var places: [Int] = []
    for _ in 0..<count {
      places.append(octets.count + 8)
      octets += Array(line().utf8)
    }
    return ReplayBatch(octets: octets, places: places)
  }

  private mutating func solicitation() -> String {
    Self.soliciting[number(Self.soliciting.count)] + " #\(number(1 << 20))"
  }

  private mutating func pad(_ text: String) -> String { text + " " + words(20 + number(100)) }

  private mutating func talk() -> String { words(20 + number(381)) }

  /// About so many characters.
  private mutating func words(_ characters: Int) -> String {
    if chance(2) {
      var text = ""
      var count = 0
      while count < characters {
        text.append(Self.chinese[number(Self.chinese.count)])
        count += 1
        if chance(12) {
          text += "，"
          count += 1
        }
      }
      return text
    }
    var text = ""
    while text.utf8.count < characters {
      text += Self.english[number(Self.english.count)] + " "
    }
    return String(text.prefix(characters))
  }

  private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  private mutating func chance(_ oneIn: Int) -> Bool { number(oneIn) == 0 }
  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
