/// A reference to a host, or a piece of script, that a page's markup may hold.
public struct MarkupPattern: Sendable, Hashable {
  /// Where it is looked for.
  public var elements: Set<MarkupElement>
  /// Hosts, in lower case: `bitpay.com` means that host, `*.banxa.com` also all below it, and none
  /// means any host.
  public var hosts: [String]
  /// What the path must begin with; `*` stands for one segment.
  ///
  /// Empty means any path.
  public var paths: [String]
  /// Query keys of which one must be there, with a value.
  ///
  /// Empty means any query.
  public var queryKeys: [String]
  /// Literal pieces that scripts written into the page hold, in their own letter case.
  ///
  /// Looked for only where `elements` holds ``MarkupElement/inlineScript``.
  public var script: [String]

  /// Takes the parts.
  public init(
    elements: Set<MarkupElement>,
    hosts: [String] = [],
    paths: [String] = [],
    queryKeys: [String] = [],
    script: [String] = []
  ) {
    self.elements = elements
    self.hosts = hosts
    self.paths = paths
    self.queryKeys = queryKeys
    self.script = script
  }
}

/// Where a page refers to something else.
public enum MarkupElement: String, Sendable, Hashable, CaseIterable {
  /// The source of a script.
  case script
  /// The source of a frame, an embed or an object.
  case frame
  /// The action of a form.
  case form
  /// The target of a link.
  case link
  /// The source of an image.
  case image
  /// The text of a script in the page.
  case inlineScript = "inline-script"
}
