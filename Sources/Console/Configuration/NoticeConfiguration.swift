internal import DomainNames
internal import Egress
internal import Foundation
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

  /// The public suffix list's file.
  let suffixList: String

  /// Where contacts are looked up.
  ///
  /// Where the list of suffixes cannot be read, the one that the system's library knows is taken.
  var contacts: ContactSettings {
    let list = FileManager.default.contents(atPath: suffixList).flatMap {
      try? PublicSuffixes(list: Array($0))
    }
    return ContactSettings(
      bootstrap: bootstrap, servers: rdapServers, suffixes: list ?? .builtin)
  }
}

extension SettingReader {
  func notices() throws(ConfigurationFault) -> NoticeConfiguration {
    for (entry, url) in map("rdap.servers") {
      guard ContactSettings.isEntry(entry) else {
        throw fault("rdap.servers", entry, "neither a name nor a range of addresses")
      }
      guard Self.isWebAddress(url) else { throw fault("rdap.servers", url, "no http or https URL") }
    }
    return NoticeConfiguration(
      settings: try noticeSettings(), server: try mailServer(), bootstrap: word("rdap.bootstrap"),
      rdapServers: Dictionary(map("rdap.servers")) { $1 },
      exceptions: try each(
        "watch.allow_addresses", AddressException.init, "no address, range or name"),
      suffixList: word("assessment.suffix_list"))
  }

  /// All of it or nothing: a letter that does not say who writes is no letter.
  private func noticeSettings() throws(ConfigurationFault) -> NoticeSettings? {
    let needed = ["mail.from", "notice.reporter", "notice.contact", "notice.rule"]
    let missing = needed.filter { optional($0) == nil }
    guard let set = needed.first(where: { optional($0) != nil }) else { return nil }
    if let first = missing.first {
      throw fault(set, word(set), "not enough: \(first) is needed, too")
    }
    return NoticeSettings(
      reporter: word("notice.reporter"),
      contact: try one("notice.contact", { MailAddress($0) }, "no mail address"),
      sender: try one("mail.from", { MailAddress($0) }, "no mail address"),
      rule: word("notice.rule"),
      contestURL: optional("notice.contest_url") == nil
        ? nil
        : try one(
          "notice.contest_url", { Self.isWebAddress($0) ? $0 : nil }, "no http or https URL"))
  }

  private func mailServer() throws(ConfigurationFault) -> MailServer? {
    let protection = try one(
      "mail.tls", MailServer.Protection.init(rawValue:),
      "none of starttls, implicit, opportunistic and off")
    let credentials = optional("mail.credentials")
    guard credentials == nil || protection.isCertain else {
      throw fault(
        "mail.tls", protection.rawValue,
        "not enough for mail.credentials: a password goes over starttls or implicit TLS only")
    }
    guard !word("mail.server").isEmpty else { return nil }
    let place = try one("mail.server", { MailServer.place($0) }, "no host, with or without a port")
    return MailServer(
      host: place.host, port: place.port, protection: protection,
      authorityFile: optional("mail.authority"), credentialsFile: credentials)
  }

  private static func isWebAddress(_ text: String) -> Bool {
    ["http://", "https://"].contains { text.hasPrefix($0) && text.count > $0.count }
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
