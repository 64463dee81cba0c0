public import Enforcement

/// What is known of a host: its robots.txt, and when it may be asked next.
public struct HostEntry: Sendable, Hashable {
  /// What came of asking for robots.txt (RFC 9309, Section 2.3.1).
  public enum Robots: Sendable, Hashable {
    /// Nobody asked yet.
    case unknown
    /// The rules as they came; at most 512 KiB.
    case rules([UInt8])
    /// There are none, so everything is allowed.
    case none
    /// They cannot be had, so nothing is allowed.
    case unreachable(String)
  }

  /// Scheme, host and port, such as `https://shop.example`.
  public let origin: String
  /// The rules.
  public var robots: Robots
  /// When the rules were read.
  public var robotsRead: Instant?
  /// Until when the rules hold.
  public var robotsUntil: Instant?
  /// The earliest moment at which it may be asked again.
  public var next: Instant
  /// How many requests in a row came to nothing.
  public var failures: Int

  /// The most octets of rules that are kept (RFC 9309, Section 2.5, asks for at least 500 KiB).
  public static let robotsLimit = 512 << 10

  /// Takes the parts.
  public init(
    origin: String, robots: Robots = .unknown, robotsRead: Instant? = nil,
    robotsUntil: Instant? = nil, next: Instant, failures: Int = 0
  ) {
    self.origin = origin
    self.robots = robots
    self.robotsRead = robotsRead
    self.robotsUntil = robotsUntil
    self.next = next
    self.failures = failures
  }
}
