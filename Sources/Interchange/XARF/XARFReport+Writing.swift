internal import Crypto
internal import Enforcement
internal import Foundation

extension XARFReport {
  /// Writes the report as JSON in UTF-8.
  ///
  /// The same report gives the same octets.
  ///
  /// - Returns: one line, ended by LF.
  /// - Throws: ``XARFFault`` where the format does not allow what the report says.
  public func encoded() throws(XARFFault) -> [UInt8] {
    try check()
    var members = [
      JSONValue.Member("xarf_version", Self.version),
      JSONValue.Member("report_id", identifier.text),
      JSONValue.Member("timestamp", time.description),
      JSONValue.Member("reporter", Self.value(reporter)),
      JSONValue.Member("sender", Self.value(sender)), JSONValue.Member("source_identifier", source),
      JSONValue.Member("category", "content"), JSONValue.Member("type", kind.type),
      JSONValue.Member("url", url),
    ]
    if let domain, Self.fitsDomainPattern(domain) {
      members.append(JSONValue.Member("domain", domain))
    }
    members += kind.members
    if let registrar { members.append(JSONValue.Member("registrar", registrar)) }
    if let hostingProvider { members.append(JSONValue.Member("hosting_provider", hostingProvider)) }
    if let records = addressRecords { members.append(JSONValue.Member("dns_records", records)) }
    members += [
      JSONValue.Member("verification_method", verification.rawValue),
      JSONValue.Member("confidence", decimal),
      JSONValue.Member("description", description), JSONValue.Member("evidence_source", "crawler"),
    ]
    if let verified { members.append(JSONValue.Member("verified_at", verified.description)) }
    if !exhibits.isEmpty {
      members.append(JSONValue.Member("evidence", .array(exhibits.map(Self.value))))
    }
    if !tags.isEmpty {
      members.append(JSONValue.Member("tags", .array(tags.map(JSONValue.string))))
    }
    return Array((JSONValue.object(members).text + "\n").utf8)
  }

  /// The confidence in four digits, which is more than it is worth.
  private var decimal: JSONValue {
    let tenThousandths = Int((confidence * 10_000).rounded())
    let fraction = String(tenThousandths % 10_000)
    let padded = String(repeating: "0", count: 4 - fraction.count) + fraction
    return .number("\(tenThousandths / 10_000).\(padded)")
  }

  /// The addresses by family; nil where there is none.
  private var addressRecords: JSONValue? {
    let version4 = addresses.filter { IPAddressText(version4: $0) != nil }
    let version6 = addresses.filter { IPAddressText(version6: $0) != nil }
    let members = [("a", version4), ("aaaa", version6)].filter { !$1.isEmpty }
      .map { JSONValue.Member($0, .array($1.map(JSONValue.string))) }
    return members.isEmpty ? nil : .object(members)
  }

  private static func value(_ party: XARFParty) -> JSONValue {
    .object([
      JSONValue.Member("org", party.organization), JSONValue.Member("contact", party.contact),
      JSONValue.Member("domain", party.domain),
    ])
  }

  private static func value(_ exhibit: XARFExhibit) -> JSONValue {
    let digest = SHA256.hash(data: exhibit.octets).map { octet in
      (octet < 16 ? "0" : "") + String(octet, radix: 16)
    }
    return .object([
      JSONValue.Member("content_type", exhibit.mediaType),
      JSONValue.Member("description", exhibit.description),
      JSONValue.Member("payload", Data(exhibit.octets).base64EncodedString()),
      JSONValue.Member("hash", "sha256:\(digest.joined())"),
      JSONValue.Member("size", .number(String(exhibit.octets.count))),
    ])
  }
}

extension XARFKind {
  fileprivate var type: String {
    switch self {
    case .fraud: "fraud"
    case .suspiciousRegistration: "suspicious_registration"
    }
  }

  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .fraud(let fraud): fraud.members
    case .suspiciousRegistration(let registration): registration.members
    }
  }
}

extension XARFKind.Fraud {
  fileprivate var members: [JSONValue.Member] {
    var members = [JSONValue.Member("fraud_type", type.rawValue)]
    if !payment.isEmpty {
      members.append(
        JSONValue.Member("payment_methods", .array(payment.map { .string($0.rawValue) })))
    }
    if !wallets.isEmpty {
      let values = wallets.map { wallet in
        JSONValue.object([
          JSONValue.Member("currency", wallet.currency.rawValue),
          JSONValue.Member("address", wallet.address),
        ])
      }
      members.append(JSONValue.Member("cryptocurrency_addresses", .array(values)))
    }
    return members
  }
}

extension XARFKind.Registration {
  fileprivate var members: [JSONValue.Member] {
    var members = [
      JSONValue.Member("registration_date", registered.description),
      JSONValue.Member("suspicious_indicators", .array(indicators.map { .string($0.rawValue) })),
    ]
    if !targets.isEmpty {
      members.append(JSONValue.Member("targeted_brands", .array(targets.map(JSONValue.string))))
    }
    if !related.isEmpty {
      let values = related.map { other in
        JSONValue.object([
          JSONValue.Member("domain", other.domain),
          JSONValue.Member("relationship", other.relationship.rawValue),
        ])
      }
      members.append(JSONValue.Member("related_domains", .array(values)))
    }
    return members
  }
}
