internal import DomainNames
internal import Enforcement
internal import Foundation
internal import Records

/// What of a site an order can name.
struct DraftTarget {
  let name: DomainName
  let scope: Scope
  /// What the target reaches besides the site; nil where it is the site and no more.
  let overreach: String?

  /// Draws the narrowest target that covers a site: a registrable domain with all below it, or a
  /// host below one alone.
  ///
  /// - Throws: ``DeskFault`` for a site that is an address: those are shared by strangers.
  init(_ site: Site, suffixes: PublicSuffixes) throws {
    guard let name = try? DomainName(presentation: site.host), name.labelCount > 1,
      name.labels.last?.allSatisfy({ (0x30...0x39).contains($0) }) == false
    else {
      throw DeskFault(
        "\(site) is an address or no public name: an order cannot name it; write to the operator of"
          + " the machine instead (`cordon case notice`)")
    }
    self.name = name
    let isRegistrable = suffixes.registrableDomain(of: name) == name
    scope = isRegistrable && site.isWholeHost && site.port == nil ? .subtree : .exact
    overreach =
      site.isWholeHost
      ? nil : "\(site.path) alone is the site; a block of the name reaches all of \(site.host)"
  }
}

/// An order for an officer to complete: it imports as it stands, and says what it rests on.
struct DraftOrder: Encodable, Sendable {
  let reference: String
  let authority: String
  let basis: String
  let issued: String
  let expires: String
  let origin: String
  let note: String
  let targets: [Target]

  struct Target: Encodable, Sendable {
    let name: String
    let scope: String
    let note: String
  }

  /// How long the draft holds; the officer decides on the order's own term.
  private static let term = Duration.seconds(90 * 86_400)

  init(
    _ found: CaseFile, target: DraftTarget, findings: [RecordedFinding], history: [RecordedEvent],
    authority: String?, at now: Instant
  ) {
    reference = "case \(found.id)"
    self.authority = authority.map { String($0.prefix(200)) } ?? "the operator"
    basis = String(
      (Self.rule(in: history)
        ?? "Referral of case \(found.id): \(found.category.rawValue) on \(found.site)").prefix(500))
    issued = now.date
    expires = (now + Self.term).date
    origin = OrderOrigin.operator.rawValue
    var notes = ["Draft from case \(found.id), to be checked by an officer."]
    if let overreach = target.overreach { notes.append("Mind: \(overreach).") }
    for recorded in findings.suffix(3) {
      let finding = recorded.finding
      let signals = finding.evidence.filter { $0.weight > 0 }.prefix(3)
        .map { "\($0.signal) “\(Self.oneLine($0.text).prefix(80))”" }.joined(separator: "; ")
      notes.append(
        "Entry \(recorded.index): \(Self.oneLine(finding.url).prefix(200)), evidence"
          + " \(finding.evidenceDigest.short): \(signals).")
    }
    note = String(notes.joined(separator: " ").prefix(2_000))
    targets = [
      Target(
        name: "\(target.name)", scope: target.scope.rawValue,
        note: "case \(found.id), \(found.category.rawValue), score \(found.score)")
    ]
  }

  /// The rule that the newest notice named.
  private static func rule(in history: [RecordedEvent]) -> String? {
    history.reversed().lazy.compactMap { recorded in
      guard case .caseChanged(_, .noticePrepared(let notice)) = recorded.event.change else {
        return nil
      }
      return oneLine(notice.rule)
    }.first
  }

  /// No field of an order may hold a line break or a control character.
  private static func oneLine(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
          .unassigned:
          " "
        default: Character(scalar)
        }
      })
  }
}

/// What `case refer` tells: the case as it stands, and the draft.
struct ReferralReply: Tellable {
  let summary: CaseLine
  let order: DraftOrder

  private enum CodingKeys: String, CodingKey {
    case summary = "case"
    case order
  }

  /// The draft alone, so that it can be kept with `>`.
  func text(_ style: TextStyle) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(order)).map { String(decoding: $0, as: UTF8.self) } ?? "") + "\n"
  }
}
