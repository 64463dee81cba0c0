/// What a page was found to do; the kinds of page that the law of the house knows.
public enum FindingCategory: String, Sendable, Hashable, Codable, CaseIterable {
  /// It runs a trading venue, or fronts one.
  case venue
  /// It sells tokens.
  case tokenSale = "token-sale"
  /// It takes payment in crypto.
  case paymentAcceptance = "payment-acceptance"
  /// It solicits for those who do one of these.
  case solicitation
}

/// One thing that a finding rests on: a signal, met at one place of a page.
public struct EvidencePiece: Sendable, Hashable, Codable {
  /// A part of a page.
  public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
    case text, html, title, url
  }

  /// The signal's name, such as `token-sale.private-round`.
  public let signal: String
  /// The words or the markup, as they stand there; at most 400 octets.
  public let text: String
  /// What `start` and `end` are counted in.
  public let part: Part
  /// The first octet.
  public let start: Int
  /// The octet after the last.
  public let end: Int
  /// What it adds to the score (log odds), in thousandths kept; negative where it speaks against.
  public let weight: Double

  /// The most octets of a signal's name.
  public static let signalLimit = 120
  /// The most octets of a text.
  public static let textLimit = 400

  /// Takes the parts; texts are cut at their bounds, the weight is rounded to thousandths.
  public init(signal: String, text: String, part: Part, start: Int, end: Int, weight: Double) {
    self.signal = signal.cut(toOctets: Self.signalLimit)
    self.text = text.cut(toOctets: Self.textLimit)
    self.part = part
    self.start = max(0, start)
    self.end = max(self.start, end)
    self.weight = weight.inThousandths(of: -1000...1000)
  }
}

/// Where the octets that were looked at are kept.
public struct CaptureReference: Sendable, Hashable, Codable {
  /// The name of the WARC file within the captures' folder; at most 255 octets.
  public let file: String
  /// Where the response's record begins in it, in octets.
  public let offset: Int64
  /// SHA-256 of the payload, as `WARC-Payload-Digest` has it.
  public let payload: ContentDigest

  /// Takes the parts; a name too long is cut.
  public init(file: String, offset: Int64, payload: ContentDigest) {
    self.file = file.cut(toOctets: 255)
    self.offset = max(0, offset)
    self.payload = payload
  }
}

/// What was found on a page of a site, with all it rests on: values within bounds, whoever makes it.
public struct Finding: Sendable, Hashable, Codable {
  /// The site: findings of one site and one category belong to one case.
  public let site: Site
  /// The page; at most 2,048 octets.
  public let url: String
  /// The IP address that the page came from; nil where it is not known.
  ///
  /// At most 45 octets.
  public let address: String?
  /// What the page does.
  public let category: FindingCategory
  /// How sure that is: 0 to 1, in thousandths kept.
  public let score: Double
  /// The page's main language as a BCP 47 tag; nil where none can be told.
  public let language: String?
  /// What speaks for the category and against it, the weightiest first; at most 64 pieces.
  public let evidence: [EvidencePiece]
  /// The packs that were applied, such as `crypto-trading@1`; at most 32.
  public let packs: [String]
  /// Where the page is kept as it was; nil where nothing was captured.
  public var capture: CaptureReference?
  /// SHA-256 of ``evidenceMaterial``: a dismissal holds for what has this digest.
  public let evidenceDigest: ContentDigest
  /// When the page was seen.
  public let seen: Instant

  /// The most octets of an address.
  public static let urlLimit = 2_048
  /// The most pieces of evidence.
  public static let evidenceLimit = 64
  /// The most packs.
  public static let packLimit = 32

  /// Takes the parts; lists and texts are cut at their bounds.
  public init(
    site: Site, url: String, address: String? = nil, category: FindingCategory, score: Double,
    language: String?, evidence: [EvidencePiece], packs: [String], capture: CaptureReference?,
    evidenceDigest: ContentDigest, seen: Instant
  ) {
    self.site = site
    self.url = url.cut(toOctets: Self.urlLimit)
    self.address = address?.cut(toOctets: 45)
    self.category = category
    self.score = score.inThousandths(of: 0...1)
    self.language = language?.cut(toOctets: 35)
    self.evidence = Array(evidence.prefix(Self.evidenceLimit))
    self.packs = packs.prefix(Self.packLimit).map { $0.cut(toOctets: 80) }
    self.capture = capture
    self.evidenceDigest = evidenceDigest
    self.seen = seen
  }

  /// What the evidence digest is made of: the category, then each signal that speaks for it with its
  /// text, each once, in the order of their octets, each followed by a line feed.
  ///
  /// Where a piece stands, what it weighs and which packs were applied do not count: the same words
  /// a line further down are the same evidence.
  public static func evidenceMaterial(
    category: FindingCategory, evidence: [EvidencePiece]
  ) -> [UInt8] {
    let lines = Set(
      evidence.filter { $0.weight > 0 }.map { Array("\($0.signal)\u{1F}".utf8) + $0.lastingText })
    let sorted = lines.sorted { $0.lexicographicallyPrecedes($1) }
    return sorted.reduce(into: Array(category.rawValue.utf8) + [0x0A]) { material, line in
      material += line + [0x0A]
    }
  }
}

extension EvidencePiece {
  /// The text without what changes from hour to hour while its meaning stays: a number of any value
  /// is `0`, white space of any length one space, and letters of ASCII are small.
  fileprivate var lastingText: [UInt8] {
    var lasting: [UInt8] = []
    for octet in text.utf8 {
      switch octet {
      case 0x30...0x39:
        if lasting.last != 0x30 { lasting.append(0x30) }
      case 0x2C where lasting.last == 0x30, 0x2E where lasting.last == 0x30: continue
      case 0x09...0x0D, 0x20:
        if lasting.last != 0x20 { lasting.append(0x20) }
      case 0x41...0x5A: lasting.append(octet | 0x20)
      default: lasting.append(octet)
      }
    }
    return lasting
  }
}

extension String {
  /// The text, or as many whole characters of it as fit into so many octets of UTF-8.
  func cut(toOctets limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}

extension Double {
  /// The number in thousandths, within a range; what is no number is the range's least.
  func inThousandths(of range: ClosedRange<Double>) -> Double {
    guard isFinite else { return range.lowerBound }
    return (min(max(self, range.lowerBound), range.upperBound) * 1000).rounded() / 1000
  }
}
