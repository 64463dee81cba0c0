internal import Watch

extension ConfigurationKey {
  /// The keys of mail, notices and the search for contacts.
  static let notices: [ConfigurationKey] = [
    ConfigurationKey(
      path: "mail.server", kind: .text, standard: "\"\"",
      meaning: "The mail server that takes notices, with a port if you like; none where empty."),
    ConfigurationKey(
      path: "mail.tls", kind: .text, standard: "starttls",
      meaning: "How the connection to it is protected: starttls, implicit, opportunistic or off."),
    ConfigurationKey(
      path: "mail.from", kind: .text, standard: "\"\"",
      meaning: "The address that notices are sent from."),
    ConfigurationKey(
      path: "mail.credentials_file", kind: .text, standard: "\"\"",
      meaning: "File with the mail server's user on one line and the password on the next."),
    ConfigurationKey(
      path: "mail.ca_file", kind: .text, standard: "\"\"",
      meaning: "File with the certificates to trust for mail; the system's where empty."),
    ConfigurationKey(
      path: "notice.reporter", kind: .text, standard: "\"\"",
      meaning: "The organization that writes notices."),
    ConfigurationKey(
      path: "notice.contact", kind: .text, standard: "\"\"",
      meaning: "The address at which notices are answered and contested."),
    ConfigurationKey(
      path: "notice.rule", kind: .text, standard: "\"\"",
      meaning: "The rule that notices rest on, and the authority behind it."),
    ConfigurationKey(
      path: "notice.contest_url", kind: .text, standard: "\"\"",
      meaning: "A page at which a notice can be contested; none where empty."),
    ConfigurationKey(
      path: "rdap.bootstrap", kind: .text, standard: ContactSettings.standardBootstrap,
      meaning: "URL or folder of dns.json, ipv4.json and ipv6.json, which say whom to ask."),
    ConfigurationKey(
      path: "rdap.servers", kind: .map, standard: "{}",
      meaning: "RDAP servers asked before that: a name or a range to a URL."),
  ]
}
