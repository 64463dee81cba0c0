/// Signals of one subject, and what they rest on: the form in which knowledge enters the engine.
///
/// A pack is data; the engine takes it only if every example it carries comes out as it says.
public struct Pack: Sendable, Hashable {
  /// The short name: lower-case letters, digits and hyphens, such as `crypto-trading`.
  public var name: String
  /// Its version, counted from 1; goes up whenever the pack changes.
  public var version: Int
  /// What it is about, for persons.
  public var title: String
  /// What it looks for; ids are unique among all packs of an engine.
  public var signals: [Signal]
  /// The venues it knows, for calls to their programming interfaces and for their path grammar.
  public var venues: [Venue]

  /// Takes the parts.
  public init(
    name: String, version: Int, title: String, signals: [Signal], venues: [Venue] = []
  ) {
    self.name = name
    self.version = version
    self.title = title
    self.signals = signals
    self.venues = venues
  }

  /// Name and version, such as `crypto-trading@1`.
  public var label: String { "\(name)@\(version)" }
}

/// A trading venue, as far as pages show it.
public struct Venue: Sendable, Hashable {
  /// A short name, such as `okx`.
  public var id: String
  /// The name for persons.
  public var name: String
  /// Hosts of its own pages, in lower case and without `www.`; their subdomains are its own too.
  public var hosts: [String]
  /// Hosts of its programming interface; a page elsewhere whose scripts call them fronts the venue.
  public var apiHosts: [String]

  /// Takes the parts.
  public init(id: String, name: String, hosts: [String], apiHosts: [String]) {
    self.id = id
    self.name = name
    self.hosts = hosts
    self.apiHosts = apiHosts
  }
}
