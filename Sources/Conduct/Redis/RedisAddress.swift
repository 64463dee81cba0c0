/// Where a Redis server listens, and how to get in.
public struct RedisAddress: Sendable, Hashable {
  /// The host, or the path of a socket where it begins with a slash.
  public var host: String
  /// The port; of no use with a socket.
  public var port: Int
  /// The user, where the server asks for more than a password.
  public var user: String?
  /// The password; never logged.
  public var password: String?
  /// A file with the password, or with user and password, that nobody else may read; read for each
  /// connection, so that a new password needs no restart.
  public var credentials: String?
  /// How the server is asked over TLS; nil without.
  public var tls: RedisTLS?

  /// Takes the parts.
  public init(host: String, port: Int = 6_379, user: String? = nil, password: String? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }

  /// Reads `host`, `host:port`, the path of a socket, `redis://host:port` or, for TLS,
  /// `rediss://host:port`; nil for anything else.
  ///
  /// An address with a user, a password or a database in it is refused: credentials stand in a file.
  public init?(_ text: String) {
    var rest = text[...]
    var isSecure = false
    for (scheme, secure) in [("rediss://", true), ("redis://", false)] where rest.hasPrefix(scheme)
    {
      rest = rest.dropFirst(scheme.count)
      isSecure = secure
      guard !rest.hasPrefix("/") else { return nil }
    }
    if rest.hasPrefix("/") {
      self.init(host: String(rest))
      return
    }
    guard !rest.contains(where: { $0 == "/" || $0 == "@" || $0 == "?" || $0.isWhitespace })
    else { return nil }
    var (host, port) = (rest, 6_379)
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
      guard let number = UInt16(rest[rest.index(after: colon)...]) else { return nil }
      (host, port) = (rest[..<colon], Int(number))
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: port)
    if isSecure { tls = RedisTLS() }
  }

  /// The user and the password, those of the file where one is named: a line each.
  ///
  /// - Throws: ``PrivateFileFault``.
  func login() throws(PrivateFileFault) -> (user: String?, password: String)? {
    guard let path = credentials else { return password.map { (user, $0) } }
    let file = PrivateFile(path: path)
    guard let octets = try file.read() else { throw file.fault("is not there") }
    let lines = String(decoding: octets, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard (1...2).contains(lines.count), let last = lines.last else {
      throw file.fault("holds a password, or a user and a password, a line each")
    }
    return (lines.count > 1 ? lines.first.map(String.init) : nil, String(last))
  }

  /// The place without the password, for messages.
  var place: String { host.hasPrefix("/") ? host : "\(host):\(port)" }
}

/// How a Redis server is asked over TLS: its certificate is always checked.
public struct RedisTLS: Sendable, Hashable {
  /// The file of those who vouch for the server, in PEM form; nil for the system's.
  public var authority: String?
  /// The file of the certificate that is shown to the server, in PEM form; nil for none.
  public var certificate: String?
  /// The file of that certificate's key.
  public var key: String?
  /// The name that the server's certificate has to bear; nil for the host.
  var name: String?

  /// Without files of its own.
  public init() {}
}

/// Why Redis could not be asked.
public enum RedisFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Nobody answers there.
  case unreachable(place: String, reason: String)
  /// The connection ended.
  case closed
  /// Redis refuses a command.
  case refused(command: String, reason: String)
  /// Redis answers what nobody can read.
  case unreadable(command: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .unreachable(let place, let reason): "Redis at \(place) cannot be reached: \(reason)"
    case .closed: "Redis closed the connection, or said nothing for too long"
    case .refused(let command, let reason): "Redis refuses \(command): \(reason)"
    case .unreadable(let command): "Redis answered \(command) in a form that is not known"
    }
  }
}
