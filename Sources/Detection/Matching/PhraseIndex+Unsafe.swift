extension PhraseIndex {
  /// Octets behind the text that a walk may read.
  static let slack = 16

  /// Finds all phrases in the first octets of some folded text, with where they begin and end.
  ///
  /// Sixty-four octets are classified at once, so that one word need not be read for the next to be
  /// found; places whose key may be known are noted without a branch, and compared after that.
  ///
  /// Safety: the text is lent by its array for the walk. Octets are read eight at a time at offsets
  /// up to `count + 8`, which the array holds: it has ``slack`` octets more, checked once. A block notes
  /// at most 128 keys, two for each of its octets. Octets of the index are read at offsets that its
  /// making put into its entries.
  func scan(_ text: borrowing [UInt8], count: Int, into matches: inout MatchList) {
    precondition(count + Self.slack <= text.count)
    text.withUnsafeBufferPointer { text in
      filter.withUnsafeBufferPointer { filter in
        withUnsafeTemporaryAllocation(of: Note.self, capacity: 128) { noted in
          guard let text = text.baseAddress, let filter = filter.baseAddress,
            let noted = noted.baseAddress
          else { return }
          let walk = Walk(text: text, count: count, filter: filter, noted: noted)
          scan(walk, into: &matches)
          for octet in octetKeys {
            var at = TextFolder.find(octet, in: text, from: 0, to: count)
            while at < count {
              compare(Note(at: at, key: UInt64(octet)), walk, &matches)
              at = TextFolder.find(octet, in: text, from: at + 1, to: count)
            }
          }
        }
      }
    }
  }

  /// A key that may be known, and where it stands.
  private struct Note {
    let at: Int
    let key: UInt64
  }

  /// What a walk reads at every word.
  private struct Walk {
    let text: UnsafePointer<UInt8>
    let count: Int
    let filter: UnsafePointer<UInt64>
    /// Room for the keys of one block.
    let noted: UnsafeMutablePointer<Note>

    /// 1 where a key may be known, otherwise 0.
    @inline(__always)
    func mayHold(_ key: UInt64) -> Int {
      let hash = key &* PhraseIndex.factor
      return Int(
        truncatingIfNeeded: filter[Int(truncatingIfNeeded: hash >> 54)] &>> (hash &>> 48) & 1)
    }

    /// The octets at an offset, the first lowest.
    @inline(__always)
    func load(_ at: Int) -> UInt64 {
      UInt64(littleEndian: UnsafeRawPointer(text + at).loadUnaligned(as: UInt64.self))
    }

    /// Sixty-four octets from an offset on, one bit each; octets behind the end are none of these.
    func block(at start: Int) -> Block {
      var block = Block()
      let octets = min(64, max(0, count - start))
      var offset = 0
      while offset < octets {
        block.add(load(start &+ offset), at: offset)
        offset &+= 8
      }
      return octets == 64 ? block : block.prefix(octets)
    }
  }

  /// What sixty-four octets are, one bit each.
  private struct Block {
    /// Small letters and digits of ASCII.
    var words: UInt64 = 0
    var digits: UInt64 = 0
    /// The first octets of characters of three.
    var characters: UInt64 = 0

    private static let high: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    mutating func add(_ word: UInt64, at offset: Int) {
      let low = word & ~Self.high
      let letters = OctetScan.smallLetters(low)
      let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
      let ascii = ~word & Self.high
      words |= OctetScan.highBits(of: (letters | digits) & ascii) &<< UInt64(offset)
      if digits & ascii != 0 {
        self.digits |= OctetScan.highBits(of: digits & ascii) &<< UInt64(offset)
      }
      if ascii != Self.high {
        // Where the upper half is E, this is 0.
        let other = (word & 0xF0F0_F0F0_F0F0_F0F0) ^ 0xE0E0_E0E0_E0E0_E0E0
        let marked = ~(((other & ~Self.high) &+ ~Self.high) | other) & Self.high
        characters |= OctetScan.highBits(of: marked) &<< UInt64(offset)
      }
    }

    func prefix(_ octets: Int) -> Block {
      let kept: UInt64 = (1 << UInt64(octets)) &- 1
      return Block(
        words: words & kept, digits: digits & kept, characters: characters & kept)
    }
  }

  private func scan(_ walk: Walk, into matches: inout MatchList) {
    var block = walk.block(at: 0)
    // Whether the octet before the block stands in a word.
    var carry: UInt64 = 0
    var readUpTo = 0
    var start = 0
    while start < walk.count {
      let next = walk.block(at: start + 64)
      var noted = 0
      var words = block.words & ~(block.words << 1 | carry)
      while words != 0 {
        let bit = words.trailingZeroBitCount
        let run = block.words &>> UInt64(bit) | (next.words << 1) &<< UInt64(63 &- bit)
        let count = min(8, (~run).trailingZeroBitCount)
        let at = start &+ bit
        let key = walk.load(at) & (UInt64.max &>> UInt64(64 &- 8 &* count))
        walk.noted[noted] = Note(at: at, key: key)
        noted &+= walk.mayHold(key)
        let longer = Self.key(key, before: walk.load(at &+ count))
        walk.noted[noted] = Note(at: at, key: longer)
        noted &+= walk.mayHold(longer)
        words &= words &- 1
      }
      var characters = block.characters
      while characters != 0 {
        let at = start &+ characters.trailingZeroBitCount
        let octets = walk.load(at)
        walk.noted[noted] = Note(at: at, key: octets & 0xFF_FFFF)
        noted &+= walk.mayHold(octets & 0xFF_FFFF)
        let longer = Self.key(octets & 0xFF_FFFF, before: octets >> 24)
        walk.noted[noted] = Note(at: at, key: longer)
        noted &+= walk.mayHold(longer)
        characters &= characters &- 1
      }
      for index in 0..<noted { compare(walk.noted[index], walk, &matches) }
      if block.digits != 0, !shapes.isEmpty {
        readUpTo = readShapes(walk, start, block.digits, from: readUpTo, &matches)
      }
      carry = block.words >> 63
      block = next
      start &+= 64
    }
  }

  /// Looks whether the words that hold some digits of a block have one of the shapes.
  ///
  /// Words that end at `readUpTo` or before it were looked at already.
  ///
  /// - Returns: where the last word ends that was looked at.
  @inline(never)
  private func readShapes(
    _ walk: Walk, _ start: Int, _ digits: UInt64, from readUpTo: Int, _ matches: inout MatchList
  ) -> Int {
    var readUpTo = readUpTo
    var digits = digits
    while digits != 0 {
      let digit = start + digits.trailingZeroBitCount
      digits &= digits - 1
      guard digit >= readUpTo else { continue }
      var (first, end) = (digit, digit + 1)
      while first > 0, PackedName.isAlphanumeric(walk.text[first - 1]) { first -= 1 }
      while end < walk.count, PackedName.isAlphanumeric(walk.text[end]) { end += 1 }
      readUpTo = end
      // The low line belongs to words here.
      guard first == 0 || walk.text[first - 1] != 0x5F, end == walk.count || walk.text[end] != 0x5F,
        end - first <= WordShape.longest
      else { continue }
      let word = UnsafeBufferPointer(start: walk.text + first, count: end - first)
      for index in shapes.indices
      where shapes[index].shape.lengths.contains(word.count)
        && shapes[index].shape.matches(word.span)
      {
        matches.add(shapes[index].pattern, first..<end)
      }
    }
    return readUpTo
  }

  /// Compares the phrases of one key with what stands in the text.
  @inline(__always)
  private func compare(_ note: Note, _ walk: Walk, _ matches: inout MatchList) {
    var slot = slot(of: note.key)
    while keys[slot] != note.key {
      if keys[slot] == 0 { return }
      slot = (slot &+ 1) & (keys.count &- 1)
    }
    let octets = walk.load(note.at)
    for index in groups[slot] {
      let entry = entries[Int(index)]
      guard (octets ^ entry.head) & entry.mask == 0, holds(entry, walk, at: note.at) else {
        continue
      }
      matches.add(entry.pattern, note.at..<note.at &+ entry.count)
    }
  }

  /// Whether the rest of a phrase stands in the text, and words end where they have to.
  @inline(never)
  private func holds(_ entry: Entry, _ walk: Walk, at start: Int) -> Bool {
    let end = start + entry.count
    guard end <= walk.count else { return false }
    var at = start + 8
    for offset in entry.rest {
      guard walk.text[at] == octets[offset] else { return false }
      at += 1
    }
    return (!entry.needsBoundaryBefore || Self.isBoundary(before: start, walk.text))
      && (!entry.needsBoundaryBehind || end == walk.count
        || Self.isBoundary(behind: walk.text[end]))
  }

  /// As ``WordBoundary/isBefore(_:in:)``.
  private static func isBoundary(before start: Int, _ base: UnsafePointer<UInt8>) -> Bool {
    guard start > 0 else { return true }
    let last = base[start - 1]
    guard last >= 0x80 else { return !PackedName.isAlphanumeric(last) && last != 0x5F }
    return start < 2 || last >= 0xC0 || !(0xC3...0xD4).contains(base[start - 2])
  }

  /// As ``WordBoundary/isBehind(_:in:count:)``.
  private static func isBoundary(behind next: UInt8) -> Bool {
    !WordBoundary.isWord(next) && next != 0x5F
  }
}
