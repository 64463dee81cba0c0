internal import Egress

/// The mail server that takes this program's messages (RFC 6409).
public struct MailServer: Sendable, Hashable {
  /// Its name or its address.
  public var host: String
  /// Its port.
  public var port: Int
  /// How the connection is protected.
  public var protection: Protection
  /// A file with the certificates to trust; nil for the system's.
  public var authorityFile: String?
  /// A file with the user's name on its first line and the password on its second; nil where the
  /// server asks for neither.
  public var credentialsFile: String?
  /// How long a connection may take.
  public var connectTimeout: Duration
  /// How long a whole delivery may take.
  public var timeout: Duration

  /// How the connection is protected.
  public enum Protection: String, Sendable, Hashable, CaseIterable {
    /// TLS after STARTTLS (RFC 3207); a server without it gets no message.
    case starttls
    /// TLS from the first octet (RFC 8314).
    case implicit
    /// TLS where the server offers it; whoever sits in between can take the offer away.
    case opportunistic
    /// None: for a server on the same machine.
    case off

    /// The port that goes with it.
    public var port: Int {
      switch self {
      case .starttls: 587
      case .implicit: 465
      case .opportunistic, .off: 25
      }
    }

    /// Whether a password may go over it.
    public var isCertain: Bool {
      switch self {
      case .starttls, .implicit: true
      case .opportunistic, .off: false
      }
    }
  }

  /// Takes the parts.
  public init(
    host: String, port: Int? = nil, protection: Protection = .starttls,
    authorityFile: String? = nil, credentialsFile: String? = nil,
    connectTimeout: Duration = .seconds(20), timeout: Duration = .seconds(120)
  ) {
    self.host = host
    self.port = port ?? protection.port
    self.protection = protection
    self.authorityFile = authorityFile
    self.credentialsFile = credentialsFile
    self.connectTimeout = connectTimeout
    self.timeout = timeout
  }

  /// Reads `smtp.example.net`, `smtp.example.net:587`, `192.0.2.25:25` or `[2001:db8::25]:25`.
  ///
  /// - Returns: the host without brackets, and the port where one is given; nil for anything else.
  public static func place(_ text: String) -> (host: String, port: Int?)? {
    var host = text[...]
    var port: Int?
    let isBracketed = text.hasPrefix("[")
    if let colon = text.lastIndex(of: ":"), !isBracketed || !text[colon...].contains("]") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number)
      else { return nil }
      port = number
      host = text[..<colon]
    }
    if isBracketed {
      guard host.hasSuffix("]"), let address = IPAddress(host.dropFirst().dropLast()) else {
        return nil
      }
      return ("\(address)", port)
    }
    let isName = host.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x2E
    }
    guard (1...253).contains(host.utf8.count), isName, host.utf8.first != 0x2D else { return nil }
    return (String(host), port)
  }

  /// The server's URL for libcurl; its path is the name that the client greets with.
  func url(greeting: String) -> String {
    let scheme = protection == .implicit ? "smtps" : "smtp"
    let place = host.contains(":") ? "[\(host)]" : host
    return "\(scheme)://\(place):\(port)/\(greeting)"
  }
}
