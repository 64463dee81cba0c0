extension ConfigurationKey {
  /// How sanctions reach platforms, and where posts come from.
  static let conduct: [ConfigurationKey] = [
    ConfigurationKey(
      path: "conduct.allow_loopback", kind: .flag, standard: "false",
      meaning: "Whether webhooks may go to this machine, for trying them out."),
    ConfigurationKey(
      path: "conduct.allow_addresses", kind: .list, standard: "[]",
      meaning: "Places that webhooks may go to besides public addresses: address, block or name."),
    ConfigurationKey(
      path: "conduct.redis.server", kind: .text, standard: "\"\"",
      meaning: "Where posts are taken from: host, host:port, path, or rediss://host:port for TLS."),
    ConfigurationKey(
      path: "conduct.redis.credentials", kind: .text, standard: "\"\"",
      meaning: "File with the password for Redis, or user and password, a line each; mode 600."),
    ConfigurationKey(
      path: "conduct.redis.authority", kind: .text, standard: "\"\"",
      meaning: "With TLS: file (PEM) of those who vouch for the server; the system's if empty."),
    ConfigurationKey(
      path: "conduct.redis.certificate", kind: .text, standard: "\"\"",
      meaning: "With TLS: file (PEM) with the certificate that the server asks for, if any."),
    ConfigurationKey(
      path: "conduct.redis.key", kind: .text, standard: "\"\"",
      meaning: "With TLS: file (PEM) with that certificate's key; mode 600."),
    ConfigurationKey(
      path: "conduct.redis.platform", kind: .text, standard: "\"\"",
      meaning: "The platform whose posts stand in the stream."),
    ConfigurationKey(
      path: "conduct.redis.stream", kind: .text, standard: "posts",
      meaning: "The key of the stream."),
    ConfigurationKey(
      path: "conduct.redis.group", kind: .text, standard: "cordon",
      meaning: "The consumer group; it is made where there is none."),
    ConfigurationKey(
      path: "conduct.redis.consumer", kind: .text, standard: "cordon-1",
      meaning: "This consumer's name in the group; the same after a restart."),
  ]
}
