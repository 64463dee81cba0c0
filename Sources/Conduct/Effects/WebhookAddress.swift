public import Egress

/// Where a platform's webhooks go: an address that an administrator has entered.
///
/// What it leads to is judged by `AddressGuard` when a message is sent, by the configuration of the
/// program that sends it.
public struct WebhookAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address, written in one way only: what is judged is what is asked.
  public let url: WebURL

  /// Why nothing is sent to an address.
  public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is no URL with a host.
    case notAnAddress
    /// It is not `https`.
    case notHTTPS
    /// It holds a user or a password.
    case credentials
    /// It leads where no platform is.
    case refused(String)

    /// One sentence.
    public var description: String {
      switch self {
      case .notAnAddress: "the webhook's address is no URL with a host"
      case .notHTTPS: "the webhook's address has to begin with https://"
      case .credentials: "the webhook's address may hold no user and no password"
      case .refused(let reason):
        "the webhook's address may not be asked: \(reason); conduct.allow_addresses lists exceptions"
      }
    }
  }

  /// Reads an address.
  ///
  /// - Parameters:
  ///   - text: the address; `http` only where it is this machine.
  ///   - addressGuard: what says where may be connected to.
  /// - Throws: ``Refusal``.
  public init(_ text: String, addressGuard: AddressGuard) throws(Refusal) {
    guard let url = try? WebURL(text) else { throw .notAnAddress }
    let authority = text.drop { $0 != ":" }.dropFirst().drop { $0 == "/" || $0 == "\\" }
      .prefix { $0 != "/" && $0 != "\\" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .credentials }
    guard url.scheme == .https || Self.isThisMachine(url.host) else { throw .notHTTPS }
    if let refusal = addressGuard.refusal(of: url.host, port: url.port) {
      throw .refused("\(refusal)")
    }
    self.url = url
  }

  /// The address without its query, which may hold a secret.
  public var description: String { url.origin + url.path }

  /// Whether a message may go to an address that this one has led to: without TLS it stays on this
  /// machine, whatever a name says by now.
  func permits(_ pinned: PinnedAddress) -> Bool {
    url.scheme == .https || Self.isThisMachine(.address(pinned.address))
  }

  private static func isThisMachine(_ host: WebHost) -> Bool {
    switch host {
    case .name(let name): name == "localhost" || name.hasSuffix(".localhost")
    case .address(let address): loopback.contains { $0.contains(address) }
    }
  }

  /// The blocks of addresses that are this machine.
  static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { AddressRange($0) }
}
