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

  /// Takes the parts.
  public init(host: String, port: Int = 6_379, user: String? = nil, password: String? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }

  /// The place without the password, for messages.
  var place: String { host.hasPrefix("/") ? host : "\(host):\(port)" }
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
