public import DomainNames
public import Watch

extension CordonConfiguration {
  /// Where contacts are looked up.
  ///
  /// - Parameter suffixes: the public suffixes.
  /// - Returns: the settings of the search.
  public func contacts(suffixes: PublicSuffixes?) -> ContactSettings {
    ContactSettings(
      bootstrap: rdapBootstrap,
      servers: Dictionary(rdapServers.map { ($0.entry, $0.url) }) { $1 }, suffixes: suffixes)
  }
}

extension SettingReader {
  /// The mail server, where one is named.
  func mail() throws(ConfigurationFault) -> MailServer? {
    let protection = try one(
      "mail.tls", MailServer.Protection.init(rawValue:),
      "none of starttls, implicit, opportunistic and off")
    let credentials = optional("mail.credentials_file")
    guard credentials == nil || protection.isCertain else {
      throw fault(
        "mail.tls", protection.rawValue,
        "not enough for mail.credentials_file: a password goes over starttls or implicit TLS only")
    }
    guard optional("mail.server") != nil else { return nil }
    let place = try one("mail.server", MailServer.place, "no host, and no host with a port")
    return MailServer(
      host: place.host, port: place.port, protection: protection,
      authorityFile: optional("mail.ca_file"), credentialsFile: credentials)
  }

  /// Who writes notices and on which ground, where that is set: all of it or nothing.
  func notices() throws(ConfigurationFault) -> NoticeSettings? {
    let keys = ["notice.reporter", "notice.contact", "notice.rule", "notice.contest_url"]
    guard let set = keys.first(where: { optional($0) != nil }) else {
      if optional("mail.from") != nil {
        _ = try one("mail.from", { MailAddress($0) }, "no mail address")
      }
      return nil
    }
    for key in ["notice.reporter", "notice.contact", "notice.rule", "mail.from"]
    where optional(key) == nil {
      throw fault(set, word(set), "not enough: notices need \(key), too")
    }
    return NoticeSettings(
      reporter: try one("notice.reporter", Self.reporter, "longer than 200 characters"),
      contact: try one("notice.contact", { MailAddress($0) }, "no mail address"),
      sender: try one("mail.from", { MailAddress($0) }, "no mail address"),
      rule: word("notice.rule"),
      contestURL: optional("notice.contest_url") == nil
        ? nil : try one("notice.contest_url", Self.webAddress, "no http or https URL"))
  }

  /// The RDAP servers that are asked first.
  func rdapServers() throws(ConfigurationFault) -> [CordonConfiguration.RDAPServer] {
    try map("rdap.servers").map { entry, url throws(ConfigurationFault) in
      guard ContactSettings.isEntry(entry) else {
        throw fault("rdap.servers", entry, "neither a name nor a range of addresses")
      }
      guard Self.webAddress(url) != nil else {
        throw fault("rdap.servers", url, "no http or https URL")
      }
      return CordonConfiguration.RDAPServer(entry: entry, url: url)
    }
  }

  private static func reporter(_ text: String) -> String? {
    text.unicodeScalars.count <= 200 ? text : nil
  }

  private static func webAddress(_ text: String) -> String? {
    let isWeb = ["http://", "https://"].contains { text.hasPrefix($0) && text.count > $0.count }
    return isWeb && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
  }
}
