internal import Conduct
internal import Enforcement
internal import Foundation

/// How sanctions reach platforms, and where posts come from besides the API.
struct ConductConfiguration: Sendable {
  /// Whether webhooks may go to this machine.
  let allowsLoopback: Bool
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
    ConductConfiguration(
      allowsLoopback: word("conduct.allow_loopback") == "true", stream: try stream())
  }

  private func stream() throws(ConfigurationFault) -> ConductConfiguration.Stream? {
    guard optional("conduct.redis.server") != nil else { return nil }
    var address = try one("conduct.redis.server", Self.redis, "no host, host:port or path")
    if let path = optional("conduct.redis.credentials") {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw fault("conduct.redis.credentials", path, "not there, or may not be read")
      }
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      address.password = lines.last
      address.user = lines.count > 1 ? lines.first : nil
    }
    return ConductConfiguration.Stream(
      platform: try one("conduct.redis.platform", Slug.init(text:), "no platform's name"),
      settings: StreamIntake.Settings(
        address: address, stream: word("conduct.redis.stream"),
        group: word("conduct.redis.group"), consumer: word("conduct.redis.consumer")))
  }

  private static func redis(_ text: String) -> RedisAddress? {
    if text.hasPrefix("/") { return RedisAddress(host: text) }
    guard let colon = text.lastIndex(of: ":") else { return RedisAddress(host: text) }
    guard let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    return RedisAddress(host: String(text[..<colon]), port: Int(port))
  }
}
