/// Folds text into a buffer, and keeps account of where each octet comes from.
///
/// Folding is ``FoldTable``'s, with runs of white space as one space and none at the ends of a block.
/// Octets that are no UTF-8 are passed over. A letter and the marks behind it are composed in the
/// order in which they stand. What comes out is UTF-8 again.
///
/// Budget: plain ASCII eight octets at a time, plain Chinese one table entry a character.
///
/// Safety: `source` and `out` are valid for `sourceCount` and `capacity` octets while the folder
/// lives; the caller keeps it within the closures that lend the buffers. Octets are read at offsets
/// below `end <= sourceCount`, and written at offsets below `capacity`.
struct TextFolder {
  let source: UnsafePointer<UInt8>
  let sourceCount: Int
  private let out: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private let basic: UnsafePointer<UInt16>
  private let table: FoldTable
  private(set) var text: FoldedText
  /// The distance from the folded text to the original in the run that is being written.
  private var distance = Int.min
  /// Whether white space would leave no trace now.
  private var endsInSpace = true
  private var regions: RegionSet = []

  /// Octets at the end of the buffer that one character may need, at most.
  static let slack = 64
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// Lends buffers; `basic` is that of the table.
  init(
    source: UnsafeBufferPointer<UInt8>, out: UnsafeMutableBufferPointer<UInt8>,
    basic: UnsafePointer<UInt16>, table: FoldTable, after text: consuming FoldedText
  ) {
    // An empty buffer may have no address, and then is never read.
    self.source =
      source.baseAddress
      ?? UnsafePointer(basic).withMemoryRebound(
        to: UInt8.self, capacity: 1, { $0 })
    sourceCount = source.count
    self.out = out.baseAddress ?? UnsafeMutablePointer(mutating: self.source)
    capacity = max(0, out.count - Self.slack)
    self.basic = basic
    self.table = table
    self.text = text
    self.text.runs.reserveCapacity(16 + min(source.count, PageBounds.octets) / 48)
    self.text.segments.reserveCapacity(4 + min(source.count, PageBounds.octets) / 96)
    self.text.blockEnds.reserveCapacity(4 + min(source.count, PageBounds.octets) / 128)
  }

  var count: Int { text.count }

  /// The text that was folded, which is not kept here.
  mutating func takeText() -> FoldedText { text.take() }

  /// The folded octet at an offset below ``count``.
  func octet(_ offset: Int) -> UInt8 { out[offset] }

  /// Says which regions the text to come stands in.
  mutating func enter(_ regions: RegionSet) {
    guard regions != self.regions || text.segments.isEmpty else { return }
    self.regions = regions
    if let last = text.segments.last, Int(last.start) == text.count {
      text.segments[text.segments.count - 1].regions = regions
    } else {
      text.segments.append(TextSegment(start: UInt32(text.count), regions: regions))
    }
  }

  /// Ends a block: what follows is not read as one phrase with what precedes.
  mutating func endBlock() {
    if text.count > 0, text.count < capacity {
      switch out[text.count - 1] {
      case 0x0A: break
      case 0x20:
        out[text.count - 1] = 0x0A
        text.blockEnds.append(UInt32(text.count - 1))
      case _:
        text.blockEnds.append(UInt32(text.count))
        put(0x0A, at: max(0, Self.end(of: text.runs.last, count: text.count) - 1), length: 1)
      }
    }
    endsInSpace = true
  }

  /// Folds one octet of ASCII as text, whatever it would mean as markup.
  mutating func foldLiteral(at offset: Int) {
    if source[offset] > 0x20 || !endsInSpace { foldASCII(source[offset], at: offset) }
  }

  /// Folds the value of an attribute, as a block of its own.
  mutating func foldValue(_ range: Range<Int>) {
    endBlock()
    var at = range.lowerBound
    while at < range.upperBound {
      at = fold(from: at, to: range.upperBound, isMarkup: true)
      if at < range.upperBound {
        foldLiteral(at: at)
        at += 1
      }
    }
    endBlock()
  }

  /// The end of the folded text: the last block that is not empty, at most `bound` octets of it.
  func lastBlock(bound: Int) -> Range<Int> {
    var end = text.count
    while end > 0, out[end - 1] <= 0x20 { end -= 1 }
    var start = end
    while start > 0, end - start < bound, out[start - 1] != 0x0A { start -= 1 }
    while start < end, out[start] & 0xC0 == 0x80 { start += 1 }
    return start..<end
  }

  /// A range of the folded text as a string, without spaces and line ends around it.
  func string(_ range: Range<Int>, bound: Int) -> String {
    var start = range.lowerBound
    var end = min(range.upperBound, text.count)
    while start < end, out[start] <= 0x20 { start += 1 }
    while end > start, out[end - 1] <= 0x20 { end -= 1 }
    if end - start > bound {
      end = start + bound
      while end > start, out[end] & 0xC0 == 0x80 { end -= 1 }
    }
    return String(
      decoding: UnsafeBufferPointer(start: out + start, count: end - start), as: UTF8.self)
  }

  /// Where a text of so many octets ends in the original, by its last run.
  @inline(__always)
  private static func end(of last: TextRun?, count: Int) -> Int {
    guard let last else { return 0 }
    return last.length == 0
      ? Int(last.original) + count - Int(last.folded) : Int(last.original) + Int(last.length)
  }

  /// Folds the octets from `start` up to `end`; in markup, up to the next `<`.
  ///
  /// - Returns: where it stopped.
  mutating func fold(from start: Int, to end: Int, isMarkup: Bool) -> Int {
    var at = start
    while at < end {
      if endsInSpace {
        at = Self.skipSpace(in: source, from: at, to: end)
        if at >= end { break }
      }
      at = foldWords(from: at, to: end, isMarkup: isMarkup)
      guard at < end else { break }
      let octet = source[at]
      if octet >= 0x80 {
        at = foldBeyondASCII(from: at, to: end)
      } else if octet == 0x3C, isMarkup {
        return at
      } else if octet == 0x26, isMarkup, let next = foldReference(at: at, to: end) {
        at = next
      } else {
        if octet > 0x20 || !endsInSpace { foldASCII(octet, at: at) }
        at += 1
      }
      if text.count >= capacity {
        text.isTruncated = true
        return isMarkup ? Self.find(0x3C, in: source, from: at, to: end) : end
      }
    }
    return end
  }

  /// As all that is asked of the folder while it changes, a function of what it needs: the folder would
  /// be copied for it.
  @inline(__always)
  private static func skipSpace(
    in source: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var at = start
    while at + 8 <= end, load(source + at) == 0x2020_2020_2020_2020 { at += 8 }
    while at < end, source[at] <= 0x20 { at += 1 }
    return at
  }

  /// Folds plain ASCII, sixteen and eight octets at a time, up to the first octet that needs care.
  ///
  /// All of them are always read and written; those behind the end or behind the octet that needs
  /// care are not counted, and are overwritten by what comes next.
  private mutating func foldWords(from start: Int, to end: Int, isMarkup: Bool) -> Int {
    let (source, out) = (source, out)
    var at = start
    var count = text.count
    var endsInSpace = self.endsInSpace
    let bound = min(end &- 17, at &+ capacity &- count &- 16)
    while at <= bound {
      // The octet behind the sixteen is looked at too: two spaces together need care.
      let (folded, plain) = Self.folded(source + at, isMarkup: isMarkup)
      guard plain > 0, !endsInSpace || source[at] > 0x20 else { break }
      if at &- count != distance { startRun(folded: count, original: at) }
      UnsafeMutableRawPointer(out + count).storeBytes(of: folded, as: SIMD16<UInt8>.self)
      at &+= plain
      count &+= plain
      endsInSpace = source[at &- 1] <= 0x20
      if plain < 16 {
        text.count = count
        self.endsInSpace = endsInSpace
        return at
      }
    }
    let (last, room) = (sourceCount &- 8, capacity &- 8)
    while at < end, at <= last, count <= room {
      let word = Self.load(source + at)
      let low = word & ~Self.high
      let spaces = ~(low &+ 0x5F5F_5F5F_5F5F_5F5F) & ~word & Self.high
      var care = (word & Self.high) | (spaces & (spaces << 8 | (endsInSpace ? 0x80 : 0)))
      if isMarkup {
        care |= Self.zeros(word ^ 0x3C3C_3C3C_3C3C_3C3C) | Self.zeros(word ^ 0x2626_2626_2626_2626)
      }
      let plain = min(care.trailingZeroBitCount >> 3, end &- at)
      guard plain > 0 else { break }
      if at &- count != distance { startRun(folded: count, original: at) }
      let upper = (low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(low &+ 0x2525_2525_2525_2525) & Self.high
      let blank = (spaces >> 7) &* 0xFF
      let folded = ((word | (upper >> 2)) & ~blank) | (blank & 0x2020_2020_2020_2020)
      UnsafeMutableRawPointer(out + count).storeBytes(of: folded.littleEndian, as: UInt64.self)
      endsInSpace = (spaces &<< UInt64(truncatingIfNeeded: 64 &- 8 &* plain)) >> 63 != 0
      at &+= plain
      count &+= plain
      if plain < 8 { break }
    }
    text.count = count
    self.endsInSpace = endsInSpace
    return at
  }

  /// Sixteen octets in their folded form, and how many of them need no care; where 17 can be read.
  @inline(__always)
  private static func folded(
    _ source: UnsafePointer<UInt8>, isMarkup: Bool
  ) -> (octets: SIMD16<UInt8>, plain: Int) {
    let octets = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt8>.self)
    let next = UnsafeRawPointer(source + 1).loadUnaligned(as: SIMD16<UInt8>.self)
    let space = SIMD16<UInt8>(repeating: 0x20)
    let blank = OctetScan.mask(octets .<= space)
    var care = (octets & SIMD16(repeating: 0x80)) | (blank & OctetScan.mask(next .<= space))
    if isMarkup {
      care = care | OctetScan.mask(octets .== SIMD16(repeating: 0x3C))
      care = care | OctetScan.mask(octets .== SIMD16(repeating: 0x26))
    }
    let upper = OctetScan.mask((octets &- SIMD16(repeating: 0x41)) .< SIMD16(repeating: 26))
    // What is blank is at most 0x20, so that its own bits do no harm once it has that one.
    let folded = (octets | ((upper | blank) & space)) & (OctetScan.mask(octets .> space) | space)
    return (folded, OctetScan.zerosBefore(care))
  }

  private mutating func startRun(folded: Int, original: Int) {
    text.runs.append(TextRun(folded: UInt32(folded), original: UInt32(original), length: 0))
    distance = original - folded
  }

  @inline(__always)
  private mutating func foldASCII(_ octet: UInt8, at original: Int) {
    guard text.count < capacity else { return }
    if original - text.count != distance { startRun(folded: text.count, original: original) }
    if octet <= 0x20 {
      out[text.count] = 0x20
      endsInSpace = true
    } else {
      out[text.count] = octet &- 0x41 < 26 ? octet | 0x20 : octet
      endsInSpace = false
    }
    text.count += 1
  }

  /// Puts one octet that stands for some octets of the original.
  private mutating func put(_ octet: UInt8, at original: Int, length: Int) {
    text.runs.append(
      TextRun(
        folded: UInt32(text.count), original: UInt32(original), length: UInt32(max(1, length))))
    distance = Int.min
    out[text.count] = octet
    text.count += 1
  }

  /// Folds characters beyond ASCII, one after the other.
  private mutating func foldBeyondASCII(from start: Int, to end: Int) -> Int {
    var at = start
    while at < end, text.count < capacity {
      at = foldPlainHan(from: at, to: end)
      guard at < end, source[at] >= 0x80, text.count < capacity else { break }
      guard let (code, length) = decode(at: at, to: end) else {
        at += 1
        continue
      }
      foldCharacter(code, at: at, length: length)
      at += length
    }
    return at
  }

  /// Folds characters of three octets that stay as they are, as most of Chinese pages do.
  ///
  /// Four octets are read and written at once; the last of them is overwritten by what comes next.
  private mutating func foldPlainHan(from start: Int, to end: Int) -> Int {
    let bound = min(end &- 2, start &+ capacity &- text.count &- 2, sourceCount &- 3)
    var at = start
    let (source, basic) = (source, basic)
    let out = out + text.count - start
    while at < bound {
      let octets = UInt32(
        littleEndian: UnsafeRawPointer(source + at).loadUnaligned(as: UInt32.self))
      let code = (octets & 0x0F) << 12 | (octets >> 2) & 0xFC0 | (octets >> 16) & 0x3F
      // From U+1000 up to U+D000: no code that has a shorter form, and none of a surrogate.
      guard octets & 0xC0_C0F0 == 0x80_80E0, code &- 0x1000 < 0xC000,
        basic[Int(code)] == FoldTable.same
      else { break }
      UnsafeMutableRawPointer(out + at).storeBytes(of: octets.littleEndian, as: UInt32.self)
      at &+= 3
    }
    guard at > start else { return at }
    if start - text.count != distance { startRun(folded: text.count, original: start) }
    text.count += at - start
    endsInSpace = false
    return at
  }

  /// The character at an offset in the original; nil where the octets there are no UTF-8.
  private func decode(at: Int, to end: Int) -> (code: UInt32, length: Int)? {
    let lead = source[at]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, at + length <= end else { return nil }
    var code = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let octet = source[at + index]
      guard octet & 0xC0 == 0x80 else { return nil }
      code = code << 6 | UInt32(octet & 0x3F)
    }
    let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard code >= least, Unicode.Scalar(code) != nil else { return nil }
    return (code, length)
  }

  /// Folds a character that stands for `length` octets of the original.
  private mutating func foldCharacter(_ code: UInt32, at original: Int, length: Int) {
    switch table.outcome(of: code) {
    case .none: break
    case .several(let index) where table.expansions[index].first == 0xCC:
      // Marks, each of which may make one letter with what stands before.
      for scalar in String(decoding: table.expansions[index], as: UTF8.self).unicodeScalars {
        if compose(scalar.value, end: original + length) { continue }
        for octet in String(scalar).utf8 { put(octet, at: original, length: length) }
        endsInSpace = false
      }
    case .several(let index):
      for octet in table.expansions[index] where octet != 0x20 || !endsInSpace {
        put(octet, at: original, length: length)
        endsInSpace = octet == 0x20
      }
    case .one(0x20):
      guard !endsInSpace else { break }
      put(0x20, at: original, length: length)
      endsInSpace = true
    case .one(let target):
      if FoldTable.isMark(target), compose(target, end: original + length) { break }
      if target != code, text.count < 4_096, (0x3400...0x9FFF).contains(code) {
        text.traditional += 1
      }
      put(character: target, at: original, length: length)
      endsInSpace = false
    }
  }

  private mutating func put(character code: UInt32, at original: Int, length: Int) {
    let width = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if width == length {
      if original - text.count != distance { startRun(folded: text.count, original: original) }
    } else {
      text.runs.append(
        TextRun(folded: UInt32(text.count), original: UInt32(original), length: UInt32(length)))
      distance = Int.min
    }
    write(code, width: width, at: text.count)
    text.count += width
  }

  private func write(_ code: UInt32, width: Int, at offset: Int) {
    if width == 1 {
      out[offset] = UInt8(truncatingIfNeeded: code)
      return
    }
    var rest = code
    for index in stride(from: width - 1, to: 0, by: -1) {
      out[offset + index] = UInt8(truncatingIfNeeded: rest & 0x3F) | 0x80
      rest >>= 6
    }
    let marker: UInt32 = width == 2 ? 0xC0 : width == 3 ? 0xE0 : 0xF0
    out[offset] = UInt8(truncatingIfNeeded: rest | marker)
  }

  /// Joins a mark to the letter before it; false where they stay two.
  private mutating func compose(_ mark: UInt32, end: Int) -> Bool {
    guard text.count > 0 else { return false }
    var start = text.count - 1
    while start > 0, out[start] & 0xC0 == 0x80 { start -= 1 }
    let scalar = String(
      decoding: UnsafeBufferPointer(start: out + start, count: text.count - start), as: UTF8.self
    ).unicodeScalars.first
    guard let base = scalar?.value, let letter = table.composition(of: base, with: mark)
    else { return false }
    let original = text.original(start..<text.count).lowerBound
    while let last = text.runs.last, Int(last.folded) >= start { text.runs.removeLast() }
    text.count = start
    text.runs.append(
      TextRun(folded: UInt32(start), original: UInt32(original), length: UInt32(end - original)))
    distance = Int.min
    let width = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4
    write(letter, width: width, at: start)
    text.count += width
    return true
  }

  /// Folds a character reference; nil where there is none and `&` stands for itself.
  private mutating func foldReference(at: Int, to end: Int) -> Int? {
    let octets = UnsafeBufferPointer(
      start: source + at, count: min(end - at, CharacterReference.longest))
    guard let (code, length) = CharacterReference.read(octets.span) else { return nil }
    guard text.count < capacity else { return at + length }
    if code < 0x80 {
      if code > 0x20 {
        let letter = UInt8(code)
        put(letter &- 0x41 < 26 ? letter | 0x20 : letter, at: at, length: length)
        endsInSpace = false
      } else if !endsInSpace {
        put(0x20, at: at, length: length)
        endsInSpace = true
      }
    } else {
      foldCharacter(code, at: at, length: length)
    }
    return at + length
  }

  @inline(__always)
  private static func load(_ source: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(source).loadUnaligned(as: UInt64.self))
  }

  /// The highest bit of each octet that is zero; octets above the first such may be marked wrongly.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & high
  }
}
