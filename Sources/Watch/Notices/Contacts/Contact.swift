/// Someone who can do something about a site, and how they are reached.
public struct Contact: Sendable, Hashable, Codable {
  /// Where mail reaches them.
  public var address: MailAddress
  /// What they can do.
  public var scope: ContactScope
  /// What the address is for.
  public var role: ContactRole
  /// Who they are, as the source says.
  public var organization: String?
  /// Their telephone number, as the source writes it.
  public var telephone: String?
  /// Where that is published: the URL of an RDAP answer or of the page; for a guess, the RFC.
  public var source: String

  /// Takes the parts.
  public init(
    address: MailAddress, scope: ContactScope, role: ContactRole, organization: String? = nil,
    telephone: String? = nil, source: String
  ) {
    self.address = address
    self.scope = scope
    self.role = role
    self.organization = organization
    self.telephone = telephone
    self.source = source
  }

  /// Whether nobody publishes this address: it follows from a convention alone.
  public var isGuess: Bool { role == .guess }
}

/// What a contact can do about a site.
public enum ContactScope: String, Sendable, Hashable, CaseIterable, Codable {
  /// Runs the service, and can change it.
  case `operator`
  /// Holds the network that the site's host is in, and can drop the host.
  case host
  /// Registered the name, and can suspend it.
  case registrar
}

/// What an address is published for, the best for a notice first.
public enum ContactRole: String, Sendable, Hashable, CaseIterable, Codable {
  /// The entity's abuse desk (RFC 9083, Section 10.2.4).
  case abuse
  /// The operator's own page gives it.
  case published
  /// The registry's record names it as the technical contact.
  case technical
  /// The registry's record names it as the administrative contact.
  case administrative
  /// The entity's own address, with no purpose named.
  case general
  /// `abuse@` and the domain (RFC 2142, Section 2): nobody says that it exists.
  case guess
}
