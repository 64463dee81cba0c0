internal import Enforcement
internal import Foundation

/// Finds what a returning party is likely to use again: wallet addresses, referral codes, links and
/// filing numbers.
enum TraitFinder {
  /// Query keys under which codes of promoters stand.
  private static let codeKeys: Set<String> = [
    "ref", "referral", "invite", "invitecode", "invite_code", "code", "rcode", "ref_id", "refid",
    "referralcode", "referral_code", "inviter", "affiliate", "affiliateid", "aff", "vipcode",
    "channelcode", "channel", "r", "i", "uid", "start",
  ]
  /// Path words that a code stands behind.
  private static let codeWords: Set<String> = [
    "join", "invite", "r", "share", "referral", "affiliate", "ref", "j", "i", "partner",
  ]
  /// Paths that many share who have nothing to do with each other.
  private static let commonPaths: Set<String> = [
    "", "register", "signup", "sign-up", "login", "signin", "download", "app", "home", "index",
    "index.html", "trade", "en", "zh", "zh-cn", "account/register", "markets",
  ]

  /// The traits of a post, each once, in a fixed order.
  static func traits(of post: PublicPost, pieces: [EvidencePiece]) -> [Trait] {
    var traits: [Trait] = []
    func add(_ trait: Trait) {
      if traits.count < InfractionEvidence.traitLimit, !traits.contains(trait) {
        traits.append(trait)
      }
    }
    for piece in pieces {
      switch piece.signal {
      case "page.wallet", "page.payment-uri":
        add(Trait(kind: .wallet, value: wallet(piece.text)))
      case "page.referral-code", "solicitation.code-bound":
        if let code = code(inWords: piece.text) { add(Trait(kind: .referral, value: code)) }
      default: break
      }
    }
    let text = String(decoding: post.text, as: UTF8.self)
    for link in post.links + writtenLinks(text) {
      for trait in self.traits(ofLink: link) { add(trait) }
    }
    for number in filings(text) { add(Trait(kind: .filing, value: number)) }
    return traits
  }

  /// An address as its chain compares it: hexadecimal and Bech32 forms know no capitals.
  private static func wallet(_ text: String) -> String {
    let lower = text.lowercased()
    let isCaseless =
      lower.hasPrefix("0x") || lower.hasPrefix("bc1") || lower.hasPrefix("ltc1")
    return isCaseless ? lower : text
  }

  /// The code that words bind: the last run of letters and digits that has a digit.
  private static func code(inWords text: String) -> String? {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")) }
      .last { (4...40).contains($0.utf8.count) && $0.contains(where: \.isNumber) }
      .map { $0.lowercased() }
  }

  /// A code and where it leads, or the address itself where it is not one that many share.
  private static func traits(ofLink link: String) -> [Trait] {
    guard let address = URLComponents(string: link.contains("://") ? link : "https://" + link),
      let host = address.host?.lowercased(), host.contains(".")
    else { return [] }
    let bare = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    let path = address.path.split(separator: "/").map(String.init)
    var codes = (address.queryItems ?? []).compactMap { item -> String? in
      codeKeys.contains(item.name.lowercased()) ? item.value : nil
    }
    for (word, next) in zip(path, path.dropFirst()) where codeWords.contains(word.lowercased()) {
      codes.append(next)
    }
    let referrals = codes.filter { (3...40).contains($0.utf8.count) }.map {
      Trait(kind: .referral, value: "\(bare) \($0.lowercased())")
    }
    guard referrals.isEmpty else { return referrals }
    let plain = path.joined(separator: "/")
    guard !commonPaths.contains(plain.lowercased()) else { return [] }
    return [Trait(kind: .link, value: bare + "/" + plain)]
  }

  /// Links that are written out; at most 16.
  private static func writtenLinks(_ text: String) -> [String] {
    // Most texts are told by the first question, which is many times cheaper.
    guard text.utf8.contains(0x3A), text.contains("://") else { return [] }
    var links: [String] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || !$0.isASCII })
    where word.contains("://") && links.count < 16 {
      let link = word.trimmingCharacters(in: CharacterSet(charactersIn: "()[]{}<>\"'.,;!"))
      if link.hasPrefix("http://") || link.hasPrefix("https://") { links.append(link) }
    }
    return links
  }

  /// Numbers under which sites are filed in China, such as `京ICP备12345678号`; at most 4.
  private static func filings(_ text: String) -> [String] {
    guard text.unicodeScalars.contains(where: { $0 == "备" || $0 == "備" }) else { return [] }
    let pattern = /(?:[\u{4E00}-\u{9FFF}])?(?:ICP|公网安|公網安)(?:备|備|证|證)\s?\d{6,14}/
    return text.uppercased().matches(of: pattern).prefix(4).map {
      String($0.output).replacing(" ", with: "")
    }
  }
}
