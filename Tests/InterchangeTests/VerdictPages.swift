import Testing
import Detection
import Testing

/// Pages and texts that tests judge, written for them.
enum VerdictPages {
  /// A text and what it is for.
  struct Sample: Sendable, CustomTestStringConvertible {
    let category: Category
    let text: String
    var testDescription: String { "\(category.rawValue): \(text.prefix(40))" }
  }

  /// An article as newspapers publish them, with a box below it.
  static func newspaper(box: String = "") -> String {
    """
    <!doctype html><html lang="en"><head><title>Offshore exchange loses its bank - The Harbour
    Times</title><meta property="og:type" content="article">
    <script type="application/ld+json">{"@type":"NewsArticle","headline":"Offshore exchange"}</script>
    </head><body><nav><a href="/">Home</a> <a href="/business">Business</a></nav>
    <article><h1>Offshore exchange loses its bank</h1>
    <p class="byline">By <a rel="author" href="/staff/ruth-amadi">Ruth Amadi</a></p>
    <time datetime="2026-03-04">4 March 2026</time>
    <p>The exchange Bybit lost its last local bank on Tuesday, two people with knowledge of the matter
    said. The bank's spokeswoman declined to comment, and the company said that withdrawals would go on
    as before.</p>
    <p>“We have told our customers that deposits in the local currency end on Friday,” a manager of the
    exchange told this newspaper, adding that trading in bitcoin and ether was not affected.</p>
    <blockquote>The regulator warned in January that the firm holds no licence to offer trading in
    virtual assets to residents, under section 12 of the Payment Services Act.</blockquote>
    <p>Analysts said the move followed a court ruling last month. Volumes fell by a third, according to
    data of the central bank, which has been critical of offshore platforms for years.</p>
    </article>\(box)<footer>© The Harbour Times. Corrections: desk@harbour-times.example</footer>
    </body></html>
    """
  }

  /// What turns a report into an advertisement.
  static let referralBox = """
    <aside class="promo"><h3>Register now and get up to 30,000 USDT</h3>
    <p>Open your account with our exclusive link and keep 20% of your trading fees for life. Use our
    referral code HARBOUR20 when you sign up.</p>
    <a class="button" href="https://www.bybit.com/invite?ref=HARBOUR20">Register now</a></aside>
    """

  /// Boxes with a link that is bound to somebody, and a call.
  static let boxes = [
    """
    <aside><h3>Register now</h3><a class="button" href="https://www.bybit.com/invite?ref=HARBOUR20">Open
    an account</a></aside>
    """,
    """
    <div class="box"><p>Trade with our link and save on fees.</p>
    <a href="https://accounts.binance.com/register?ref=ABCD1234">Register now</a></div>
    """,
    """
    <div class="signup"><a href="https://www.okx.com/join/7654321">Register now</a></div>
    """,
  ]

  /// A report that is one by many signs.
  static func longReport(box: String = "") -> String {
    let more = """
      <p>A professor of law at the university, who was not involved in the case, said the ruling was
      likely to be appealed. In a statement the ministry wrote that it had taken note of the decision.</p>
      <p>According to the annual report, which was published in March, the supervisor opened 41 cases
      last year. “We expect firms to know the law,” its chair told reporters.</p>
      """
    return newspaper(box: String(repeating: more, count: 4) + box)
  }

  /// A report's frame around any text.
  static func framed(_ text: String) -> String {
    """
    By Ruth Amadi, 4 March 2026. Police said on Wednesday that a page with the following words had \
    misled residents, according to the regulator, which warned the public and opened a case:

    “\(text)”

    The regulator said the operator holds no licence. A court will hear the case in May, a spokesman \
    said. Victims were urged to report losses to the police.
    """
  }

  static let texts = [
    Sample(
      category: .venue,
      text: """
        How to deposit on our exchange: log in, open Wallet and select Deposit. Choose USDT and the \
        network, copy the deposit address or scan the QR code. Your spot account is credited after \
        12 confirmations; then place a limit order for any trading pair.
        """),
    Sample(
      category: .venue,
      text: """
        登录后进入资产页面，点击充值，选择 USDT 与网络，复制充值地址转入即可。到账后选择交易对，用限价单或市价单下单；\
        合约最高 100 倍杠杆，支持全仓与逐仓。本平台手续费 0.1%，24 小时提币。
        """),
    Sample(
      category: .tokenSale,
      text: """
        Our token presale is live. Stage 3 of 8: 1 NOVA = $0.012, listing price $0.04. Connect your \
        wallet and buy with ETH, BNB or USDT, minimum 50 dollars, at most 20,000 a wallet. Soft cap \
        500,000 dollars, hard cap 4 million; 20% unlocks at TGE, the rest vests over six months.
        """),
    Sample(
      category: .tokenSale,
      text: """
        代幣預售第二階段火熱進行中，價格 0.03 USDT，上架價 0.08 USDT。連接錢包即可用 USDT、ETH 認購，單個錢包上限 \
        5 萬 U，上線解鎖 20%，其餘六個月線性釋放。僅剩 36 小時，立即購買。
        """),
    Sample(
      category: .paymentAcceptance,
      text: """
        We accept Bitcoin and USDT at our shop. At checkout choose Pay with crypto: the invoice shows \
        the exact amount, an address and a QR code. Scan it with your wallet and send the exact sum; \
        after one confirmation your order is marked paid and we ship it.
        """),
    Sample(
      category: .paymentAcceptance,
      text: """
        套餐付款方式支持支付宝、微信和 USDT。选择 USDT 支付后，收银台显示 TRC20 收款地址与金额，请在二十分钟内扫码转账，\
        链上确认后自动开通，不支持退款。
        """),
    Sample(
      category: .solicitation,
      text: """
        Sign up at Bybit with my referral code FARM2026 and keep 20% of all trading fees, plus a welcome \
        bonus of 100 USDT. Click the link below, register today, deposit and join my Telegram group for \
        free signals.
        """),
    Sample(
      category: .solicitation,
      text: """
        币安注册教程：点击下方链接注册，填写邀请码 bifan88 可永久返佣 20%，新人还有 100 USDT 礼包。国内用户请用备用网址，\
        下载 APK 安装后实名。进电报群联系客服领取福利。
        """),
    Sample(
      category: .reporting,
      text: """
        The SEC sued three crypto trading platforms on Monday for unregistered offerings, according to a \
        complaint filed in New York. The agency said investors lost a billion dollars. A lawyer for the \
        founder declined to comment; a judge will hear the case in May.
        """),
    Sample(
      category: .reporting,
      text: """
        据新华社报道，警方近日查获一个虚拟货币诈骗团伙。受害者称被拉入“带单群”，充值 USDT 后无法提现。民警提醒，\
        此类平台多为骗局，切勿轻信；法院此前已对同类案件作出判决。
        """),
    Sample(
      category: .reporting,
      text: """
        什么是稳定币？本文介绍稳定币的三种分类与脱锚风险，并以 USDT 为例解释储备机制。所谓稳定币，是指与法币挂钩的加密货币；\
        作者对比了不同方案的优缺点，仅供参考，不构成投资建议。
        """),
  ]

  static let homonyms = [
    "Exchange any item within 30 days: register your return, print the label and drop it off.",
    "An access token expires after an hour; send the refresh token to get a new JWT.",
    "We buy and sell gold and silver coins, mint sets and bullion. Free shipping over 199 dollars.",
    "Download the ICO file, or convert your PNG into favicon.ico and link it in the head.",
    "Presale for the tour starts on Friday at ten; fans get a presale code by mail. Buy now.",
    "Trade 60 currency pairs and gold on MT5 with leverage. Deposit by card, download the platform.",
    "A slim leather wallet for eight cards. Order now, free delivery, pay by card.",
    "accessToken 过期后用 refreshToken 换新，令牌由网关统一签发与校验。",
    "分享邀请码，好友下载 App 首单立减 20 元，你得 10 元红包，可提现到微信。",
    "露天煤矿开采设备招标公告：投标保证金 80 万元，5 月 20 日开标。",
    "盤中零股九點開始委託，登入券商 App 選擇零股下單即可，手續費最低一元。",
    "新手礼包兑换码 VIP666，每日任务可得 50 代币，活动商店可兑换坐骑。",
  ]

  static let objectsAlone = [
    "Bitcoin, Ethereum, USDT, Solana, BNB, Tron, Monero, Litecoin",
    "Binance OKX Bybit Bitget KuCoin MEXC Kraken Coinbase",
    "比特币 以太坊 泰达币 币安 欧易 火币 加密货币 数字资产",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
  ]
}
