internal import DomainNames
internal import Watch

/// How notices are written and sent: who writes, through which mail server, and where the people of
/// a site are looked up.
struct NoticeConfiguration: Sendable {
  /// Who writes and on which ground; nil where it is not set, and then no letter is written.
  let settings: NoticeSettings?
  /// The mail server; nil where none is set.
  let server: MailServer?
  /// The folder of IANA's bootstrap registry: a URL or a path.
  let bootstrap: String
  /// RDAP servers that are asked before the registry is.
  let rdapServers: [String: String]
  /// Places that may be asked although they are not public.
  let exceptions: [AddressException]
}

extension SettingReader {
  func notices() throws(ConfigurationFault) -> NoticeConfiguration {
    for (entry, _) in map("rdap.servers") where !ContactSettings.isEntry(entry) {
      throw fault("rdap.servers", entry, "neither a name nor a range of addresses")
    }
    return NoticeConfiguration(
      settings: try noticeSettings(), server: try mailServer(), bootstrap: word("rdap.bootstrap"),
      rdapServers: Dictionary(map("rdap.servers")) { $1 },
      exceptions: try each("watch.allow_addresses", AddressException.init, "no address, range or name"))
  }

  /// All of it or nothing: a letter that does not say who writes is no letter.
  private func noticeSettings() throws(ConfigurationFault) -> NoticeSettings? {
    let needed = ["mail.from", "notice.reporter", "notice.contact", "notice.rule"]
    let missing = needed.filter { word($0).isEmpty }
    guard missing.count < needed.count else { return nil }
    if let first = missing.first {
      throw fault(first, "", "needed for notices, since others of them are set")
    }
    return NoticeSettings(
      reporter: word("notice.reporter"),
      contact: try one("notice.contact", { MailAddress($0) }, "no mail address"),
      sender: try one("mail.from", { MailAddress($0) }, "no mail address"),
      rule: word("notice.rule"), contestURL: optional("notice.contest_url"))
  }

  private func mailServer() throws(ConfigurationFault) -> MailServer? {
    guard !word("mail.server").isEmpty else { return nil }
    let place = try one("mail.server", { MailServer.place($0) }, "no host, with or without a port")
    return MailServer(
      host: place.host, port: place.port,
      protection: try one(
        "mail.tls", MailServer.Protection.init(rawValue:),
        "none of starttls, implicit, opportunistic and off"),
      authorityFile: optional("mail.authority"), credentialsFile: optional("mail.credentials"))
  }
}
