internal import Crypto
internal import Enforcement

/// What the posts behind a sanction lead to, as XARF reports (version 4): for whoever hosts it, or
/// registered its name.
///
/// The format wants one report an incident: one is made for each place that posts lead to, and none
/// for an account whose posts lead nowhere. It tells nothing of the account but the sanction's number.
public struct SanctionXARF: Sendable {
  /// Who reports.
  public var reporter: XARFParty
  /// The rule that the reporter acts by.
  public var rule: String
  /// What is told of.
  public var dossier: SanctionDossier

  /// The most places of one sanction.
  public static let targetLimit = 20

  /// Takes the parts.
  public init(reporter: XARFParty, rule: String, dossier: SanctionDossier) {
    self.reporter = reporter
    self.rule = rule
    self.dossier = dossier
  }

  /// The reports, each a line of JSON; the same sanction gives the same ones.
  ///
  /// - Throws: ``XARFFault`` where the reporter is not told as the format wants it. A place that
  ///   does not fit the format is left out.
  public func encoded() throws(XARFFault) -> [[UInt8]] {
    var reports: [[UInt8]] = []
    for target in targets {
      guard let report = report(on: target) else { continue }
      reports.append(try report.encoded())
    }
    return reports
  }

  /// A place that posts lead to.
  private struct Target: Hashable {
    let host: String
    let url: String
    let trait: Trait
  }

  /// A link as it stands, or the place at which a referral code holds.
  private static func target(of trait: Trait) -> Target? {
    let host: Substring
    let url: String
    switch trait.kind {
    case .link:
      host = trait.value.prefix { $0 != "/" }
      url = "https://\(trait.value)"
    case .referral:
      host = trait.value.prefix { $0 != " " }
      url = "https://\(host)/"
    case .wallet, .filing, .party, .registration: return nil
    }
    guard XARFReport.isHostName(String(host)), XARFReport.isURL(url) else { return nil }
    return Target(host: String(host), url: url, trait: trait)
  }

  private var targets: [Target] {
    var known: Set<String> = []
    let all = dossier.infractions.flatMap(\.evidence.traits).compactMap(Self.target)
    return Array(all.filter { known.insert($0.url).inserted }.prefix(Self.targetLimit))
  }

  private func report(on target: Target) -> XARFReport? {
    let told = dossier.infractions.filter { infraction in
      infraction.evidence.traits.contains { Self.target(of: $0)?.url == target.url }
    }
    guard let first = told.map(\.file.infraction.published).min() else { return nil }
    let score = told.map(\.file.infraction.score).max() ?? 0
    let isManual = !dossier.sanction.approvedBy.isEmpty
    return XARFReport(
      identifier: identifier(of: target.url), time: first, reporter: reporter, sender: reporter,
      source: target.host, url: target.url, domain: target.host, kind: .fraud(fraud(told)),
      verification: isManual ? .manual : .automatedCrawler,
      verified: dossier.sanction.imposed, confidence: min(max(score, 0), 1),
      description: description,
      exhibits: [
        XARFExhibit(
          mediaType: "text/plain; charset=utf-8",
          description: "Public words that lead there, as they were posted.",
          octets: Array(words(of: told).utf8))
      ],
      tags: ["cordon:unlicensed-venue", "cordon:public-post"])
  }

  private func fraud(_ told: [SanctionDossier.Told]) -> XARFKind.Fraud {
    let categories = Set(told.map(\.file.infraction.category))
    let type: XARFKind.FraudType =
      categories.contains(.tokenSale) || categories == [.solicitation]
      ? .investment : .cryptocurrency
    var known: Set<String> = []
    let wallets = told.flatMap(\.evidence.traits).filter {
      $0.kind == .wallet && known.insert($0.value).inserted
    }
    return XARFKind.Fraud(
      type: type, payment: wallets.isEmpty ? [] : [.cryptocurrency],
      wallets: wallets.prefix(20).map {
        XARFKind.Wallet(
          currency: $0.value.hasPrefix("bc1") ? .bitcoin : .other, address: $0.value)
      })
  }

  private var description: String {
    let start =
      "Sanction \(dossier.sanction.id) on \(dossier.platform.name): public posts lead to this"
      + " address and solicit for it. The format has no type for a service without a licence;"
      + " \"fraud\" is the nearest, and no finding of fraud is meant. Rule: "
    let room = XARFReport.descriptionLimit - start.unicodeScalars.count
    return String(
      String.UnicodeScalarView((start + rule).unicodeScalars.prefix(max(0, room) + start.count)))
  }

  private func words(of told: [SanctionDossier.Told]) -> String {
    told.map { infraction in
      let pieces = infraction.evidence.pieces.map { "  \($0.signal): \($0.text)" }
      return ([infraction.file.infraction.published.description] + pieces).joined(separator: "\n")
    }.joined(separator: "\n") + "\n"
  }

  /// Derived, so that what is sent twice is the same report.
  private func identifier(of url: String) -> XARFIdentifier {
    let seed = "\(reporter.domain)/\(dossier.proof?.leaf ?? dossier.sanction.id.description)/\(url)"
    let digest = Array(SHA256.hash(data: Array(seed.utf8)))
    let word = { (octets: ArraySlice<UInt8>) in octets.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    }
    return XARFIdentifier(random: word(digest[0..<8]), word(digest[8..<16]))
  }
}
