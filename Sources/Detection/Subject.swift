/// What a verdict is asked about.
public struct Subject: Sendable, Hashable {
  /// Where it was found, where that is known.
  public var url: String?
  /// Its title, where it comes apart from the content.
  public var title: String?
  /// What is looked at.
  public var content: Content

  /// What is looked at, in UTF-8; octets that are no UTF-8 are passed over, never refused.
  public enum Content: Sendable, Hashable {
    /// A page's markup.
    case html([UInt8])
    /// Plain text.
    case text([UInt8])
  }

  /// Takes the parts.
  public init(url: String? = nil, title: String? = nil, content: Content) {
    self.url = url
    self.title = title
    self.content = content
  }
}
