internal import Crypto
public import Enforcement

extension DSAStatement {
  /// The statement that a sanction owes to the database.
  ///
  /// Nil where none is owed: for a warning, which restricts nothing, and where the sanction holds in
  /// no state of the European Economic Area.
  ///
  /// - Parameters:
  ///   - sanction: a sanction that took effect.
  ///   - infractions: those that it leans on.
  ///   - account: whose it is.
  ///   - platform: its platform.
  ///   - decision: what nobody else's decision shares, such as the hash of its entry on the record:
  ///     the statement's number is made of it, so that sending again never makes a second one.
  public init?(
    of sanction: Sanction, infractions: [Infraction], account: Account, platform: Platform,
    decision: [UInt8]
  ) {
    let kind: Decision
    switch sanction.plan.terms.kind {
    case .warn: return nil
    case .restrict: kind = .partialSuspension
    case .suspend: kind = .accountSuspended
    case .close: kind = .accountTerminated
    }
    let territory = platform.territory.filter(Self.states.contains)
    guard let imposed = sanction.imposed, !territory.isEmpty else { return nil }
    let ground = sanction.plan.ground
    self.init(
      puid: Self.identifier(of: decision), decision: kind, until: sanction.until,
      isBusiness: account.entry.category.map { $0.text == "business" },
      ground: .incompatible(
        clause: ground.clauses.joined(separator: "; ").cut(toCharacters: 500),
        explanation: Self.explanation(infractions)),
      category: .otherViolation, keywords: [.notPermitted, .other],
      otherKeyword: "Unlicensed crypto-asset service, or token-offer solicitation",
      language: Self.language(infractions, account),
      contentDate: account.entry.opened ?? infractions.map(\.published).min() ?? imposed,
      applied: imposed, territory: territory, facts: Self.facts(sanction, infractions),
      source: .voluntary, automatedDetection: sanction.plan.automation.detection,
      automatedDecision: sanction.plan.automation.decision
        ? .fully : sanction.plan.automation.detection ? .partially : .not)
  }

  /// Whether statements are owed of a platform's sanctions: where they hold in a state of the
  /// European Economic Area.
  public static func isOwed(_ platform: Platform) -> Bool {
    holds(in: platform.territory)
  }

  /// Whether one of the ISO 3166-1 codes is a state of the European Economic Area.
  public static func holds(in territory: [String]) -> Bool {
    territory.contains(where: states.contains)
  }

  /// `CDN-` and 26 letters and digits (base32, RFC 4648, Section 6) of a hash.
  static func identifier(of decision: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var text = ""
    var (bits, count) = (0, 0)
    for octet in SHA256.hash(data: decision) {
      (bits, count) = (bits << 8 | Int(octet), count + 8)
      while count >= 5, text.count < 26 {
        count -= 5
        text.append(digits[bits >> count & 31])
      }
      bits &= (1 << count) - 1
    }
    return "CDN-" + text
  }

  private static func explanation(_ infractions: [Infraction]) -> String {
    let kinds = Set(infractions.map(\.category)).map(\.phrase).sorted()
    guard !kinds.isEmpty else { return "The account broke the clause named, as an officer found." }
    return "Public posts of the account were found to " + kinds.joined(separator: ", and to ") + "."
  }

  private static func facts(_ sanction: Sanction, _ infractions: [Infraction]) -> String {
    let ground = sanction.plan.ground
    var sentences: [String] = []
    if !infractions.isEmpty {
      let days = infractions.map(\.published.date).sorted()
      let span = Set([days.first, days.last].compactMap(\.self)).sorted().joined(separator: " to ")
      sentences.append("\(infractions.count) infringing public posts, published \(span).")
    }
    if let ladder = ground.ladder {
      sentences.append(
        "\(ground.points) points counted at the decision; the measure is reached at"
          + " \(ground.rungPoints) points of the ladder \(ladder).")
    } else {
      sentences.append("Decided by officers of the platform outside the ladder.")
    }
    let officers = sanction.approvedBy.count
    if officers > 0 {
      sentences.append("\(officers) \(officers == 1 ? "officer" : "officers") agreed.")
    }
    return sentences.joined(separator: " ")
  }

  /// The one language of all posts, or else that of the account; as the database codes languages.
  private static func language(_ infractions: [Infraction], _ account: Account) -> String? {
    let posts = Set(infractions.compactMap { $0.evidence.language?.split(separator: "-").first })
    let tag = posts.count == 1 ? posts.first : account.entry.language?.split(separator: "-").first
    guard let tag, tag.utf8.count == 2 else { return nil }
    return tag.uppercased()
  }
}

extension FindingCategory {
  /// What an account was found to do.
  fileprivate var phrase: String {
    switch self {
    case .venue: "operate or front a crypto-asset trading venue without a licence"
    case .tokenSale: "offer tokens to the public without a permit"
    case .paymentAcceptance: "take payment in crypto-assets"
    case .solicitation: "solicit for such services"
    }
  }
}

extension String {
  fileprivate func cut(toCharacters limit: Int) -> String {
    unicodeScalars.count <= limit ? self : String(unicodeScalars.prefix(limit))
  }
}
