/// What class names, ids and roles say of an element's part in the page; a class, so that to have it at
/// hand copies nothing.
final class ClassWords: Sendable {
  /// The words that are known.
  static let known = ClassWords()

  /// Words of class names and ids, to regions.
  private let words = NameTable(
    [
      ("nav", .navigation), ("navbar", .navigation), ("navigation", .navigation),
      ("menu", .navigation), ("breadcrumb", .navigation), ("breadcrumbs", .navigation),
      ("footer", .footer), ("header", .header), ("masthead", .header),
      ("sidebar", .aside), ("related", .aside), ("aside", .aside), ("recommend", .aside),
      ("comment", .comment), ("comments", .comment), ("disqus", .comment),
      ("byline", .byline), ("author", .byline), ("authors", .byline), ("dateline", .byline),
      ("reporter", .byline), ("writer", .byline),
      ("btn", .button), ("button", .button), ("cta", .button),
      ("quote", .quotation), ("blockquote", .quotation), ("pullquote", .quotation),
      ("code", .code), ("highlight", .code), ("prettyprint", .code), ("codehilite", .code),
      ("timestamp", .time), ("pubdate", .time), ("published", .time),
      ("article", .article),
    ].map { (word: String, region: Region) in (word, ClassWords.number(of: region)) })

  /// Words of `role`, to regions.
  private let roles = NameTable(
    [
      ("navigation", .navigation), ("menu", .navigation), ("menubar", .navigation),
      ("contentinfo", .footer), ("banner", .header), ("complementary", .aside),
      ("button", .button), ("article", .article), ("main", .article), ("form", .form),
    ].map { (word: String, region: Region) in (word, ClassWords.number(of: region)) })

  private let byNumber: [RegionSet] =
    [[]] + Region.allCases.map { RegionSet($0) }

  private static func number(of region: Region) -> UInt8 {
    UInt8((Region.allCases.firstIndex(of: region) ?? 0) + 1)
  }

  /// The regions that the words of a class attribute or an id name.
  ///
  /// Words end at whatever is no letter, and before a capital behind a small letter.
  func regions(_ scanner: borrowing MarkupScanner, _ range: Range<Int>) -> RegionSet {
    var found: RegionSet = []
    var packed = PackedOctets()
    var wasSmall = false
    for at in range.lowerBound..<min(range.upperBound, range.lowerBound + 256) {
      let octet = scanner[at]
      let isSmall = octet &- 0x61 < 26
      let isCapital = octet &- 0x41 < 26
      if (!isSmall && !isCapital) || (isCapital && wasSmall) {
        if packed.count > 2 { found.formUnion(byNumber[Int(words.value(of: packed.key))]) }
        packed = PackedOctets()
      }
      if isSmall || isCapital { packed.append(octet | 0x20) }
      wasSmall = isSmall
    }
    if packed.count > 2 { found.formUnion(byNumber[Int(words.value(of: packed.key))]) }
    return found
  }

  /// The region that a role names.
  func role(_ scanner: borrowing MarkupScanner, _ range: Range<Int>) -> RegionSet {
    var packed = PackedOctets()
    for at in range.prefix(32) where scanner[at] > 0x20 { packed.append(scanner[at] | 0x20) }
    return byNumber[Int(roles.value(of: packed.key))]
  }
}

/// Class names and ids that were read already: pages repeat a few of them over and over.
struct ReadClasses {
  /// By the mark of the octets; places in the page, and the regions they name.
  private var entries = [(range: Range<Int>, regions: RegionSet)](
    repeating: (0..<0, []), count: 64)

  /// What was read last of the classes with a mark.
  subscript(mark: UInt64) -> (range: Range<Int>, regions: RegionSet) {
    get { entries[Self.slot(of: mark)] }
    set { entries[Self.slot(of: mark)] = newValue }
  }

  private static func slot(of mark: UInt64) -> Int {
    Int((mark &* 0x9E37_79B9_7F4A_7C15) >> 58)
  }
}
