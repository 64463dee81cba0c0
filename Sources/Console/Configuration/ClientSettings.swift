internal import Gate

extension SettingReader {
  /// Who may ask the gate, and how much.
  func clients() throws(ConfigurationFault) -> ClientConfiguration {
    ClientConfiguration(
      allowed: try prefixes("gate.allow"),
      others: try one(
        "gate.others", ClientConfiguration.Others.init(rawValue:), "neither refuse nor drop"),
      cookies: ClientConfiguration.Cookies(
        isEnabled: word("gate.cookies.enabled") == "true",
        secretsFile: optional("gate.cookies.secrets"),
        requirement: try one(
          "gate.cookies.require", ClientConfiguration.Requirement.init(rawValue:),
          "none of never, pressure and always")),
      limit: ClientConfiguration.Limit(
        answers: number("gate.rate_limit.answers"), slip: number("gate.rate_limit.slip"),
        ipv4Length: number("gate.rate_limit.ipv4_prefix"),
        ipv6Length: number("gate.rate_limit.ipv6_prefix"),
        exempt: try prefixes("gate.rate_limit.exempt")),
      identifier: try short("gate.nsid", atMost: ClientConfiguration.longestIdentifier),
      structuredErrorOption: UInt16(clamping: number("gate.explanation.option")))
  }

  /// Who answers for blocks.
  func respondent() throws(ConfigurationFault) -> Respondent {
    let limit = Respondent.longestField
    let named = try short("gate.explanation.organization", atMost: limit)
    // A reporter's name that is too long for an answer is no fault of a notice.
    let reporter = optional("notice.reporter").flatMap { $0.utf8.count <= limit ? $0 : nil }
    let contacts = try each(
      "gate.explanation.contacts", Respondent.contact, "no mailto: or tel: address")
    guard contacts.count <= 3 else {
      throw fault("gate.explanation.contacts", contacts[3], "one too many: three fit an answer")
    }
    return Respondent(
      organization: named ?? reporter, contacts: contacts,
      database: try short("gate.explanation.database", atMost: limit))
  }

  private func prefixes(_ path: String) throws(ConfigurationFault) -> [AddressPrefix] {
    try each(
      path, AddressPrefix.init, "no network like 192.0.2.0/24, with no bits set beyond its length")
  }

  private func short(_ path: String, atMost limit: Int) throws(ConfigurationFault) -> String? {
    guard let text = optional(path) else { return nil }
    guard text.utf8.count <= limit else {
      throw fault(path, text, "too long: at most \(limit) octets fit")
    }
    return text
  }
}
