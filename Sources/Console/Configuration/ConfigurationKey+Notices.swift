extension ConfigurationKey {
  /// How notices are written and sent.
  static let notices: [ConfigurationKey] = [
    ConfigurationKey(
      path: "notice.reporter", kind: .text, standard: "\"\"",
      meaning: "The organization that writes notices."),
    ConfigurationKey(
      path: "notice.contact", kind: .text, standard: "\"\"",
      meaning: "The mail address at which notices are answered."),
    ConfigurationKey(
      path: "notice.rule", kind: .text, standard: "\"\"",
      meaning: "The rule that notices rest on, and the authority behind it."),
    ConfigurationKey(
      path: "notice.contest_url", kind: .text, standard: "\"\"",
      meaning: "The page at which a notice can be contested; by answering where empty."),
    ConfigurationKey(
      path: "mail.server", kind: .text, standard: "\"\"",
      meaning: "The mail server that takes notices: host, or host:port; none where empty."),
    ConfigurationKey(
      path: "mail.tls", kind: .text, standard: "starttls",
      meaning: "starttls, implicit, opportunistic, or off for a server on this machine."),
    ConfigurationKey(
      path: "mail.from", kind: .text, standard: "\"\"",
      meaning: "The mail address that notices come from."),
    ConfigurationKey(
      path: "mail.credentials", kind: .text, standard: "\"\"",
      meaning: "File with user and password for the mail server, a line each; mode 600."),
    ConfigurationKey(
      path: "mail.authority", kind: .text, standard: "\"\"",
      meaning: "File with the certificates to trust for mail; the system's where empty."),
    ConfigurationKey(
      path: "rdap.bootstrap", kind: .text, standard: "https://data.iana.org/rdap/",
      meaning: "Where IANA's registry of RDAP servers is: a URL, or a folder."),
    ConfigurationKey(
      path: "rdap.servers", kind: .map, standard: "{}",
      meaning: "RDAP servers asked before the registry is: name or range, to base URL."),
  ]
}
