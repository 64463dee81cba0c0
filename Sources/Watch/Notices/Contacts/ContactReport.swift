/// Who can be written to about a site, and how that was found out.
public struct ContactReport: Sendable, Hashable, Codable {
  /// The contacts of each scope, the best of a scope first; scopes in the order operator, host,
  /// registrar.
  ///
  /// No address stands twice in one scope.
  public var contacts: [Contact]
  /// Every step of the search in order, failed ones too.
  public var steps: [ContactStep]

  /// Takes the parts.
  public init(contacts: [Contact] = [], steps: [ContactStep] = []) {
    self.contacts = contacts
    self.steps = steps
  }

  /// The contact of a scope to write to first.
  public func best(_ scope: ContactScope) -> Contact? {
    contacts.first { $0.scope == scope }
  }
}

/// One step of a search for contacts, and what it came to.
public struct ContactStep: Sendable, Hashable, Codable {
  /// What was looked for.
  public var aim: Aim
  /// What was asked: a URL, or a file.
  public var asked: String
  /// How many contacts it yielded; 0 where it failed.
  public var found: Int
  /// Why it yielded nothing, as a sentence; nil where it was answered.
  public var failure: String?
  /// The seconds after which the server said to ask again, where it said so.
  public var retryAfter: Int?

  /// What a step looks for.
  public enum Aim: String, Sendable, Hashable, CaseIterable, Codable {
    /// Which server answers for a name or an address (RFC 9224).
    case bootstrap
    /// The registry's record of the name.
    case registry
    /// The registrar's record of the name.
    case registrar
    /// The record of the network that the host's address is in.
    case network
    /// The addresses that the site itself publishes.
    case site
    /// The conventional address.
    case convention
  }

  /// Takes the parts.
  public init(
    aim: Aim, asked: String, found: Int = 0, failure: String? = nil, retryAfter: Int? = nil
  ) {
    self.aim = aim
    self.asked = asked
    self.found = found
    self.failure = failure
    self.retryAfter = retryAfter
  }
}
