/// What the markup of a page shows.
///
/// All lists are bounded; see ``PageBounds``.
public struct PageFacts: Sendable, Hashable {
  /// The title.
  public var title = ""
  /// The description in the head.
  public var metaDescription = ""
  /// The language that the page declares (`html lang`), as it stands there.
  public var declaredLanguage: String?
  /// The canonical address that the page declares.
  public var canonical: String?
  /// Links, in the order of the page.
  public var links = PageLinks()
  /// Forms, in the order of the page.
  public var forms: [PageForm] = []
  /// Sources of scripts.
  public var scripts: [PageReference] = []
  /// Sources of frames, embeds and objects.
  public var frames: [PageReference] = []
  /// Images.
  public var images: [PageImage] = []
  /// Values of `meta` elements by name or property, in lower case; the first of each.
  public var meta: [String: String] = [:]
  /// Types that JSON-LD declares, such as `NewsArticle`.
  public var linkedDataTypes: [String] = []
  /// Addresses of icons.
  public var icons: [PageReference] = []
  /// Where a `meta refresh` leads.
  public var refreshTarget: String?
  /// Octets of scripts that are written into the page.
  public var inlineScriptOctets = 0
  /// Elements read.
  public var elements = 0
  /// A hash of the names of the elements in their order: the same for pages of one template.
  public var skeletonHash: UInt64 = 0

  /// Nothing seen yet.
  public init() {}
}

/// A link.
public struct PageLink: Sendable, Hashable {
  /// The target as it stands there, character references decoded.
  public var href: String
  /// Its text, folded (lower case, one space for white space); at most 200 octets.
  public var text: String
  /// The value of `rel`, in lower case.
  public var rel: String
  /// Where the element's tag stands.
  public var location: Evidence.Location
  /// Where in the page it is.
  public var regions: RegionSet

  /// Takes the parts.
  public init(
    href: String, text: String, rel: String, location: Evidence.Location, regions: RegionSet
  ) {
    self.href = href
    self.text = text
    self.rel = rel
    self.location = location
    self.regions = regions
  }
}

/// A form, and what it asks for.
public struct PageForm: Sendable, Hashable {
  /// Where it sends to, as it stands there; empty for the page itself.
  public var action: String
  /// `get` or `post`; empty for fields that stand outside of any form.
  public var method: String
  /// Its fields.
  public var fields: [PageField] = []
  /// Texts of its buttons, folded.
  public var buttons: [String] = []
  /// Where its tag stands.
  public var location: Evidence.Location

  /// Takes the parts.
  public init(action: String, method: String, location: Evidence.Location) {
    self.action = action
    self.method = method
    self.location = location
  }
}

/// A field of a form.
public struct PageField: Sendable, Hashable {
  /// Its `type` in lower case, or `select` or `textarea`.
  public var type: String
  /// Its name, or its id where it has none.
  public var name: String
  /// Its placeholder, its label, or what stands just before it.
  public var label: String
  /// The value it holds, for hidden fields.
  public var value: String

  /// Takes the parts.
  public init(type: String, name: String, label: String, value: String) {
    self.type = type
    self.name = name
    self.label = label
    self.value = value
  }
}

/// A reference from a page to something else.
public struct PageReference: Sendable, Hashable {
  /// The address as it stands there, character references decoded.
  public var url: String
  /// Where the element's tag stands.
  public var location: Evidence.Location

  /// Takes the parts.
  public init(url: String, location: Evidence.Location) {
    self.url = url
    self.location = location
  }
}

/// An image.
public struct PageImage: Sendable, Hashable {
  /// Its address as it stands there.
  public var url: String
  /// The text in its place.
  public var alternative: String
  /// Where the element's tag stands.
  public var location: Evidence.Location

  /// Takes the parts.
  public init(url: String, alternative: String, location: Evidence.Location) {
    self.url = url
    self.alternative = alternative
    self.location = location
  }
}
