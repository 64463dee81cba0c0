/// What a page lets its visitor do: trade, deposit, buy in a sale, open an account.
extension Observer {
  private static let priceWords = ["price", "价格", "单价", "限价", "委托价"]
    .map { Array($0.utf8) }
  private static let amountWords = [
    "amount", "quantity", "qty", "size", "total", "volume", "数量", "金额", "总额", "张数", "成交额",
  ].map { Array($0.utf8) }
  private static let buyWords = ["buy", "long", "买入", "做多", "开多", "买多"]
    .map { Array($0.utf8) }
  private static let sellWords = ["sell", "short", "卖出", "做空", "开空", "卖空"]
    .map { Array($0.utf8) }
  private static let signUpWords = [
    "sign up", "signup", "register", "create account", "create an account", "join now",
    "open account", "get started", "注册", "创建账户", "创建账号", "开户",
  ].map { Array($0.utf8) }

  /// Counts the signals that rest on forms, lists and terms.
  mutating func readTrading() {
    for form in reading?.facts.forms ?? [] { judge(form) }
    countPairs()
    countLeverage()
    countDeposits()
    countSaleTerms()
    countReferralCodes()
    if isOnVenue {
      tally.add(
        .venueHost, regions: [], location: .init(part: text.part, start: 0, end: 0))
    }
  }

  private mutating func judge(_ form: PageForm) {
    func names(_ words: [[UInt8]]) -> Bool {
      form.fields.contains { field in
        field.type != "hidden"
          && (Self.hasWord(words, in: field.name.lowercased())
            || Self.hasWord(words, in: field.label.lowercased()))
      }
    }
    func offers(_ words: [[UInt8]]) -> Bool {
      form.buttons.contains { Self.hasWord(words, in: $0) }
        || form.fields.contains { $0.type == "radio" && Self.hasWord(words, in: $0.value) }
    }
    let hasPassword = form.fields.contains { $0.type == "password" }
    if !hasPassword, names(Self.priceWords), names(Self.amountWords), offers(Self.buyWords),
      offers(Self.sellWords)
    {
      tally.add(.orderForm, regions: RegionSet(.form), location: form.location)
    }
    guard hasPassword else { return }
    let passwords = form.fields.count { $0.type == "password" }
    if passwords > 1 || offers(Self.signUpWords) {
      tally.add(.signUpForm, regions: RegionSet(.form), location: form.location)
    } else {
      tally.add(.loginForm, regions: RegionSet(.form), location: form.location)
    }
  }

  /// Whether one of some words stands in a text: at word boundaries where it is Latin.
  private static func hasWord(_ words: [[UInt8]], in text: String) -> Bool {
    guard !text.isEmpty else { return false }
    let octets = Array(text.utf8)
    return words.contains { hasWord($0, in: octets) }
  }

  private static func hasWord(_ wanted: [UInt8], in octets: [UInt8]) -> Bool {
    guard octets.count >= wanted.count, let first = wanted.first else { return false }
    let isLatin = first < 0x80
    return (0...octets.count - wanted.count).contains { start in
      octets[start] == first && octets[start..<start + wanted.count].elementsEqual(wanted)
        && (!isLatin
          || (!(start > 0 && PackedName.isAlphanumeric(octets[start - 1]))
            && !(start + wanted.count < octets.count
              && PackedName.isAlphanumeric(octets[start + wanted.count]))))
    }
  }

  /// Pairs of two assets count where at least four different assets are paired, outside of prose.
  private mutating func countPairs() {
    let listed: RegionSet = [
      RegionSet(.link), RegionSet(.tableCell), RegionSet(.option), RegionSet(.list),
      RegionSet(.button),
    ]
    let pairs = places(.pair).filter {
      !text.regions(at: Int($0.start)).isDisjoint(with: listed)
        && !text.regions(at: Int($0.start)).contains(RegionSet(.code))
    }
    let assets = Set(
      pairs.map { place in
        text.string(place.range).prefix { $0.isLetter || $0.isNumber }
      })
    guard assets.count >= 4 else { return }
    for pair in pairs { tally.add(.pairList, at: pair.range) }
  }

  /// A choice of leverage: three different multiples close together, beside the word or in a form.
  private mutating func countLeverage() {
    let choices = places(.leverage)
    guard choices.count >= 3 else { return }
    let words = places(.leverageWord)
    let controls: RegionSet = [RegionSet(.button), RegionSet(.option), RegionSet(.form)]
    for (index, choice) in choices.enumerated().dropLast(2) {
      let last = choices[choices.startIndex + index + 2]
      guard Int(last.end) - Int(choice.start) <= 120 else { continue }
      let group = choices[(choices.startIndex + index)...(choices.startIndex + index + 2)]
      guard Set(group.map { text.string($0.range) }).count == 3 else { continue }
      let range = Int(choice.start)..<Int(last.end)
      let isControl = group.allSatisfy {
        !text.regions(at: Int($0.start)).isDisjoint(with: controls)
      }
      if isControl || words.contains(where: { isWithin(120, octets: 480, range, $0.range) }) {
        tally.add(.leverageSelector, at: range)
        return
      }
    }
  }

  /// Where to deposit: the words, a network, and an address whose checksum holds.
  private mutating func countDeposits() {
    let addresses = builtIn[.wallet] ?? []
    guard !addresses.isEmpty, !places(.network).isEmpty else { return }
    for word in places(.depositWord)
    where addresses.contains(where: { isWithin(300, octets: 1_200, word.range, $0) }) {
      tally.add(.depositAddress, at: word.range)
    }
  }

  /// Terms of a sale: a price, and two of: an accepted asset, a stage or date, a way to contribute.
  private mutating func countSaleTerms() {
    for price in places(.salePrice).prefix(64) {
      let near = [BuiltInPatterns.Name.saleAsset, .saleStage, .saleRoute].filter { name in
        places(name).contains { isWithin(1_500, octets: 6_000, price.range, $0.range) }
      }
      if near.count >= 2, near.contains(.saleStage) { tally.add(.saleTerms, at: price.range) }
    }
  }

  /// Codes in prose that are no placeholders.
  private mutating func countReferralCodes() {
    for place in places(.referralCode) {
      let words = text.string(place.range).split {
        !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"))
      }
      guard let code = words.last(where: { ReferralGrammar.isCode(String($0)) }),
        Self.looksBound(code)
      else { continue }
      tally.add(.referralCode, at: place.range)
    }
  }

  /// Whether a word in prose is a code and no ordinary word: it holds a digit, or stands behind a
  /// colon, so that only words that sentences go on with are left out.
  private static func looksBound(_ code: Substring) -> Bool { !ordinaryWords.contains(code) }

  private static let ordinaryWords: Set<Substring> = [
    "and", "the", "for", "you", "your", "can", "will", "when", "from", "with", "that", "this",
    "during", "below", "here", "code", "link", "must", "may", "has", "have", "not", "are", "was",
    "before", "after", "field", "box", "page", "should", "program", "programme", "bonus",
    "entry", "into", "which", "used", "then", "also", "gets", "give", "gives", "system",
    "invite", "referral", "invitation", "copy", "share", "optional", "required", "only",
  ]
}
