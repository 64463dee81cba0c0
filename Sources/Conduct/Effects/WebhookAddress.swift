internal import Foundation

/// Where a platform's webhooks go: an address that an administrator has entered.
public struct WebhookAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address.
  let url: URL

  /// Why nothing is sent to an address.
  public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is no URL with a host.
    case notAnAddress
    /// It is not `https`.
    case notHTTPS
    /// It holds a user or a password.
    case credentials
    /// It is this machine, and the configuration does not allow that.
    case loopback
    /// It is an address that no platform has.
    case special

    /// One sentence.
    public var description: String {
      switch self {
      case .notAnAddress: "the webhook's address is no URL with a host"
      case .notHTTPS: "the webhook's address has to begin with https://"
      case .credentials: "the webhook's address may hold no user and no password"
      case .loopback: "the webhook's address is this machine: conduct.allow_loopback permits that"
      case .special: "the webhook's address is link-local, multicast or unspecified"
      }
    }
  }

  /// Checks an address.
  ///
  /// - Parameters:
  ///   - text: the address.
  ///   - allowsLoopback: whether this machine may be meant, and be asked without TLS.
  /// - Throws: ``Refusal``.
  public init(_ text: String, allowsLoopback: Bool) throws(Refusal) {
    guard let url = URL(string: text), let host = url.host(percentEncoded: false)?.lowercased(),
      !host.isEmpty, let scheme = url.scheme?.lowercased()
    else { throw .notAnAddress }
    guard url.user == nil, url.password == nil else { throw .credentials }
    let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
    let isLoopback = Self.isLoopback(bare)
    guard scheme == "https" || scheme == "http" && isLoopback else { throw .notHTTPS }
    guard !isLoopback || allowsLoopback else { throw .loopback }
    guard !Self.isSpecial(bare) else { throw .special }
    self.url = url
  }

  /// The address without its query, which may hold a secret.
  public var description: String {
    "\(url.scheme ?? "")://\(url.host() ?? "")\(url.port.map { ":\($0)" } ?? "")\(url.path())"
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host.hasSuffix(".localhost") { return true }
    if let v4 = v4(host) { return v4.s_addr.bigEndian >> 24 == 127 }
    guard let v6 = v6(host) else { return false }
    if v6.dropLast().allSatisfy({ $0 == 0 }) { return v6.last == 1 }
    return v6.prefix(10).allSatisfy { $0 == 0 } && v6[10] == 0xFF && v6[11] == 0xFF && v6[12] == 127
  }

  /// Unspecified, link-local (metadata services of clouds answer there) and multicast.
  private static func isSpecial(_ host: String) -> Bool {
    func isSpecial(_ first: UInt8, _ second: UInt8) -> Bool {
      first == 0 || first == 169 && second == 254 || first >= 224
    }
    if let v4 = v4(host) {
      let octets = v4.s_addr.bigEndian
      return isSpecial(UInt8(octets >> 24), UInt8(octets >> 16 & 0xFF))
    }
    // A host of digits and dots alone that is no address in full form would be read by halves.
    if host.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == "x" }), host.first?.isNumber == true,
      !host.contains(where: { $0.isLetter && !$0.isHexDigit && $0 != "x" }),
      host.split(separator: ".").allSatisfy({ $0.hasPrefix("0x") || $0.allSatisfy(\.isNumber) })
    {
      return true
    }
    guard let v6 = v6(host) else { return false }
    if v6.prefix(10).allSatisfy({ $0 == 0 }), v6[10] == 0xFF, v6[11] == 0xFF {
      return isSpecial(v6[12], v6[13])
    }
    return v6.allSatisfy { $0 == 0 } || v6[0] == 0xFF || v6[0] == 0xFE && v6[1] & 0xC0 == 0x80
  }

  private static func v4(_ host: String) -> in_addr? {
    var address = in_addr()
    return inet_pton(AF_INET, host, &address) == 1 ? address : nil
  }

  private static func v6(_ host: String) -> [UInt8]? {
    var address = in6_addr()
    guard inet_pton(AF_INET6, host, &address) == 1 else { return nil }
    return withUnsafeBytes(of: &address) { Array($0) }
  }
}
