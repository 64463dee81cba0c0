internal import NIOCore

/// A server's address and port; never a name.
struct ServerAddress: Sendable, Hashable {
  /// The address as sockets take it.
  let socketAddress: SocketAddress
  /// The interface a link-local address is on, by name or number.
  private let zone: String?

  /// The port of DNS over UDP and TCP.
  static let defaultPort = 53

  /// Takes an IPv4 or IPv6 address and a port.
  ///
  /// A link-local IPv6 address may name its interface after a percent sign (RFC 4007, Section 11).
  /// Nil where the text is no address, the port is outside 1…65535 or this machine has no such
  /// interface.
  init?(ip text: some StringProtocol, port: Int = defaultPort) {
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard (1...65_535).contains(port), let host = parts.first,
      let address = try? SocketAddress(ipAddress: String(host), port: port)
    else { return nil }
    zone = parts.count > 1 ? String(parts[1]) : nil
    guard zone != nil else {
      socketAddress = address
      return
    }
    // A number with its interface is resolved by the system without asking anyone.
    guard case .v6 = address,
      let scoped = try? SocketAddress.makeAddressResolvingHost(String(text), port: port)
    else { return nil }
    socketAddress = scoped
  }

  /// Reads `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`; nil for other texts.
  init?(_ text: some StringProtocol, defaultPort: Int = defaultPort) {
    if text.hasPrefix("[") {
      guard let end = text.lastIndex(of: "]") else { return nil }
      let host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard host.contains(":"), let port = Self.port(afterColon: rest, else: defaultPort) else {
        return nil
      }
      self.init(ip: host, port: port)
    } else if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") {
      guard let port = Self.port(afterColon: text[colon...], else: defaultPort) else { return nil }
      self.init(ip: text[..<colon], port: port)
    } else {
      self.init(ip: text, port: defaultPort)
    }
  }

  /// Reads `:5353`; nothing means the default port.
  private static func port(afterColon text: some StringProtocol, else defaultPort: Int) -> Int? {
    guard !text.isEmpty else { return defaultPort }
    let digits = text.dropFirst()
    guard text.hasPrefix(":"), !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int(digits)
  }
}

extension ServerAddress: CustomStringConvertible {
  /// The address and its port in the form that is read, as `192.0.2.1:53` or `[2001:db8::1]:53`.
  var description: String {
    let host = (socketAddress.ipAddress ?? "?") + (zone.map { "%\($0)" } ?? "")
    let port = socketAddress.port ?? 0
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
