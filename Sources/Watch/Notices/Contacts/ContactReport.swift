public import Enforcement

/// Who can be written to about a site, and how that was found out.
public struct ContactReport: Sendable, Hashable {
  /// The contacts of each scope, the best of a scope first; scopes in the order operator, host,
  /// registrar.
  ///
  /// No address stands twice in one scope.
  public var contacts: [Contact]
  /// Every step of the search in order, failed ones too.
  public var steps: [ContactStep]
  /// The registrar's name.
  public var registrar: String?
  /// The name of who holds the network.
  public var network: String?
  /// When the site's name was registered.
  public var registered: Instant?

  /// The most contacts of a scope.
  public static let scopeLimit = 8

  /// Takes the parts.
  public init(
    contacts: [Contact] = [], steps: [ContactStep] = [], registrar: String? = nil,
    network: String? = nil, registered: Instant? = nil
  ) {
    self.contacts = contacts
    self.steps = steps
    self.registrar = registrar
    self.network = network
    self.registered = registered
  }

  /// The contact of a scope to write to first.
  public func best(_ scope: ContactScope) -> Contact? {
    contacts.first { $0.scope == scope }
  }

  /// Adds what another search found.
  mutating func append(_ other: ContactReport) {
    contacts += other.contacts
    steps += other.steps
    registrar = registrar ?? other.registrar
    network = network ?? other.network
    registered = registered ?? other.registered
  }

  /// Orders the contacts, and drops the worse of two that are the same.
  ///
  /// By scope, then by role; what was found first stays first.
  mutating func sort() {
    var sorted: [Contact] = []
    for scope in ContactScope.allCases {
      var seen: Set<String> = []
      var kept: [Contact] = []
      for role in ContactRole.allCases {
        for contact in contacts where contact.scope == scope && contact.role == role {
          guard kept.count < Self.scopeLimit,
            seen.insert(contact.address.text.lowercased()).inserted
          else { continue }
          kept.append(contact)
        }
      }
      sorted += kept
    }
    contacts = sorted
  }
}
