public import Enforcement

/// A report of abuse in the Extended Abuse Reporting Format, version 4.2.0 (xarf.org).
///
/// Those who run networks and registries feed such reports to machines. The format knows no type
/// for a service without a licence, so the kind that is nearest is taken, and ``description`` says
/// which rule the report rests on.
public struct XARFReport: Sendable, Hashable {
  /// The version of the format.
  public static let version = "4.2.0"

  /// The report's own identifier.
  public var identifier: XARFIdentifier
  /// When the page was seen.
  public var time: Instant
  /// Whose report this is.
  public var reporter: XARFParty
  /// Who sends it.
  public var sender: XARFParty
  /// What the abuse comes from: a domain name or an IP address.
  public var source: String
  /// The page, as an absolute URL.
  public var url: String
  /// The domain name of the page, in A-labels.
  public var domain: String?
  /// The addresses that the name had.
  public var addresses: [String]
  /// Who registered the name.
  public var registrar: String?
  /// Who holds the network.
  public var hostingProvider: String?
  /// What is reported.
  public var kind: XARFKind
  /// How it was verified.
  public var verification: Verification
  /// When it was last verified.
  public var verified: Instant?
  /// How sure the reporter is, 0 to 1.
  public var confidence: Double
  /// What is reported and the rule it rests on; at most 1,000 characters.
  public var description: String
  /// Copies of what was seen; at most 50, 5 MiB each and 15 MiB in all.
  public var exhibits: [XARFExhibit]
  /// Tags such as `lifecycle:test`; at most 20.
  public var tags: [String]

  /// How the content was verified.
  public enum Verification: String, Sendable, Hashable, CaseIterable {
    /// A person looked at it.
    case manual
    /// A crawler read it, and no person has looked yet.
    case automatedCrawler = "automated_crawler"
  }

  /// Takes the parts.
  public init(
    identifier: XARFIdentifier, time: Instant, reporter: XARFParty, sender: XARFParty,
    source: String, url: String, domain: String? = nil, addresses: [String] = [],
    registrar: String? = nil, hostingProvider: String? = nil, kind: XARFKind,
    verification: Verification, verified: Instant? = nil, confidence: Double,
    description: String, exhibits: [XARFExhibit] = [], tags: [String] = []
  ) {
    self.identifier = identifier
    self.time = time
    self.reporter = reporter
    self.sender = sender
    self.source = source
    self.url = url
    self.domain = domain
    self.addresses = addresses
    self.registrar = registrar
    self.hostingProvider = hostingProvider
    self.kind = kind
    self.verification = verification
    self.verified = verified
    self.confidence = confidence
    self.description = description
    self.exhibits = exhibits
    self.tags = tags
  }
}

/// An identifier of a report: a UUID of version 4 (RFC 9562, Section 5.4).
public struct XARFIdentifier: Sendable, Hashable {
  private let octets: [UInt8]

  /// Makes an identifier of 128 random bits.
  ///
  /// The version and the variant take 6 of them.
  public init(random high: UInt64, _ low: UInt64) {
    var octets = [high, low].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
    octets[6] = octets[6] & 0x0F | 0x40
    octets[8] = octets[8] & 0x3F | 0x80
    self.octets = octets
  }

  /// The identifier as `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`.
  public var text: String {
    var text = ""
    for (index, octet) in octets.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += (octet < 16 ? "0" : "") + String(octet, radix: 16)
    }
    return text
  }
}

/// Who a report is of, or who sends it.
public struct XARFParty: Sendable, Hashable {
  /// The organization's name; at most 200 characters.
  public var organization: String
  /// A mail address at which questions are answered.
  public var contact: String
  /// The organization's domain, by which it can be verified.
  public var domain: String

  /// Takes the parts.
  public init(organization: String, contact: String, domain: String) {
    self.organization = organization
    self.contact = contact
    self.domain = domain
  }
}

/// A copy of what was seen.
public struct XARFExhibit: Sendable, Hashable {
  /// Its media type.
  public var mediaType: String
  /// What it is; at most 500 characters.
  public var description: String
  /// Its octets.
  ///
  /// Their hash is written beside them.
  public var octets: [UInt8]

  /// Takes the parts.
  public init(mediaType: String, description: String, octets: [UInt8]) {
    self.mediaType = mediaType
    self.description = description
    self.octets = octets
  }
}
