"""The sentences that pages are made of, by language and by what they are for."""

NAMES = ["Marlow", "Quinsey", "Haverford", "Tilling", "Osgood", "Brannock", "Ferrer", "Lindqvist",
         "Okafor", "Petrossian", "Wainwright", "Yarrow"]
NAMES_ZH = ["林致远", "周若彤", "陈伯安", "许静宜", "黄启明", "罗思齐", "邓佳音", "方知行"]
BRANDS = ["Nordlake", "Vantora", "Kestrelium", "Oribex", "Halcyra", "Zephyrox", "Lumenport",
          "Tarnwick", "Corvanta", "Meridexa"]
BRANDS_ZH = ["北湖", "万拓", "云雀", "奥瑞", "海盈", "星泽", "卢门", "泰诺"]
TICKERS = ["BTC", "ETH", "SOL", "XRP", "LTC", "DOGE", "ADA", "TRX"]

PROSE = {
    "en": [
        "The council will vote on the new tram line before the end of the month.",
        "Rain is expected over the hills, with dry spells along the coast in the afternoon.",
        "Volunteers planted four hundred trees along the old canal on Saturday.",
        "The museum opens its late galleries on Thursdays until nine in the evening.",
        "Our kettle holds one litre and a half and comes with a two-year guarantee.",
        "Members of the club meet every second Tuesday in the hall behind the library.",
        "The bakery's owner said that flour had become a third dearer within a year.",
        "A goal in the last minute decided the match between the two neighbours.",
        "Delivery takes three to five working days; returns are free within thirty days.",
        "The orchard sells apples by the crate, and juice by the bottle.",
        "Engineers replaced two bearings in the bridge during the night.",
        "The school choir will sing in the market square on the first Sunday of Advent.",
        "Choose a size, a colour, and whether you would like the handle in oak or in beech.",
        "The ferry runs every twenty minutes in summer and every hour in winter.",
        "Her second novel follows three sisters through one long winter in the north.",
        "Please keep the receipt; the warranty is void without it.",
    ],
    "zh-Hans": [
        "市政府将在月底之前就新的有轨电车线路进行表决。",
        "预计山区有雨，沿海地区下午转晴。",
        "志愿者周六在老运河沿岸种下了四百棵树。",
        "博物馆每周四延长开放时间至晚上九点。",
        "这款电热水壶容量一升半，质保两年。",
        "俱乐部成员每隔一周的周二在图书馆后面的礼堂聚会。",
        "面包店老板说，面粉一年之内贵了三分之一。",
        "比赛最后一分钟的进球决定了两支邻队的胜负。",
        "配送需要三至五个工作日，三十天内免费退货。",
        "果园的苹果整箱出售，果汁按瓶计价。",
        "工程师夜间更换了桥梁的两个支座。",
        "渡轮夏季每二十分钟一班，冬季每小时一班。",
        "她的第二部小说讲述三姐妹在北方度过的一个漫长冬天。",
        "请保留收据，没有收据无法保修。",
    ],
    "zh-Hant": [
        "市議會將在月底前就新的輕軌路線進行表決。",
        "預計山區有雨，沿海地區下午轉晴。",
        "志工週六在老運河沿岸種下四百棵樹。",
        "博物館每週四延長開放至晚上九點。",
        "這款電熱水壺容量一升半，保固兩年。",
        "麵包店老闆說，麵粉一年內貴了三分之一。",
        "配送需要三至五個工作天，三十天內可免費退貨。",
        "渡輪夏季每二十分鐘一班，冬季每小時一班。",
        "請保留收據，沒有收據無法保固。",
    ],
}

REPORTS = {
    "en": [
        "{city}, {date} – The financial supervisor said on Tuesday that {brand} had offered trading in"
        " digital currencies without a licence.",
        "\"We have asked the company to stop taking new customers,\" a spokeswoman, {name}, told"
        " reporters.",
        "According to court papers, {brand} took deposits in bitcoin worth about {n} million dollars.",
        "{brand} did not answer a request for comment.",
        "Analysts at the university estimate that one in {n} holders has lost money on such platforms.",
        "The law of {year} forbids shops to take virtual currency as payment, and exchanges to advertise.",
        "Last month the price of bitcoin fell by {n} percent after the announcement.",
        "\"Investors should be careful with token sales that promise a fixed return,\" {name} said.",
        "The platform, which let people buy ether and other coins, has been offline since Friday.",
    ],
    "zh-Hans": [
        "本报{city}{date}电 金融监管部门周二表示，{brand}未经许可提供虚拟货币交易服务。",
        "“我们已要求该公司停止接纳新客户。”发言人{name}对记者说。",
        "据法院文件显示，{brand}接受了价值约{n}00万美元的比特币存款。",
        "截至发稿，{brand}未回复记者的采访请求。",
        "专家提醒，投资者应警惕承诺固定收益的代币发行。",
        "根据{year}年的通知，任何机构不得为虚拟货币交易提供支付结算服务。",
        "受此消息影响，比特币价格上月下跌了百分之{n}。",
        "该平台自上周五起已无法访问，警方已介入调查。",
    ],
    "zh-Hant": [
        "【記者{name}{city}報導】金管會週二表示，{brand}未經許可提供虛擬貨幣交易服務。",
        "「我們已要求該公司停止招攬新客戶。」發言人{name}對媒體說。",
        "據法院文件，{brand}收受價值約{n}00萬美元的比特幣。",
        "截至截稿前，{brand}未回應記者詢問。",
        "專家提醒，投資人應提防保證獲利的代幣發行。",
    ],
}

VENUE = {
    "en": [
        "Trade {t1}/USDT and {t2}/USDT with deep liquidity and fees from 0.0{n} %.",
        "Open an account in two minutes and deposit {t1} to start trading.",
        "Perpetual futures with up to {n}x leverage, isolated or cross margin.",
        "Buy crypto with your card, or sell {t2} instantly to your bank account.",
        "Our matching engine handles a million orders a second; withdraw at any time.",
        "Download the {brand} app for iOS and Android and trade wherever you are.",
        "Sign up today and receive a welcome bonus of {n} USDT.",
    ],
    "zh-Hans": [
        "支持{t1}/USDT、{t2}/USDT等上百个交易对，手续费低至0.0{n}%。",
        "两分钟完成注册，充值{t1}即可开始交易。",
        "永续合约最高{n}倍杠杆，支持逐仓与全仓。",
        "立即注册{brand}，新用户领取{n} USDT奖励。",
        "下载{brand} App，随时随地买币卖币。",
        "撮合引擎每秒百万订单，提币秒到账。",
    ],
    "zh-Hant": [
        "支援{t1}/USDT、{t2}/USDT等上百個交易對，手續費低至0.0{n}%。",
        "立即註冊{brand}，新用戶領取{n} USDT獎勵。",
        "永續合約最高{n}倍槓桿，支援逐倉與全倉。",
        "下載{brand} App，隨時隨地買幣賣幣。",
        "入金{t1}即可開始交易，出金快速到帳。",
    ],
}

SALE = {
    "en": [
        "The {ticker} presale is live: stage {n} of 12, price 0.0{n} USDT per token.",
        "Connect your wallet, choose ETH, BNB or USDT, and buy {ticker} before the next price rise.",
        "Token allocation: 40 % presale, 20 % liquidity, 15 % team, 25 % ecosystem.",
        "Minimum contribution 0.1 ETH; tokens are claimed after the token generation event.",
        "Soft cap {n},000,000 USDT, hard cap 1{n},000,000 USDT; the private round is sold out.",
    ],
    "zh-Hans": [
        "{ticker}预售火热进行中：第{n}轮，单价0.0{n} USDT。",
        "连接钱包，选择ETH、BNB或USDT，在下次涨价前认购{ticker}。",
        "代币分配：预售40%，流动性20%，团队15%，生态25%。",
        "最低认购0.1 ETH，TGE之后即可领取代币。",
        "私募额度已售罄，公募软顶{n}00万USDT。",
    ],
    "zh-Hant": [
        "{ticker}預售火熱進行中：第{n}輪，單價0.0{n} USDT。",
        "連接錢包，選擇ETH、BNB或USDT，在下次漲價前認購{ticker}。",
        "代幣分配：預售40%，流動性20%，團隊15%，生態25%。",
        "最低認購0.1 ETH，TGE之後即可領取代幣。",
    ],
}

CHECKOUT = {
    "en": [
        "We accept Bitcoin, Ethereum and USDT at checkout.",
        "Pay with crypto: choose Bitcoin as your payment method and scan the QR code.",
        "Send the exact amount to the address below; your order ships after two confirmations.",
    ],
    "zh-Hans": [
        "本店支持比特币、以太坊和USDT付款。",
        "结账时选择USDT支付，扫描二维码转账即可。",
        "请将准确金额转到以下收款地址，两次确认后发货。",
    ],
    "zh-Hant": [
        "本店接受比特幣、以太幣與USDT付款。",
        "結帳時選擇USDT付款，掃描QR碼轉帳即可。",
        "請將正確金額轉至以下收款地址，兩次確認後出貨。",
    ],
}

PROMOTION = {
    "en": [
        "Register on {brand} with my link and save 20 % on trading fees for life.",
        "Use the invitation code {code} when you sign up to claim up to {n}00 USDT.",
        "Join my trading group on Telegram: daily signals for {t1} and {t2} futures.",
        "Step 1: open the {brand} registration page through the button below. Step 2: enter the"
        " code {code}. Step 3: deposit and start trading.",
    ],
    "zh-Hans": [
        "通过我的链接注册{brand}，手续费终身减免20%。",
        "注册时填写邀请码{code}，最高领取{n}00 USDT盲盒。",
        "加入我的电报群，每天分享{t1}、{t2}合约带单信号。",
        "第一步：点击下方按钮打开{brand}注册页面；第二步：填写邀请码{code}；第三步：充值买币。",
    ],
    "zh-Hant": [
        "透過我的連結註冊{brand}，手續費終身減免20%。",
        "註冊時填寫邀請碼{code}，最高領取{n}00 USDT。",
        "加入我的Telegram群，每天分享{t1}、{t2}合約帶單訊號。",
    ],
}

LESSONS = {
    "en": [
        "A hash function maps any input to a short digest; changing one letter changes all of it.",
        "A digital wallet holds keys, not coins: the ledger records who may spend what.",
        "The example below exchanges one token for another in the parser's grammar.",
        "Pass your API token in the Authorization header; never put it into the URL.",
        "Mail moved from the old Exchange server to the new one over the weekend.",
        "In mining, ore is crushed before it is leached; coins were struck from the silver.",
    ],
    "zh-Hans": [
        "哈希函数把任意输入映射为很短的摘要，改动一个字母，结果就完全不同。",
        "数字钱包保存的是密钥而不是硬币，账本记录谁可以花费什么。",
        "请在 Authorization 头里传递 API 令牌，不要放进网址。",
        "周末我们把邮件从旧的 Exchange 服务器迁到了新服务器。",
        "数据挖掘课程下周开课，报名请到教务处。",
    ],
    "zh-Hant": [
        "雜湊函式把任意輸入對應為很短的摘要，改動一個字母，結果就完全不同。",
        "請在 Authorization 標頭裡傳遞 API 權杖，不要放進網址。",
        "資料探勘課程下週開課，報名請至教務處。",
    ],
}

CITIES = {"en": ["Northport", "Eastholm", "Graywick"], "zh-Hans": ["北京", "海州", "江城"],
          "zh-Hant": ["台北", "高雄", "台中"]}
MENU = {
    "en": ["Home", "About", "Contact", "Archive", "Help"],
    "zh-Hans": ["首页", "关于", "联系", "归档", "帮助"],
    "zh-Hant": ["首頁", "關於", "聯絡", "彙整", "說明"],
}
LABELS = {
    "en": {"register": "Create account", "email": "E-mail", "password": "Password", "buy": "Buy",
           "sell": "Sell", "price": "Price", "amount": "Amount", "leverage": "Leverage",
           "by": "By {name}", "cart": "Add to basket", "join": "Register now",
           "connect": "Connect wallet", "related": "Read on"},
    "zh-Hans": {"register": "注册账号", "email": "邮箱", "password": "密码", "buy": "买入",
                "sell": "卖出", "price": "价格", "amount": "数量", "leverage": "杠杆",
                "by": "记者 {name}", "cart": "加入购物车", "join": "立即注册",
                "connect": "连接钱包", "related": "相关阅读"},
    "zh-Hant": {"register": "註冊帳號", "email": "電子郵件", "password": "密碼", "buy": "買入",
                "sell": "賣出", "price": "價格", "amount": "數量", "leverage": "槓桿",
                "by": "記者 {name}", "cart": "加入購物車", "join": "立即註冊",
                "connect": "連接錢包", "related": "延伸閱讀"},
}
