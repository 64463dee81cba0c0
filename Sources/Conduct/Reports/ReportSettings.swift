public import Egress
public import Enforcement

/// Where reports go, and when they are made.
public struct ReportSettings: Sendable, Hashable {
  /// Where a platform's reports to its authority go.
  public enum Destination: Sendable, Hashable {
    /// A webhook (Standard Webhooks), to the authority or to whoever passes reports on.
    case webhook(String)
    /// A folder that somebody empties: a JSON file and a CSV file a report.
    case folder(String)
  }

  /// By platform; those without one are handed over by people.
  public var authorities: [Slug: Destination] = [:]
  /// The DSA Transparency Database, without a slash at the end.
  public var database = "https://transparency.dsa.ec.europa.eu"
  /// Files with the tokens for it, by platform; statements are made for these platforms alone.
  public var tokens: [Slug: String] = [:]
  /// How long before its deadline a report is made, so that it arrives in time.
  public var ahead = Duration.zero
  /// Where webhooks may go: to any port of public addresses, and to exceptions.
  public var rules = AddressGuard.Rules(ports: nil)
  /// When a report that failed is sent again.
  public var backoff = Backoff()

  /// Nowhere.
  public init() {}
}
