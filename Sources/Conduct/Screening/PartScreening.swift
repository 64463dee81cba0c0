internal import Detection
internal import Enforcement

/// What became of the lines of one part of a batch, before anything is recorded.
struct ScreenedPart: Sendable {
  /// The answers to all lines but those in ``gaps``, one behind the other.
  var answers: [UInt8] = []
  /// What is answered later, in order, each with its place in ``answers``.
  var gaps: [(place: Int, gap: Gap)] = []
  /// Posts that were read.
  var posts = 0
  /// Lines, blank ones included.
  var lines = 0
  /// How often each account posted.
  var accounts: [String: Int] = [:]

  /// A line whose answer waits.
  enum Gap: Sendable {
    /// For the record.
    case hit(Hit)
    /// For its number in the batch: this is its number in the part.
    case fault(PostFault, id: String?, line: Int)
  }
}

/// Looks at the posts of one part of a batch; pure but for the detector's own memory.
struct PartScreening {
  let detector: Detector
  let platform: Slug
  let allArePublic: Bool
  /// Whether posts are counted by account: some ladder asks for shares.
  let countsAccounts: Bool

  func screen(_ batch: [UInt8], _ range: Range<Int>) -> ScreenedPart {
    var part = ScreenedPart()
    var out = JSONLineWriter()
    out.reserve(range.count / 4)
    PostLines.forEachRange(batch, range) { line in
      part.lines += 1
      switch PostLines.read(batch, line, number: part.lines, allArePublic: allArePublic) {
      case .none: break
      case .fault(let fault, let id, let number):
        part.gaps.append((out.octets.count, .fault(fault, id: id, line: number)))
      case .post(let post):
        if countsAccounts { part.accounts[post.account, default: 0] += 1 }
        look(at: post, &part, &out)
        part.posts += 1
      }
    }
    part.answers = out.octets
    return part
  }

  private func look(
    at post: PublicPost, _ part: inout ScreenedPart, _ out: inout JSONLineWriter
  ) {
    let verdict = detector.verdict(onPost: Self.words(of: post))
    if let category = FindingCategory(verdict.category) {
      let hit = Hit(
        post: post, category: category, verdict: verdict,
        postDigest: Hit.digest(platform: platform, post: post.id),
        pieces: Self.pieces(of: verdict, post), place: part.posts)
      part.gaps.append((out.octets.count, .hit(hit)))
    } else {
      out.raw("{\"id\":")
      out.string(post.id)
      out.raw(",\"verdict\":\"")
      out.plain(verdict.category.rawValue)
      out.raw("\",\"score\":")
      out.thousandths(verdict.score)
      out.raw(",\"evidence\":[]}\n")
    }
  }

  /// The words, and each link on a line of its own behind them.
  private static func words(of post: PublicPost) -> [UInt8] {
    guard !post.links.isEmpty else { return post.text }
    var words = post.text
    for link in post.links {
      words.append(0x0A)
      if !link.contains("://") { words += Array("https://".utf8) }
      words += Array(link.utf8)
    }
    return words
  }

  /// Evidence, with places in links counted within the link.
  private static func pieces(of verdict: Verdict, _ post: PublicPost) -> [EvidencePiece] {
    var starts: [Int] = []
    var at = post.text.count
    for link in post.links {
      at += 1
      starts.append(at)
      at += link.utf8.count + (link.contains("://") ? 0 : 8)
    }
    return verdict.evidence.prefix(InfractionEvidence.pieceLimit).map { piece in
      let origin = starts.last { $0 <= piece.location.start } ?? 0
      return EvidencePiece(
        signal: piece.signal, text: piece.text,
        part: origin == 0 ? .init(piece.location.part) : .url,
        start: piece.location.start - origin, end: piece.location.end - origin,
        weight: piece.weight)
    }
  }
}
