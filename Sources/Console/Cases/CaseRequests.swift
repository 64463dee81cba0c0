/// Which cases a list shows.
public struct CaseSelection: Codable, Sendable {
  /// A state, where only cases in it are wanted.
  public var state: String?
  /// A site or a host, with the hosts below it, where only its cases are wanted.
  public var site: String?
  /// Cases that have ended too.
  public var everyCase: Bool

  /// Takes the parts.
  public init(state: String? = nil, site: String? = nil, everyCase: Bool = false) {
    self.state = state
    self.site = site
    self.everyCase = everyCase
  }
}

/// What a person wants of a notice.
public struct NoticeRequest: Codable, Sendable {
  /// Days until the site's people are to have acted; the usual number where nil.
  public var deadlineDays: Int?
  /// Addresses that are written to instead of those that a search finds.
  public var to: [String]
  /// Whom to write to, of operator, host and registrar; all where empty.
  public var scopes: [String]
  /// The rule, where it is another than the one in the settings.
  public var rule: String?
  /// Whether the notice is only to be shown.
  public var preview: Bool

  /// Takes the parts.
  public init(
    deadlineDays: Int? = nil, to: [String] = [], scopes: [String] = [], rule: String? = nil,
    preview: Bool = false
  ) {
    self.deadlineDays = deadlineDays
    self.to = to
    self.scopes = scopes
    self.rule = rule
    self.preview = preview
  }
}
