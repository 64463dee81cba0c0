/// A language that letters are written in.
public enum LetterLanguage: String, Sendable, Hashable, CaseIterable {
  case english = "en"
  case simplifiedChinese = "zh-Hans"
  case traditionalChinese = "zh-Hant"

  /// The language for readers of a BCP 47 tag; English where there is no nearer one.
  ///
  /// Chinese without a script is simplified, but for the regions that write traditional characters.
  public init(_ tag: String?) {
    let parts = (tag ?? "").lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" })
    guard let language = parts.first, ["zh", "yue", "cmn"].contains(language) else {
      self = .english
      return
    }
    if parts.contains("hans") {
      self = .simplifiedChinese
    } else if parts.contains(where: { ["hant", "tw", "hk", "mo"].contains($0) }) {
      self = .traditionalChinese
    } else {
      self = language == "yue" ? .traditionalChinese : .simplifiedChinese
    }
  }

  /// The sentences of this language.
  var wording: any LetterWording {
    switch self {
    case .english: EnglishWording()
    case .simplifiedChinese: SimplifiedChineseWording()
    case .traditionalChinese: TraditionalChineseWording()
    }
  }
}
