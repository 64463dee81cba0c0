/// The main language of a text, by its script and by its commonest words.
enum LanguageGuess {
  /// Octets of folded text that are looked at.
  private static let sample = 4 << 10

  /// The language as a BCP 47 tag; nil where there is too little to tell.
  ///
  /// Takes folded text, so that Chinese is Simplified here, and the number of Traditional characters
  /// that were folded among the first 4 KiB. What the page declares is believed where the text fits.
  static func language(
    _ octets: borrowing [UInt8], count: Int, traditional: Int, declared: String?
  ) -> String? {
    var tally = Tally()
    tally.read(octets, count: min(count, sample))
    return tally.language(traditional: traditional, declared: declared?.lowercased())
  }

  /// Characters by script, and words of English.
  private struct Tally {
    var latin = 0
    var han = 0
    var kana = 0
    var hangul = 0
    var cyrillic = 0
    var arabic = 0
    var thai = 0
    var other = 0
    var simplifiedOnly = 0
    var englishWords = 0
    var words = 0

    private static let commonEnglish = NameSet(
      [
        "the", "and", "of", "to", "in", "is", "for", "on", "with", "you", "your", "that", "this",
        "are", "from", "by", "at", "be", "or", "it", "we", "our", "not", "have", "has", "was",
        "will", "can", "all", "an", "as", "how", "what", "buy", "sell", "now", "get", "more",
        "about",
      ])

    /// Of so many words one is common, at least, in an English text.
    private static let englishShare = 12

    /// Kept at hand: to reach a table of a type costs a call each time.
    private let english = Tally.commonEnglish
    private let table = FoldTable.unicode

    mutating func read(_ octets: borrowing [UInt8], count: Int) {
      var at = 0
      while at < count {
        let octet = octets[at]
        if octet >= 0x80 {
          at += readBeyond(octets, at: at, count: count)
        } else if octet &- 0x61 < 26 {
          at += readASCII(octets, at..<count)
        } else {
          at += 1
        }
      }
    }

    /// Reads the words of at most 64 octets, up to one that is not ASCII.
    ///
    /// - Returns: how far it has read: to the beginning of a word that may go on.
    private mutating func readASCII(_ octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
      var (letters, length) = OctetScan.smallLetters(in: octets, range)
      var starts = letters & ~(letters << 1)
      if length == 64, range.count > 64, letters >> 63 == 1 {
        length = 63 - starts.leadingZeroBitCount
        guard length > 0 else { return readLongWord(octets, range) }
        letters &= ~(UInt64.max &<< UInt64(length))
        starts &= letters
      }
      latin += letters.nonzeroBitCount
      words += starts.nonzeroBitCount
      // Once all that may follow cannot make the common words too few, they need no more counting.
      guard !isEnglish(range.count) else { return length }
      while starts != 0 {
        let start = starts.trailingZeroBitCount
        starts &= starts &- 1
        let count = (~(letters >> UInt64(start))).trailingZeroBitCount
        let word = OctetScan.word(in: octets, at: range.lowerBound + start)
        let isCommon = english.contains(count < 8 ? word & ~(.max &<< UInt64(8 * count)) : word)
        englishWords += isCommon ? 1 : 0
      }
      return length
    }

    /// Whether a twelfth of all words is common English, whatever stands in so many octets more.
    @inline(__always)
    private func isEnglish(_ octets: Int) -> Bool {
      englishWords * Self.englishShare >= words + (octets + 1) / 2
    }

    /// Reads a word of 64 letters or more.
    private mutating func readLongWord(_ octets: borrowing [UInt8], _ range: Range<Int>) -> Int {
      let end = range.first { octets[$0] &- 0x61 >= 26 } ?? range.upperBound
      words += 1
      latin += end - range.lowerBound
      return end - range.lowerBound
    }

    @inline(__always)
    private mutating func readBeyond(_ octets: borrowing [UInt8], at: Int, count: Int) -> Int {
      let lead = octets[at]
      switch lead {
      case 0xC3...0xC9: latin += 1
      case 0xD0...0xD4: cyrillic += 1
      case 0xD8...0xDB: arabic += 1
      case 0xE0...0xEF where at + 2 < count:
        let code =
          UInt32(lead & 0x0F) << 12 | UInt32(octets[at + 1] & 0x3F) << 6
          | UInt32(octets[at + 2] & 0x3F)
        switch code {
        case 0x3400...0x9FFF:
          han += 1
          simplifiedOnly += table.isSimplifiedOnly(code) ? 1 : 0
        case 0x3040...0x30FF: kana += 1
        case 0xAC00...0xD7A3: hangul += 1
        case 0x0E00...0x0E7F: thai += 1
        case _: other += 1
        }
      case _: other += 1
      }
      return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    }

    func language(traditional: Int, declared: String?) -> String? {
      let eastern = han + kana + hangul
      // One Chinese character says about as much as three Latin letters.
      if eastern * 3 > latin + cyrillic + arabic + thai, eastern >= 4 {
        if kana * 8 > eastern { return "ja" }
        if hangul * 3 > eastern { return "ko" }
        return chinese(traditional: traditional, declared: declared)
      }
      if cyrillic > latin { return declared.map { primary($0) } ?? "ru" }
      if arabic > latin { return declared.map { primary($0) } ?? "ar" }
      if thai > latin { return "th" }
      guard words >= 3 else { return nil }
      if englishWords * Self.englishShare >= words { return "en" }
      if let declared, !declared.isEmpty, words >= 8 { return primary(declared) }
      return words < 40 ? "en" : nil
    }

    private func primary(_ tag: String) -> String {
      String(tag.prefix { $0.isLetter }.prefix(8))
    }

    private func chinese(traditional: Int, declared: String?) -> String {
      // Folding made Simplified characters of the Traditional ones.
      let simplified = max(0, simplifiedOnly - traditional)
      if traditional == simplified {
        let isTraditional =
          declared.map { $0.contains("hant") || $0.contains("tw") || $0.contains("hk") } ?? false
        return isTraditional ? "zh-Hant" : "zh-Hans"
      }
      return traditional > simplified ? "zh-Hant" : "zh-Hans"
    }
  }
}
