/// A resolver to ask, and how to reach it.
struct UpstreamServer: Sendable, Hashable {
  /// How queries travel to a resolver.
  enum Way: Sendable, Hashable {
    /// By datagrams, and by streams where an answer does not fit.
    case datagrams
    /// By streams alone (RFC 7766).
    case streams
    /// By streams under TLS (RFC 7858); the certificate is checked against the name, or against the
    /// address where there is none.
    case tls(name: String?)

    /// Whether nobody on the path can read it.
    var isEncrypted: Bool {
      switch self {
      case .datagrams, .streams: false
      case .tls: true
      }
    }
  }

  /// The resolver's address and port.
  let address: ServerAddress
  /// How it is reached.
  let way: Way

  /// The port of DNS over TLS.
  static let tlsPort = 853

  /// Takes the parts.
  init(address: ServerAddress, way: Way = .datagrams) {
    self.address = address
    self.way = way
  }

  /// Reads `192.0.2.1`, `[2001:db8::1]:5353`, `tcp://192.0.2.1` or
  /// `tls://192.0.2.1:853#dns.example`; nil for other texts.
  init?(_ text: some StringProtocol) {
    if let rest = text.remainder(after: "tls://") {
      let parts = rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.count > 1 ? String(parts[1]) : nil
      guard let first = parts.first, name.map(Self.isHostName) ?? true,
        let address = ServerAddress(first, defaultPort: Self.tlsPort)
      else { return nil }
      self.init(address: address, way: .tls(name: name))
    } else if let rest = text.remainder(after: "tcp://") {
      guard let address = ServerAddress(rest) else { return nil }
      self.init(address: address, way: .streams)
    } else {
      guard let address = ServerAddress(text) else { return nil }
      self.init(address: address)
    }
  }

  /// Whether a text can be the name in a certificate: letters, digits, hyphens and dots, and not an
  /// address.
  private static func isHostName(_ text: String) -> Bool {
    let allowed = text.utf8.allSatisfy { octet in
      switch octet {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
      default: false
      }
    }
    let hasLetter = text.utf8.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    return allowed && hasLetter && (1...253).contains(text.utf8.count)
  }
}

extension UpstreamServer: CustomStringConvertible {
  /// The server in the form that is read.
  var description: String {
    switch way {
    case .datagrams: "\(address)"
    case .streams: "tcp://\(address)"
    case .tls(let name): "tls://\(address)" + (name.map { "#\($0)" } ?? "")
    }
  }
}

extension StringProtocol {
  /// What follows a prefix; nil where the text does not begin with it.
  fileprivate func remainder(after prefix: String) -> SubSequence? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
