/// What every notice says the same: who writes, on which ground, and how to contest it.
public struct NoticeSettings: Sendable, Hashable {
  /// The organization that writes.
  public var reporter: String
  /// Where answers go, and questions about a report.
  public var contact: MailAddress
  /// The address that notices are sent from.
  public var sender: MailAddress
  /// The rule that notices rest on and the authority behind it, for a case that names no other.
  public var rule: String
  /// The page at which a notice can be contested; nil where answering is the only way.
  public var contestURL: String?

  /// Takes the parts.
  public init(
    reporter: String, contact: MailAddress, sender: MailAddress, rule: String,
    contestURL: String? = nil
  ) {
    self.reporter = reporter
    self.contact = contact
    self.sender = sender
    self.rule = rule
    self.contestURL = contestURL
  }
}
