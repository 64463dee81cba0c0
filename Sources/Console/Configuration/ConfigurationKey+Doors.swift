extension ConfigurationKey {
  /// The gate's doors for streams: TCP, TLS and HTTPS.
  static let doors: [ConfigurationKey] = [
    ConfigurationKey(
      path: "gate.tls.certificate", kind: .text, standard: "\"\"",
      meaning: "File with the gate's certificate chain; no TLS and HTTPS where empty."),
    ConfigurationKey(
      path: "gate.tls.key", kind: .text, standard: "\"\"",
      meaning: "File with the certificate's private key."),
    ConfigurationKey(
      path: "gate.tls.listen", kind: .list, standard: "[127.0.0.1:8530]",
      meaning: "Where the gate answers DNS over TLS."),
    ConfigurationKey(
      path: "gate.https.listen", kind: .list, standard: "[127.0.0.1:8443]",
      meaning: "Where the gate answers DNS over HTTPS, at /dns-query."),
    ConfigurationKey(
      path: "gate.streams.connections", kind: .number(1...1_000_000), standard: "1024",
      meaning: "Connections by TCP, TLS and HTTPS at a time."),
    ConfigurationKey(
      path: "gate.streams.connections_per_client", kind: .number(1...1_000_000), standard: "64",
      meaning: "Connections of one client at a time."),
    ConfigurationKey(
      path: "gate.streams.queries_per_connection", kind: .number(1...10_000), standard: "64",
      meaning: "Queries of one connection under way at a time."),
    ConfigurationKey(
      path: "gate.streams.idle_seconds", kind: .number(1...3_600), standard: "20",
      meaning: "Seconds after which a connection without a whole query or answer is closed."),
  ]
}
