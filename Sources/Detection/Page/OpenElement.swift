/// An element whose end was not met yet.
struct OpenElement {
  let tag: Tag
  /// The regions that what stands in it stands in.
  let regions: RegionSet
  /// The regions that it opens itself.
  let own: RegionSet
  /// Where its text begins, in the folded text.
  let start: Int
}

/// A link while the page is read: places only, so that nothing is copied for links no one asks for.
struct LinkRecord: Sendable {
  let href: Range<Int>
  let rel: Range<Int>
  let tag: Range<Int>
  let regions: RegionSet
  /// Where its text begins and ends in the folded text.
  let textStart: Int
  var textEnd: Int
}
