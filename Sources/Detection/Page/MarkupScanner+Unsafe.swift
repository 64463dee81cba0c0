/// Reads tags of a page: names, attributes, and where they end.
///
/// Follows the tokenizer of HTML (Section 13.2.5) as far as names and values go; never fails.
///
/// Safety: `source` is valid for `count` octets and `slots` for `AttributeName.count` entries while
/// the scanner lives; octets are read at offsets below `count`, slots at raw values of
/// ``AttributeName``.
struct MarkupScanner {
  let source: UnsafePointer<UInt8>
  let count: Int
  private let slots: UnsafeMutablePointer<Slot>
  private var present: UInt64 = 0
  private let tags = Tag.names
  private let names = AttributeName.table
  private var readClasses = ReadClasses()

  /// Where an attribute's value stands.
  struct Slot {
    var start: Int32
    var end: Int32
  }

  /// A start tag or an end tag.
  struct Item {
    var tag: Tag
    /// The packed name, whatever it is.
    var name: UInt64
    /// The offset after the tag.
    var end: Int
    /// Whether it ends in `/>`.
    var isSelfClosing: Bool
  }

  /// Lends the page and room for attributes.
  init(source: UnsafePointer<UInt8>, count: Int, slots: UnsafeMutablePointer<Slot>) {
    self.source = source
    self.count = count
    self.slots = slots
  }

  /// The octet at an offset below ``count``.
  @inline(__always)
  subscript(offset: Int) -> UInt8 { source[offset] }

  /// Whether a start tag, an end tag or a comment begins at a `<`.
  func beginsMarkup(at offset: Int) -> Bool {
    guard offset + 1 < count else { return false }
    let next = source[offset + 1]
    return (next | 0x20) &- 0x61 < 26 || next == 0x21 || next == 0x3F
      || (next == 0x2F && offset + 2 < count && (source[offset + 2] | 0x20) &- 0x61 < 26)
  }

  /// The first place of an octet from an offset on, or the end.
  func find(_ octet: UInt8, from start: Int) -> Int {
    TextFolder.find(octet, in: source, from: start, to: count)
  }

  /// A number that tells most ranges of octets from one another, from the first and the last of them.
  @inline(__always)
  private func mark(of range: Range<Int>) -> UInt64 {
    guard range.count >= 8 else {
      var word = UInt64(range.count)
      for at in range { word = word << 8 | UInt64(source[at]) }
      return word
    }
    return load(range.lowerBound) ^ (load(range.upperBound - 8) << 5) ^ UInt64(range.count)
  }

  /// Whether two ranges hold the same octets.
  @inline(__always)
  private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    OctetScan.isSame(one, other, in: source)
  }

  @inline(__always)
  private func load(_ at: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(source + at).loadUnaligned(as: UInt64.self))
  }

  /// Reads the start tag whose name begins at an offset, with its attributes.
  mutating func readStartTag(at start: Int) -> Item {
    present = 0
    var (name, at) = readName(from: start)
    var isSelfClosing = false
    while true {
      var octet: UInt8 = 0
      while at < count {
        octet = source[at]
        if octet > 0x20, octet != 0x2F { break }
        isSelfClosing = octet == 0x2F
        at += 1
      }
      guard at < count, octet != 0x3E else { break }
      isSelfClosing = false
      at = readAttribute(at: at)
    }
    let tag = Tag(rawValue: tags.value(of: name)) ?? .other
    return Item(tag: tag, name: name, end: min(count, at + 1), isSelfClosing: isSelfClosing)
  }

  /// Reads the end tag whose name begins at an offset.
  func readEndTag(at start: Int) -> Item {
    let (name, at) = readName(from: start)
    let tag = Tag(rawValue: tags.value(of: name)) ?? .other
    let end = at < count && source[at] == 0x3E ? at : find(0x3E, from: at)
    return Item(tag: tag, name: name, end: min(count, end + 1), isSelfClosing: false)
  }

  @inline(__always)
  private func readName(from start: Int) -> (key: UInt64, end: Int) {
    if let short = readShortName(from: start) { return short }
    var packed = PackedOctets()
    var at = start
    while at < count {
      let octet = source[at]
      if octet <= 0x20 || octet == 0x3E || octet == 0x2F { break }
      packed.append(octet &- 0x41 < 26 ? octet | 0x20 : octet)
      at += 1
    }
    return (packed.key, at)
  }

  /// A name of at most seven octets, read at once; nil where it is longer or begins with what ends one.
  @inline(__always)
  private func readShortName(from start: Int, endsAtEquals: Bool = false) -> (
    key: UInt64, end: Int
  )? {
    guard start + 8 <= count else { return nil }
    let high: UInt64 = 0x8080_8080_8080_8080
    let word = load(start)
    let low = word & ~high
    var ends = ~(low &+ 0x5F5F_5F5F_5F5F_5F5F) & ~word & high
    ends |= Self.zeros(word ^ 0x3E3E_3E3E_3E3E_3E3E) | Self.zeros(word ^ 0x2F2F_2F2F_2F2F_2F2F)
    if endsAtEquals { ends |= Self.zeros(word ^ 0x3D3D_3D3D_3D3D_3D3D) }
    let length = ends.trailingZeroBitCount >> 3
    guard length > 0, length < 8 else { return nil }
    let capitals = (low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(low &+ 0x2525_2525_2525_2525) & ~word & high
    let small = word | (capitals >> 2)
    return (small & ~(UInt64.max &<< UInt64(8 * length)), start + length)
  }

  /// The highest bit of each octet that is zero; octets above the first such may be marked wrongly.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private func readAttributeName(from start: Int) -> (key: UInt64, end: Int) {
    if let short = readShortName(from: start, endsAtEquals: true) { return short }
    var packed = PackedOctets()
    var at = start
    while at < count {
      let octet = source[at]
      // An equals sign at the head belongs to the name (HTML, Section 13.2.5.32).
      if octet <= 0x20 || octet == 0x3E || octet == 0x2F || (octet == 0x3D && at > start) { break }
      packed.append(octet &- 0x41 < 26 ? octet | 0x20 : octet)
      at += 1
    }
    return (packed.key, at)
  }

  @inline(__always)
  private mutating func readAttribute(at start: Int) -> Int {
    let (key, nameEnd) = readAttributeName(from: start)
    var at = nameEnd
    var next = at
    while next < count, source[next] <= 0x20 { next += 1 }
    guard next < count, source[next] == 0x3D else {
      note(key, at, at)
      return at
    }
    next += 1
    while next < count, source[next] <= 0x20 { next += 1 }
    guard next < count else { return count }
    let quote = source[next]
    if quote == 0x22 || quote == 0x27 {
      let end = TextFolder.find(quote, in: source, from: next + 1, to: count)
      note(key, next + 1, end)
      return min(count, end + 1)
    }
    at = next
    while at < count, source[at] > 0x20, source[at] != 0x3E { at += 1 }
    note(key, next, at)
    return at
  }

  @inline(__always)
  private mutating func note(_ key: UInt64, _ start: Int, _ end: Int) {
    let name = names.value(of: key)
    guard name != 0, present >> UInt64(name) & 1 == 0 else { return }
    present |= 1 << UInt64(name)
    slots[Int(name)] = Slot(start: Int32(start), end: Int32(end))
  }

  /// Where the value of an attribute of the last start tag stands; nil where it has none.
  @inline(__always)
  func range(of name: AttributeName) -> Range<Int>? {
    guard has(name) else { return nil }
    let slot = slots[Int(name.rawValue)]
    return Int(slot.start)..<Int(slot.end)
  }

  /// The regions that the classes of the last start tag name.
  mutating func classRegions(_ words: ClassWords) -> RegionSet {
    guard let range = range(of: .class), !range.isEmpty else { return [] }
    let mark = mark(of: range)
    let known = readClasses[mark]
    if isSame(known.range, range) { return known.regions }
    let regions = words.regions(self, range)
    readClasses[mark] = (range, regions)
    return regions
  }

  /// Whether the last start tag has an attribute.
  @inline(__always)
  func has(_ name: AttributeName) -> Bool {
    present >> UInt64(name.rawValue) & 1 == 1
  }

  /// The end of a comment, a declaration or an instruction that begins with `<!` or `<?`.
  func endOfDeclaration(at start: Int) -> Int {
    guard start + 3 < count, source[start + 1] == 0x21, source[start + 2] == 0x2D,
      source[start + 3] == 0x2D
    else { return min(count, find(0x3E, from: start + 2) + 1) }
    // `<!-->` and `<!--->` are whole comments.
    var at = start + 2
    while true {
      at = find(0x3E, from: at)
      guard at < count else { return count }
      if source[at - 1] == 0x2D, source[at - 2] == 0x2D { return at + 1 }
      at += 1
    }
  }

  /// Where the end tag of an element begins whose content is no markup, or the end of the page.
  func endOfRaw(_ name: UInt64, from start: Int) -> Int {
    var at = start
    while true {
      at = TextFolder.find(0x3C, before: 0x2F, in: source, from: at, to: count)
      guard at + 2 < count else { return count }
      if readName(from: at + 2).key == name { return at }
      at += 1
    }
  }

  /// The value at a range as text, character references decoded; at most `bound` octets are read.
  func text(_ range: Range<Int>, bound: Int = PageBounds.attribute) -> String {
    let octets = UnsafeBufferPointer(
      start: source + range.lowerBound, count: min(range.count, bound))
    guard octets.contains(0x26) else { return String(decoding: octets, as: UTF8.self) }
    return CharacterReference.decoded(Array(octets)[...])
  }
}
