/// How venues write their referral links: query keys and paths.
///
/// Keys and path words are those that the catalogue of ccxt 4.5.90 lists for 71 exchanges, with the
/// shapes that mirrors of the same venues use.
enum ReferralGrammar {
  private static let keys: Set<String> = [
    "ref", "referral", "invite_code", "invitecode", "code", "rcode", "vipcode", "channelcode",
    "ref_id", "refid", "referral_code", "referralcode", "affiliation_code", "affiliate_code",
    "icode", "c", "i", "r", "a", "broker", "cn", "inviter", "invite", "invitation_code",
    "referrer", "affiliate", "affiliateid", "uid", "aff", "groupreferralcode", "inviteref",
  ]
  /// Keys that say nothing but on a venue's own host.
  private static let vagueKeys: Set<String> = ["c", "i", "r", "a", "cn", "code", "uid", "broker"]
  private static let pathWords: Set<String> = [
    "join", "invite", "r", "share", "referral", "affiliate", "from", "aff", "j", "ref", "i",
    "partner", "invited",
  ]
  private static let openingWords: Set<String> = [
    "register", "signup", "sign-up", "join", "invite", "share", "expressly", "account", "users",
    "ucenter", "reg",
  ]
  /// Keys under which pages pass on to another address.
  private static let targetKeys: Set<String> = [
    "target", "url", "to", "goto", "redirect", "redirect_url", "u", "link", "dest", "q", "jump",
  ]

  /// The code that a link to a venue's own host binds; nil where it binds none.
  static func code(onVenue address: WebAddress) -> String? {
    for item in address.query where keys.contains(item.key.lowercased()) && isCode(item.value) {
      return item.value
    }
    return codeInPath(address.path)
  }

  /// The code that a link in the path grammar of a venue binds, on a host that is not known.
  static func code(onUnknown address: WebAddress) -> String? {
    let words = address.path.map { $0.lowercased() }
    // `/join/<n>` and `/zh-hans/join/<n>`: digits only, as venues number their partners.
    if let join = words.lastIndex(of: "join"), join + 1 < words.count, join <= 2,
      (5...12).contains(words[join + 1].utf8.count), words[join + 1].allSatisfy(\.isNumber)
    {
      return address.path[join + 1]
    }
    guard let last = words.last(where: { openingWords.contains($0) }) ?? words.first else {
      return nil
    }
    let isOpening =
      openingWords.contains(last) || words.contains { openingWords.contains($0) }
    guard isOpening else { return nil }
    return address.query.first {
      let key = $0.key.lowercased()
      return keys.contains(key) && !vagueKeys.contains(key) && isCode($0.value)
    }?.value
  }

  private static func codeInPath(_ path: [String]) -> String? {
    for (index, word) in path.enumerated().prefix(4) {
      let lower = word.lowercased()
      if pathWords.contains(lower), let next = path[(index + 1)...].last, isCode(next),
        !openingWords.contains(next.lowercased()), !isLanguage(next)
      {
        return next
      }
      if lower.hasPrefix("reg-"), isCode(String(word.dropFirst(4))) {
        return String(word.dropFirst(4))
      }
    }
    return nil
  }

  private static func isLanguage(_ word: String) -> Bool {
    let parts = word.lowercased().split(separator: "-")
    return parts.first.map { $0.utf8.count == 2 } == true && (parts.count == 2 || word.count == 2)
  }

  /// Where a link passes on to, where it says so in its query.
  static func target(of address: WebAddress) -> String? {
    address.query.first {
      targetKeys.contains($0.key.lowercased())
        && ($0.value.hasPrefix("http://") || $0.value.hasPrefix("https://")
          || $0.value.hasPrefix("//"))
    }?.value
  }

  private static let placeholders: Set<String> = [
    "code", "yourcode", "your_code", "your-code", "ref", "refcode", "ref_code", "referral",
    "referralcode", "referral_code", "invitecode", "invite_code", "example", "test", "sample",
    "xxx", "abc", "abc123", "null", "undefined", "none", "home", "index", "login", "register",
    "true", "false", "user", "username", "youraffiliateid", "your_id", "yourid", "link",
  ]

  /// Whether a text may be a bound code and is no placeholder.
  static func isCode(_ text: String) -> Bool {
    guard (3...40).contains(text.utf8.count),
      text.utf8.allSatisfy({ PackedName.isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2D })
    else { return false }
    let lower = text.lowercased()
    guard !placeholders.contains(lower), !lower.hasPrefix("your") else { return false }
    // A letter that only repeats, as in XXXXXXX or 000000.
    return Set(lower.utf8).count > 1
  }
}
