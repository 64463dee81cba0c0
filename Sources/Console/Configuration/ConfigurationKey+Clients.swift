extension ConfigurationKey {
  /// Who may ask the gate, how much, and what else its answers tell.
  static let clients: [ConfigurationKey] = [
    ConfigurationKey(
      path: "gate.allow", kind: .list,
      standard: "[127.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12,"
        + " 192.168.0.0/16, \"::1/128\", \"fc00::/7\", \"fe80::/10\"]",
      meaning: "Networks whose queries are answered."),
    ConfigurationKey(
      path: "gate.others", kind: .text, standard: "refuse",
      meaning: "What everyone else gets: refuse or drop."),
    ConfigurationKey(
      path: "gate.cookies.enabled", kind: .flag, standard: "true",
      meaning: "Whether clients can prove their address by a DNS cookie."),
    ConfigurationKey(
      path: "gate.cookies.secrets", kind: .text, standard: "\"\"",
      meaning: "File with the secrets that gates at one address share; random where empty."),
    ConfigurationKey(
      path: "gate.cookies.require", kind: .text, standard: "pressure",
      meaning: "When a query by UDP needs a valid cookie: never, pressure or always."),
    ConfigurationKey(
      path: "gate.rate_limit.answers", kind: .number(0...1_000_000), standard: "1000",
      meaning: "Answers by UDP a second to a network without valid cookies; 0 for no limit."),
    ConfigurationKey(
      path: "gate.rate_limit.slip", kind: .number(0...100), standard: "2",
      meaning: "Over the limit, one query in so many is led to TCP; 0 for none."),
    ConfigurationKey(
      path: "gate.rate_limit.ipv4_prefix", kind: .number(8...32), standard: "24",
      meaning: "Bits of an IPv4 address that make a network."),
    ConfigurationKey(
      path: "gate.rate_limit.ipv6_prefix", kind: .number(16...64), standard: "56",
      meaning: "Bits of an IPv6 address that make a network."),
    ConfigurationKey(
      path: "gate.rate_limit.exempt", kind: .list,
      standard: "[127.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12,"
        + " 192.168.0.0/16, \"::1/128\", \"fc00::/7\", \"fe80::/10\"]",
      meaning: "Networks without limit, such as your own forwarders."),
    ConfigurationKey(
      path: "gate.nsid", kind: .text, standard: "\"\"",
      meaning: "Name of this server for those who ask for it (NSID); none where empty."),
    ConfigurationKey(
      path: "gate.explanation.organization", kind: .text, standard: "\"\"",
      meaning: "Who filters, in structured errors; notice.reporter where empty."),
    ConfigurationKey(
      path: "gate.explanation.contacts", kind: .list, standard: "[]",
      meaning: "Where to complain, in structured errors: mailto: and tel: addresses."),
    ConfigurationKey(
      path: "gate.explanation.database", kind: .text, standard: "\"\"",
      meaning: "Name of the public database of your orders, in structured errors."),
    ConfigurationKey(
      path: "gate.explanation.option", kind: .number(1...65_535), standard: "65015",
      meaning: "Number of the EDNS option by which clients ask for structured errors."),
  ]
}
