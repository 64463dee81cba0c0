internal import Crypto
public import Enforcement
internal import Foundation
public import Records

/// The secrets that a platform's webhooks are signed with: one, or two while it changes.
///
/// A secret is `whsec_` and 24 to 64 octets in Base64 (Standard Webhooks 1.0.0). Neither appears in
/// any message.
public struct WebhookSecrets: Sendable, CustomStringConvertible {
  /// The keys, the newest first.
  let keys: [SymmetricKey]

  /// The most secrets at a time.
  public static let limit = 2
  static let prefix = "whsec_"

  /// Reads secrets, one a line, the newest first; nil where one is none or there are too many.
  public init?(text: String) {
    let lines = text.split(whereSeparator: \.isWhitespace)
    let keys = lines.compactMap { line -> SymmetricKey? in
      guard line.hasPrefix(Self.prefix),
        let data = Data(base64Encoded: String(line.dropFirst(Self.prefix.count))),
        (24...64).contains(data.count)
      else { return nil }
      return SymmetricKey(data: data)
    }
    guard keys.count == lines.count, (1...Self.limit).contains(keys.count) else { return nil }
    self.keys = keys
  }

  /// Says how many there are, and nothing of them.
  public var description: String { "\(keys.count) webhook secret\(keys.count == 1 ? "" : "s")" }

  /// A new secret.
  static func make(_ random: RandomOctets) -> String {
    prefix + Data(random.octets(32)).base64EncodedString()
  }
}

/// Keeps the secrets of all platforms, a file each, in `webhooks` of the data directory.
public struct WebhookSecretStore: Sendable {
  private let folder: String
  private let random: RandomOctets

  /// Takes the data directory.
  public init(directory: String, random: RandomOctets = .system) {
    folder = directory + "/webhooks"
    self.random = random
  }

  /// The secrets of a platform; one is made where there is none.
  public func secrets(of platform: Slug) throws(PrivateFileFault) -> WebhookSecrets {
    let file = file(of: platform)
    if let octets = try file.read() { return try secrets(octets, file) }
    try makeFolder()
    let octets = try file.readOrMake { Array((WebhookSecrets.make(random) + "\n").utf8) }
    return try secrets(octets, file)
  }

  /// Makes a new secret; the one before goes on signing beside it until the next change.
  ///
  /// - Returns: the new secret, to be handed to the platform once.
  public func rotate(_ platform: Slug) throws(PrivateFileFault) -> String {
    let file = file(of: platform)
    try makeFolder()
    return try file.alone { () throws(PrivateFileFault) in
      let before = try file.read().map { String(decoding: $0, as: UTF8.self) } ?? ""
      let last = before.split(whereSeparator: \.isWhitespace).first.map { $0 + "\n" } ?? ""
      let secret = WebhookSecrets.make(random)
      try file.write(Array((secret + "\n" + last).utf8))
      return secret
    }
  }

  private func makeFolder() throws(PrivateFileFault) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw PrivateFileFault(
        path: folder, reason: "cannot be made: \(String(cString: strerror(errno)))")
    }
  }

  private func file(of platform: Slug) -> PrivateFile {
    PrivateFile(path: folder + "/\(platform).secret")
  }

  private func secrets(
    _ octets: [UInt8], _ file: PrivateFile
  ) throws(PrivateFileFault) -> WebhookSecrets {
    guard let secrets = WebhookSecrets(text: String(decoding: octets, as: UTF8.self)) else {
      throw file.fault("holds no webhook secrets: one or two lines of whsec_ and Base64")
    }
    return secrets
  }
}
