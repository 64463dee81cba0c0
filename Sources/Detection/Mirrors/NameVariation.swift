/// How a name differs from the one that it resembles.
///
/// The kinds are those that dnstwist tells apart, and transcriptions.
public enum NameVariation: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The name itself under another suffix: `binance.xyz`.
  case otherSuffix = "other-suffix"
  /// Letters that look the same: `b1nance`, `bіnance` with a Cyrillic letter.
  case homoglyph
  /// The name with a word, digits or both joined to it: `binance-register`, `bitgetapps`, `ouyi88`.
  case joinedWord = "joined-word"
  /// The name as labels below another: `binance.com.site.example`.
  case below
  /// The name split by a dot: `bin.ance.com`.
  case split
  /// A hyphen put in: `bin-ance`.
  case hyphen
  /// Two neighbouring characters swapped.
  case transposition
  /// A character said twice.
  case repetition
  /// A vowel for another.
  case vowel
  /// A character whose code differs by one bit.
  case bit
  /// A character for another.
  case replacement
  /// A character left out.
  case omission
  /// A character put in.
  case insertion
  /// A character put at the end.
  case addition
  /// A transcription or a translation of the name: `ouyi`, `币安`.
  case transcription

  /// How much it says, 0 to 1: a slip of one letter is often no one's fault.
  public var weight: Double {
    switch self {
    case .homoglyph, .joinedWord, .below: 0.6
    case .otherSuffix, .transcription: 0.5
    case .split, .hyphen: 0.4
    case .transposition, .repetition, .vowel, .bit, .replacement, .omission, .insertion,
      .addition:
      0.3
    }
  }

  /// Compares by their order above, the more telling first.
  public static func < (left: NameVariation, right: NameVariation) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
