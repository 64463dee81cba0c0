internal import Conduct
internal import Egress
internal import Enforcement

/// How sanctions reach platforms, and where posts come from besides the API.
struct ConductConfiguration: Sendable {
  /// Where webhooks may go.
  let webhookRules: AddressGuard.Rules
  /// A stream that posts are taken from; nil where none is.
  let stream: Stream?

  /// A stream of posts, and whose they are.
  struct Stream: Sendable {
    let platform: Slug
    let settings: StreamIntake.Settings
  }
}

extension SettingReader {
  func conduct() throws(ConfigurationFault) -> ConductConfiguration {
    ConductConfiguration(webhookRules: try webhookRules(), stream: try stream())
  }

  /// Where webhooks may go, those with reports too.
  func webhookRules() throws(ConfigurationFault) -> AddressGuard.Rules {
    var exceptions = try each(
      "conduct.allow_addresses", { AddressException($0) },
      "no address, block or name, with a port or without")
    if word("conduct.allow_loopback") == "true" {
      exceptions += ["127.0.0.0/8", "::1/128"].compactMap { AddressException($0) }
    }
    return AddressGuard.Rules(ports: nil, exceptions: exceptions)
  }

  private func stream() throws(ConfigurationFault) -> ConductConfiguration.Stream? {
    guard optional("conduct.redis.server") != nil else { return nil }
    var address = try one(
      "conduct.redis.server", { RedisAddress($0) },
      "no host, host:port, path of a socket, redis://host:port or rediss://host:port")
    address.credentials = optional("conduct.redis.credentials")
    for (key, part) in Self.redisFiles {
      guard let path = optional(key) else { continue }
      guard address.tls != nil else {
        throw fault(key, path, "of no use without TLS: write the server as rediss://host:port")
      }
      address.tls?[keyPath: part] = path
    }
    guard (address.tls?.certificate == nil) == (address.tls?.key == nil) else {
      throw fault(
        "conduct.redis.key", address.tls?.key ?? "", "of use only with conduct.redis.certificate")
    }
    return ConductConfiguration.Stream(
      platform: try one("conduct.redis.platform", Slug.init(text:), "no platform's name"),
      settings: StreamIntake.Settings(
        address: address, stream: word("conduct.redis.stream"),
        group: word("conduct.redis.group"), consumer: word("conduct.redis.consumer")))
  }

  /// Files for a server that is asked over TLS.
  private static var redisFiles: [(String, WritableKeyPath<RedisTLS, String?>)] {
    [
      ("conduct.redis.authority", \.authority), ("conduct.redis.certificate", \.certificate),
      ("conduct.redis.key", \.key),
    ]
  }
}
