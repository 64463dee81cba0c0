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
      member("xarf_version", Self.version), member("report_id", identifier.text),
      member("timestamp", time.description), member("reporter", Self.value(reporter)),
      member("sender", Self.value(sender)), member("source_identifier", source),
      member("category", "content"), member("type", kind.type), member("url", url),
    ]
    if let domain, Self.fitsDomainPattern(domain) { members.append(member("domain", domain)) }
    members += kind.members
    if let registrar { members.append(member("registrar", registrar)) }
    if let hostingProvider { members.append(member("hosting_provider", hostingProvider)) }
    if let records = addressRecords { members.append(member("dns_records", records)) }
    members += [
      member("verification_method", verification.rawValue), member("confidence", decimal),
      member("description", description), member("evidence_source", "crawler"),
    ]
    if let verified { members.append(member("verified_at", verified.description)) }
    if !exhibits.isEmpty { members.append(member("evidence", .array(exhibits.map(Self.value)))) }
    if !tags.isEmpty { members.append(member("tags", .array(tags.map(JSONValue.string)))) }
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
      .map { member($0, .array($1.map(JSONValue.string))) }
    return members.isEmpty ? nil : .object(members)
  }

  private static func value(_ party: XARFParty) -> JSONValue {
    .object([
      member("org", party.organization), member("contact", party.contact),
      member("domain", party.domain),
    ])
  }

  private static func value(_ exhibit: XARFExhibit) -> JSONValue {
    let digest = SHA256.hash(data: exhibit.octets).map { octet in
      (octet < 16 ? "0" : "") + String(octet, radix: 16)
    }
    return .object([
      member("content_type", exhibit.mediaType), member("description", exhibit.description),
      member("payload", Data(exhibit.octets).base64EncodedString()),
      member("hash", "sha256:\(digest.joined())"),
      member("size", .number(String(exhibit.octets.count))),
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
    var members = [member("fraud_type", type.rawValue)]
    if !payment.isEmpty {
      members.append(member("payment_methods", .array(payment.map { .string($0.rawValue) })))
    }
    if !wallets.isEmpty {
      let values = wallets.map { wallet in
        JSONValue.object([
          member("currency", wallet.currency.rawValue), member("address", wallet.address),
        ])
      }
      members.append(member("cryptocurrency_addresses", .array(values)))
    }
    return members
  }
}

extension XARFKind.Registration {
  fileprivate var members: [JSONValue.Member] {
    var members = [
      member("registration_date", registered.description),
      member("suspicious_indicators", .array(indicators.map { .string($0.rawValue) })),
    ]
    if !targets.isEmpty {
      members.append(member("targeted_brands", .array(targets.map(JSONValue.string))))
    }
    if !related.isEmpty {
      let values = related.map { other in
        JSONValue.object([
          member("domain", other.domain), member("relationship", other.relationship.rawValue),
        ])
      }
      members.append(member("related_domains", .array(values)))
    }
    return members
  }
}

private func member(_ key: String, _ value: JSONValue) -> JSONValue.Member {
  JSONValue.Member(key: key, value: value)
}

private func member(_ key: String, _ value: String) -> JSONValue.Member {
  JSONValue.Member(key: key, value: .string(value))
}
