internal import Enforcement

/// Reads the members of one post.
struct PostReader {
  var scanner: PostScanner
  /// The post's id, once it is known.
  private(set) var id: String?
  private var account: String?
  private var published: Instant?
  private var text: [UInt8]?
  private var language: String?
  private var links: [String]?
  private var isPublic: Bool?
  /// The known members so far, a bit each.
  private var seen: UInt8 = 0
  private var others: [[UInt8]] = []

  private static let nameLimit = 200
  private static let languageLimit = 35
  private static let addressLimit = 2_048

  /// The members of a post.
  private enum Member: String {
    case id, account, published, text, lang, links
    case isPublic = "public"

    var bit: UInt8 {
      switch self {
      case .id: 1
      case .account: 2
      case .published: 4
      case .text: 8
      case .lang: 16
      case .links: 32
      case .isPublic: 64
      }
    }
  }

  init(scanner: PostScanner) {
    self.scanner = scanner
  }

  /// Reads the line; nothing may follow the post.
  mutating func read(allArePublic: Bool) throws(PostFault) -> PublicPost {
    try scanner.demand(0x7B, "{")
    if try !scanner.take(0x7D) {
      repeat { try readMember() } while try scanner.take(0x2C)
      try scanner.demand(0x7D, "a comma or }")
    }
    try scanner.demandEnd()
    guard let id else { throw PostFault(.missing("id")) }
    guard isPublic != false else { throw PostFault(.notPublic) }
    guard allArePublic || isPublic == true else { throw PostFault(.notKnownPublic) }
    guard let account else { throw PostFault(.missing("account")) }
    guard let published else { throw PostFault(.missing("published")) }
    guard let text else { throw PostFault(.missing("text")) }
    return PublicPost(
      id: id, account: account, published: published, text: text, language: language,
      links: links ?? [], isPublic: isPublic)
  }

  private mutating func readMember() throws(PostFault) {
    let (range, hasEscapes) = try nameRange()
    try scanner.demand(0x3A, "a colon")
    guard let member = hasEscapes ? nil : member(range) else {
      let name = hasEscapes ? try scanner.resolved(range) : Array(scanner.text(range).utf8)
      if let member = Member(rawValue: String(decoding: name, as: UTF8.self)) {
        try readKnown(member, at: range.lowerBound)
      } else {
        try passOver(name, at: range.lowerBound)
      }
      return
    }
    try readKnown(member, at: range.lowerBound)
  }

  private mutating func nameRange() throws(PostFault) -> (range: Range<Int>, hasEscapes: Bool) {
    guard try scanner.peek() == 0x22 else { throw scanner.fault(.expected("a name")) }
    return try scanner.stringRange()
  }

  private func member(_ range: Range<Int>) -> Member? {
    switch range.count {
    case 2: scanner.isName("id", range) ? .id : nil
    case 4: scanner.isName("text", range) ? .text : scanner.isName("lang", range) ? .lang : nil
    case 5: scanner.isName("links", range) ? .links : nil
    case 6: scanner.isName("public", range) ? .isPublic : nil
    case 7: scanner.isName("account", range) ? .account : nil
    case 9: scanner.isName("published", range) ? .published : nil
    default: nil
    }
  }

  private mutating func passOver(_ name: [UInt8], at offset: Int) throws(PostFault) {
    guard !others.contains(name) else {
      let shown = String(String(decoding: name, as: UTF8.self).prefix(40))
      throw scanner.fault(.duplicate(shown), at: offset)
    }
    guard others.count + seen.nonzeroBitCount < PostLines.memberLimit else {
      throw scanner.fault(.tooManyMembers, at: offset)
    }
    others.append(name)
    try scanner.skipValue()
  }
}

// MARK: - Known members

extension PostReader {
  private mutating func readKnown(_ member: Member, at offset: Int) throws(PostFault) {
    guard seen & member.bit == 0 else {
      throw scanner.fault(.duplicate(member.rawValue), at: offset)
    }
    seen |= member.bit
    switch member {
    case .id: id = try name("id")
    case .account: account = try name("account")
    case .published: published = try time()
    case .text:
      text = try octets("text", limit: PublicPost.textLimit)
    case .lang: if try !takeNull() { language = try languageTag() }
    case .links: if try !takeNull() { links = try addresses() }
    case .isPublic: if try !takeNull() { isPublic = try truth() }
    }
  }

  private mutating func takeNull() throws(PostFault) -> Bool {
    guard try scanner.peek() == 0x6E else { return false }
    return scanner.takeWord("null")
  }

  private mutating func octets(_ name: String, limit: Int) throws(PostFault) -> [UInt8] {
    guard try scanner.peek() == 0x22 else {
      throw scanner.fault(.wrongType(name, wanted: "a string"))
    }
    let start = scanner.at
    let octets = try scanner.string()
    guard octets.count <= limit else {
      throw scanner.fault(.tooLong(name, limit: limit), at: start)
    }
    return octets
  }

  private mutating func name(_ name: String) throws(PostFault) -> String {
    guard try scanner.peek() == 0x22 else {
      throw scanner.fault(.wrongType(name, wanted: "a string"))
    }
    let start = scanner.at
    let (range, hasEscapes) = try scanner.stringRange()
    let text =
      hasEscapes
      ? String(decoding: try scanner.resolved(range), as: UTF8.self) : scanner.text(range)
    guard !text.isEmpty else { throw scanner.fault(.empty(name), at: start) }
    guard text.utf8.count <= Self.nameLimit else {
      throw scanner.fault(.tooLong(name, limit: Self.nameLimit), at: start)
    }
    guard !hasEscapes || text.utf8.allSatisfy({ $0 >= 0x20 }) else {
      throw scanner.fault(.controlCharacter, at: start)
    }
    return text
  }

  private mutating func time() throws(PostFault) -> Instant {
    guard try scanner.peek() == 0x22 else {
      throw scanner.fault(.wrongType("published", wanted: "a string"))
    }
    let start = scanner.at
    let (range, hasEscapes) = try scanner.stringRange()
    guard !hasEscapes, range.count <= 40,
      let time = plainTime(range) ?? Instant(scanner.text(range))
    else { throw scanner.fault(.badTime, at: start) }
    return time
  }

  /// A time as most programs write it, `2026-08-24T00:00:00Z`, maybe with three digits behind the
  /// second; nil for all others, which ``Instant`` reads.
  private func plainTime(_ range: Range<Int>) -> Instant? {
    let start = range.lowerBound
    guard range.count == 20 || range.count == 24, scanner[start + 4] == 0x2D,
      scanner[start + 7] == 0x2D, scanner[start + 10] == 0x54, scanner[start + 13] == 0x3A,
      scanner[start + 16] == 0x3A, scanner[range.upperBound - 1] == 0x5A,
      range.count == 20 || scanner[start + 19] == 0x2E,
      let year = number(start, 4), let month = number(start + 5, 2),
      let day = number(start + 8, 2), let hour = number(start + 11, 2),
      let minute = number(start + 14, 2), let second = number(start + 17, 2),
      let fraction = range.count == 20 ? 0 : number(start + 20, 3),
      year >= 1970, (1...12).contains(month), (1...28).contains(day), hour < 24, minute < 60,
      second < 60
    else { return nil }
    // Days since 1970-01-01: years begin in March, so that the leap day is the last of one.
    let shifted = month > 2 ? year : year - 1
    let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
    return Instant(milliseconds: Int64(seconds) * 1_000 + Int64(fraction))
  }

  private func number(_ start: Int, _ digits: Int) -> Int? {
    var value = 0
    for offset in start..<start + digits {
      let digit = scanner[offset] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  private mutating func languageTag() throws(PostFault) -> String? {
    let start = (try scanner.peek(), scanner.at).1
    let tag = try octets("lang", limit: Self.languageLimit)
    guard !tag.isEmpty else { return nil }
    let isTag = tag.allSatisfy {
      $0 == 0x2D || $0 == 0x5F || $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26
    }
    guard isTag else { throw scanner.fault(.badLanguage, at: start) }
    return String(decoding: tag.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
  }

  private mutating func addresses() throws(PostFault) -> [String] {
    guard try scanner.take(0x5B) else {
      throw scanner.fault(.wrongType("links", wanted: "a list of strings"))
    }
    if try scanner.take(0x5D) { return [] }
    var links: [String] = []
    repeat {
      let link = try octets("links", limit: Self.addressLimit)
      guard links.count < PublicPost.linkLimit else { throw scanner.fault(.tooManyLinks) }
      links.append(String(decoding: link, as: UTF8.self))
    } while try scanner.take(0x2C)
    try scanner.demand(0x5D, "a comma or ]")
    return links
  }

  private mutating func truth() throws(PostFault) -> Bool {
    _ = try scanner.peek()
    if scanner.takeWord("true") { return true }
    if scanner.takeWord("false") { return false }
    throw scanner.fault(.wrongType("public", wanted: "true or false"))
  }
}
