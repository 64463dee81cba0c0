public import DomainNames

/// A venue that is known, by the names that it goes by.
public struct KnownVenue: Sendable, Hashable {
  /// Its id, such as `okx`.
  public var id: String
  /// What it calls itself.
  public var name: String
  /// Its own names, and those it had: none of them, and nothing below them, is a look-alike.
  public var domains: [DomainName]
  /// What it is called in a name besides: a transcription such as `ouyi`, or a name such as `欧易`.
  public var aliases: [String]
  /// Whether its label is a word of its own, such as `gate`, that many others use.
  public var isWord: Bool

  /// Takes the parts.
  public init(
    id: String, name: String, domains: [DomainName], aliases: [String] = [], isWord: Bool = false
  ) {
    self.id = id
    self.name = name
    self.domains = domains
    self.aliases = aliases
    self.isWord = isWord
  }
}
