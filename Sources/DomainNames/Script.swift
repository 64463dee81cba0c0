/// A script that names are written in, by its code in ISO 15924.
public enum Script: String, Sendable, Hashable, CaseIterable {
  case latin = "Latn"
  case greek = "Grek"
  case cyrillic = "Cyrl"
  case armenian = "Armn"
  case hebrew = "Hebr"
  case arabic = "Arab"
  case syriac = "Syrc"
  case thaana = "Thaa"
  case devanagari = "Deva"
  case bengali = "Beng"
  case gurmukhi = "Guru"
  case gujarati = "Gujr"
  case oriya = "Orya"
  case tamil = "Taml"
  case telugu = "Telu"
  case kannada = "Knda"
  case malayalam = "Mlym"
  case sinhala = "Sinh"
  case thai = "Thai"
  case lao = "Laoo"
  case tibetan = "Tibt"
  case myanmar = "Mymr"
  case georgian = "Geor"
  case hangul = "Hang"
  case ethiopic = "Ethi"
  case cherokee = "Cher"
  case canadianAboriginal = "Cans"
  case khmer = "Khmr"
  case mongolian = "Mong"
  case hiragana = "Hira"
  case katakana = "Kana"
  case bopomofo = "Bopo"
  case han = "Hani"
  case yi = "Yiii"
  case coptic = "Copt"
  /// All scripts not named here, taken for one.
  case other = "Zzzz"
}

/// A set of scripts.
struct ScriptSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt64

  /// All scripts: what a common character, such as a digit, may be written in.
  static let all = ScriptSet(rawValue: .max)

  init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The set of one script.
  init(_ script: Script) {
    let place = Script.allCases.firstIndex(of: script) ?? 0
    rawValue = 1 << UInt64(place)
  }

  /// The set of several scripts.
  init(of scripts: [Script]) {
    self = scripts.reduce(into: []) { $0.formUnion(ScriptSet($1)) }
  }

  /// The scripts in this set.
  var scripts: Set<Script> {
    Set(Script.allCases.filter { !isDisjoint(with: ScriptSet($0)) })
  }
}
