internal import Crypto
internal import Detection
internal import Enforcement

/// A post that is found to do something that rules may forbid.
struct Hit: Sendable {
  let post: PublicPost
  let category: FindingCategory
  let verdict: Verdict
  /// SHA-256 of platform and post id.
  let postDigest: ContentDigest
  /// The pieces of evidence, the weightiest first; at most 16.
  let pieces: [EvidencePiece]
  /// Its place among the posts of its part of the batch, from 0.
  let place: Int

  /// The most packs that are named.
  private static let packLimit = 32

  /// What rules look at.
  func sighting(on platform: Slug, account: Slug?) -> Sighting {
    Sighting(
      platform: platform, account: account, category: category, score: verdict.score,
      post: postDigest)
  }

  /// What goes on the record.
  func report(_ rule: RuleReference, _ kind: Slug, postsSeen: Int) -> InfractionReport {
    InfractionReport(
      account: AccountIdentity(key: post.account),
      infraction: Infraction(
        category: category, score: verdict.score, rule: rule, kind: kind, post: postDigest,
        content: Self.digest(post.text), published: post.published, postsSeen: postsSeen,
        packs: Array(verdict.packs.prefix(Self.packLimit)), held: nil,
        evidence: InfractionEvidence(
          post: post.id, language: post.language ?? verdict.language, pieces: pieces,
          traits: TraitFinder.traits(of: post, pieces: pieces))),
      saidPublic: post.isPublic == true)
  }

  /// SHA-256 of platform and post id: a post of the same id on another platform is another.
  static func digest(platform: Slug, post: String) -> ContentDigest {
    digest(Array(platform.text.utf8) + [0] + Array(post.utf8))
  }

  private static func digest(_ octets: [UInt8]) -> ContentDigest {
    let digits = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    hex.reserveCapacity(64)
    for octet in SHA256.hash(data: octets) {
      hex.append(digits[Int(octet >> 4)])
      hex.append(digits[Int(octet & 15)])
    }
    // 64 digits of this alphabet are always taken.
    return ContentDigest(hex: String(decoding: hex, as: UTF8.self)) ?? .erased
  }
}

extension FindingCategory {
  /// The category of a verdict; nil for one that is no finding.
  init?(_ category: Detection.Category) {
    switch category {
    case .venue: self = .venue
    case .tokenSale: self = .tokenSale
    case .paymentAcceptance: self = .paymentAcceptance
    case .solicitation: self = .solicitation
    case .reporting, .none: return nil
    }
  }
}

extension EvidencePiece.Part {
  init(_ part: Evidence.Part) {
    switch part {
    case .text: self = .text
    case .html: self = .html
    case .title: self = .title
    case .url: self = .url
    }
  }
}
