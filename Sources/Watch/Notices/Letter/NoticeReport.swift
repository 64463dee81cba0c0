internal import Crypto
internal import Detection
internal import Enforcement
internal import FoundationEssentials
internal import Interchange

/// The report for machines that goes with a letter.
struct NoticeReport: Sendable {
  let facts: NoticeFacts
  let contact: Contact
  let found: ContactReport
  let settings: NoticeSettings

  /// The most octets of an exhibit, and of all: what goes by mail grows by four fifths on the way.
  static let exhibitLimit = 1 << 20
  static let exhibitsLimit = 2 << 20

  /// Writes the report.
  ///
  /// A host is told the address first, since it finds its customer by that; others the name.
  func encoded() throws(XARFFault) -> [UInt8] {
    let isForHost = contact.scope == .host
    let report = XARFReport(
      identifier: identifier, time: facts.seen, reporter: party, sender: party,
      source: isForHost ? facts.address ?? facts.host : facts.host,
      url: Self.ascii(facts.url), domain: facts.host, addresses: facts.address.map { [$0] } ?? [],
      registrar: found.registrar, hostingProvider: found.network, kind: .fraud(fraud),
      verification: .manual, verified: facts.seen, confidence: min(max(facts.score, 0), 1),
      description: description, exhibits: [try evidence()] + carried, tags: facts.tags)
    return try report.encoded()
  }

  /// Derived, so that the same notice has the same identifier, and each recipient's is its own.
  private var identifier: XARFIdentifier {
    let seed = facts.identifier + Array("\(facts.round) \(contact.scope.rawValue)".utf8)
    let digest = Array(SHA256.hash(data: seed))
    let word = { (octets: ArraySlice<UInt8>) in octets.reduce(0) { $0 << 8 | UInt64($1) } }
    return XARFIdentifier(random: word(digest[0..<8]), word(digest[8..<16]))
  }

  private var party: XARFParty {
    XARFParty(
      organization: settings.reporter.singleLine(limit: 200), contact: settings.contact.text,
      domain: settings.contact.domain)
  }

  private var fraud: XARFKind.Fraud {
    switch facts.category {
    case .venue: XARFKind.Fraud(type: .cryptocurrency)
    case .tokenSale: XARFKind.Fraud(type: .investment, payment: [.cryptocurrency])
    case .paymentAcceptance: XARFKind.Fraud(type: .cryptocurrency, payment: [.cryptocurrency])
    case .solicitation: XARFKind.Fraud(type: .investment)
    case .reporting, .none: XARFKind.Fraud(type: .other)
    }
  }

  /// What is reported; the rule in full where it fits, and always in full in the evidence.
  private var description: String {
    let start =
      "Case \(facts.caseNumber): the page appears to be a \(facts.category.rawValue). The format "
      + "has no type for a service without a licence; \"fraud\" is the nearest, and no finding of "
      + "fraud is meant. Rule: "
    let room = XARFReport.descriptionLimit - start.unicodeScalars.count
    return start + rule.singleLine(limit: room / 2)
  }

  private var rule: String { facts.rule ?? settings.rule }

  // MARK: Evidence

  /// The finding as it stands on the record.
  private struct Finding: Encodable {
    var `case`: String
    var url: String
    var seen: String
    var category: String
    var score: Double
    var captureSha256: String
    var rule: String
    var evidence: [Evidence]
    var exhibitsNotAttached: [Missing]

    struct Missing: Encodable {
      var description: String
      var octets: Int
      var sha256: String
    }
  }

  private func evidence() throws(XARFFault) -> XARFExhibit {
    let missing = facts.exhibits.filter { !carried.contains(Self.exhibit($0)) }
      .map {
        Finding.Missing(
          description: $0.description.singleLine(limit: 500), octets: $0.octets.count,
          sha256: Self.hexadecimal(SHA256.hash(data: $0.octets)))
      }
    let finding = Finding(
      case: facts.caseNumber, url: facts.url, seen: facts.seen.description,
      category: facts.category.rawValue, score: facts.score, captureSha256: facts.captureDigest,
      rule: rule, evidence: facts.evidence, exhibitsNotAttached: missing)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    guard let octets = try? encoder.encode(finding) else {
      throw .badField(name: "score", value: "\(facts.score)", reason: "it is no number")
    }
    return XARFExhibit(
      mediaType: "application/json", description: "What was seen, and the rule it falls under",
      octets: Array(octets))
  }

  /// The exhibits that fit into mail.
  private var carried: [XARFExhibit] {
    var left = Self.exhibitsLimit
    var carried: [XARFExhibit] = []
    for exhibit in facts.exhibits.prefix(16)
    where exhibit.octets.count <= min(Self.exhibitLimit, left) {
      left -= exhibit.octets.count
      carried.append(Self.exhibit(exhibit))
    }
    return carried
  }

  private static func exhibit(_ exhibit: NoticeExhibit) -> XARFExhibit {
    XARFExhibit(
      mediaType: exhibit.mediaType, description: exhibit.description.singleLine(limit: 500),
      octets: exhibit.octets)
  }

  private static func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A URL with what is not allowed in one percent-encoded (RFC 3987, Section 3.1).
  private static func ascii(_ url: String) -> String {
    let allowed = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)
    return url.utf8.map { octet in
      let isPlain =
        (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet | 0x20)
        || allowed.contains(octet)
      return isPlain && octet < 0x80
        ? String(UnicodeScalar(octet))
        : "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
    }.joined()
  }
}
