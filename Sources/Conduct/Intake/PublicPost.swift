public import Enforcement

/// A post as a platform hands it in: one line of a batch.
public struct PublicPost: Sendable, Hashable {
  /// The platform's id of the post; 1 to 200 octets.
  public var id: String
  /// The platform's stable id of the account; 1 to 200 octets.
  public var account: String
  /// When it was published.
  public var published: Instant
  /// Its words, in UTF-8; at most 64 KiB.
  public var text: [UInt8]
  /// The language that the platform gives, as a BCP 47 tag.
  public var language: String?
  /// The links that it carries beside its words; at most 32.
  public var links: [String]
  /// The platform's word on this post alone; nil where the line says nothing.
  public var isPublic: Bool?

  /// The most octets of a text.
  public static let textLimit = 64 << 10
  /// The most links.
  public static let linkLimit = 32

  /// Takes the parts.
  public init(
    id: String, account: String, published: Instant, text: [UInt8], language: String? = nil,
    links: [String] = [], isPublic: Bool? = nil
  ) {
    self.id = id
    self.account = account
    self.published = published
    self.text = text
    self.language = language
    self.links = links
    self.isPublic = isPublic
  }
}
