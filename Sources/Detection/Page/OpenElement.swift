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
  let href: ShortRange
  let rel: ShortRange
  let tag: ShortRange
  let regions: RegionSet
  /// Where its text stands in the folded text.
  var text: ShortRange
}

/// A range of offsets below 4 GiB, in half the room.
struct ShortRange: Sendable {
  let lower: UInt32
  let upper: UInt32

  init(_ range: Range<Int>) {
    lower = UInt32(truncatingIfNeeded: range.lowerBound)
    upper = UInt32(truncatingIfNeeded: range.upperBound)
  }

  var lowerBound: Int { Int(lower) }
  var upperBound: Int { Int(upper) }
  var isEmpty: Bool { lower == upper }
  var count: Int { upperBound - lowerBound }
  var range: Range<Int> { lowerBound..<upperBound }
}
