/// Guesses an encoding from the octets alone, where nothing says it or what is said is wrong.
///
/// East Asian encodings give themselves away by where the pairs of octets fall: each has a block of
/// everyday characters, and text of another encoding lands outside it. What no such encoding
/// explains is Western.
enum CharsetGuess {
  /// How much of a page is looked at.
  private static let sample = 64 << 10
  /// How well the pairs must fit, of at most 1.
  private static let threshold = 0.6
  /// How many pairs a guess against a declaration needs.
  private static let firmCount = 12

  /// The encoding that explains the octets best; nil where none of the East Asian ones does.
  static func eastAsian(_ octets: ArraySlice<UInt8>) -> (charset: Charset, isFirm: Bool)? {
    let sample = octets.prefix(Self.sample)
    var best: (charset: Charset, score: Double, pairs: Int)?
    for candidate in candidates {
      let (sum, pairs) = score(sample, by: candidate)
      guard pairs > 0 else { continue }
      let score = sum / Double(pairs)
      if score >= threshold, score > best?.score ?? 0 { best = (candidate.charset, score, pairs) }
    }
    return best.map { ($0.charset, $0.pairs >= firmCount) }
  }

  /// Whether the octets are what ISO-2022-JP writes: only ASCII, with its escapes.
  static func isISO2022JP(_ octets: ArraySlice<UInt8>) -> Bool {
    let sample = octets.prefix(Self.sample)
    return OctetSearch.contains(0x1B, in: sample) && sample.allSatisfy { $0 < 0x80 }
      && (sample.firstRange(of: [0x1B, 0x24, 0x42]) != nil
        || sample.firstRange(of: [0x1B, 0x24, 0x40]) != nil)
  }

  private struct Candidate {
    let charset: Charset
    /// Which first octets begin a pair.
    let isLead: @Sendable (UInt8) -> Bool
    /// How much a pair speaks for the encoding: 1 for an everyday character, below 0 for none.
    let weight: @Sendable (UInt8, UInt8) -> Double
  }

  private static func score(
    _ sample: ArraySlice<UInt8>, by candidate: Candidate
  ) -> (sum: Double, pairs: Int) {
    var sum = 0.0
    var pairs = 0
    var index = sample.startIndex
    while index < sample.endIndex {
      let first = sample[index]
      guard first >= 0x80 else {
        index += 1
        continue
      }
      guard index + 1 < sample.endIndex else { break }
      pairs += 1
      if candidate.isLead(first) {
        let weight = candidate.weight(first, sample[index + 1])
        sum += weight
        // An octet that ends no pair may begin one, or be ASCII.
        index += weight <= -2 ? 1 : 2
      } else {
        sum -= 2
        index += 1
      }
    }
    return (sum, pairs)
  }

  private static let candidates: [Candidate] = [
    Candidate(charset: .gb18030, isLead: { (0x81...0xFE).contains($0) }) { lead, trail in
      guard trail >= 0xA1, trail != 0xFF else {
        // A four-octet character has a digit second; pairs of GBK beyond GB 2312 are rare.
        if (0x30...0x39).contains(trail) { return 0 }
        return (0x40...0xA0).contains(trail) && trail != 0x7F ? -0.2 : -2
      }
      return switch lead {
      case 0xB0...0xC8: 0.85
      case 0xC9...0xD7: 1.1
      case 0xA1, 0xA3: 0.9
      case 0xD8...0xF7: 0.5
      case 0xA2: 0.5
      default: -0.5
      }
    },
    Candidate(charset: .eucKR, isLead: { (0xA1...0xFE).contains($0) }) { lead, trail in
      guard trail >= 0xA1, trail != 0xFF else { return -2 }
      return switch lead {
      case 0xB0...0xC8: 1.0
      case 0xA1, 0xA3: 0.5
      default: -1
      }
    },
    Candidate(charset: .eucJP, isLead: { (0x8E...0xFE).contains($0) }) { lead, trail in
      guard trail >= 0xA1, trail != 0xFF else { return -2 }
      return switch lead {
      case 0xA4: 1.6
      case 0xA5: 1.2
      case 0xA1, 0xA3: 0.8
      case 0xB0...0xCF: 0.6
      case 0xD0...0xF4: 0.2
      default: -0.5
      }
    },
    Candidate(charset: .big5, isLead: { (0x81...0xFE).contains($0) }) { lead, trail in
      guard (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail) else { return -2 }
      return switch lead {
      case 0xA4...0xC6: trail <= 0x7E ? 1.2 : 0.8
      case 0xA1: 1.0
      case 0xA2, 0xA3: 0.3
      case 0xC9...0xF9: 0.2
      default: -1
      }
    },
    Candidate(
      charset: .shiftJIS, isLead: { (0x81...0x9F).contains($0) || (0xA0...0xFC).contains($0) }
    ) { lead, trail in
      guard (0x40...0xFC).contains(trail), trail != 0x7F else { return -2 }
      return switch lead {
      case 0x82: trail >= 0x9F ? 1.6 : 0.5
      case 0x83: 1.2
      case 0x81: 1.0
      case 0x88...0x9F: 0.8
      case 0xE0...0xEA: 0.3
      default: -0.5
      }
    },
  ]
}
