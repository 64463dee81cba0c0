internal import Hummingbird

/// The languages that pages speak.
enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case chinese = "zh-Hans"

  /// The other one.
  var other: Language {
    switch self {
    case .english: .chinese
    case .chinese: .english
    }
  }

  /// The language of a tag such as `zh-CN`; nil for one that no page speaks.
  init?(tag: some StringProtocol) {
    let primary = tag.lowercased().split(separator: "-").first ?? ""
    switch primary {
    case "en", "*": self = .english
    case "zh": self = .chinese
    default: return nil
    }
  }
}

/// What a reader wants: which language, and a page or JSON.
struct Preference: Sendable {
  /// The language of the answer.
  var language: Language
  /// Whether the address itself names the language, so that links keep it.
  var isExplicit: Bool
  /// Whether the reader is a program that wants JSON.
  var json: Bool

  /// Reads `?lang=`, `Accept-Language` and `Accept` (RFC 9110, Section 12.5).
  init(_ request: Request) {
    let wanted = request.uri.queryParameters["lang"].flatMap { Language(tag: $0) }
    isExplicit = wanted != nil
    language = wanted ?? Self.language(request.headers[.acceptLanguage] ?? "")
    let accepted = Self.weights(request.headers[.accept] ?? "")
    let json = max(
      accepted["application/json"] ?? 0, accepted["application/problem+json"] ?? 0)
    self.json = json > 0 && json > (accepted["text/html"] ?? 0)
  }

  private static func language(_ field: String) -> Language {
    var best: (language: Language, weight: Double) = (.english, 0)
    for (tag, weight) in list(field) where weight > best.weight {
      if let language = Language(tag: tag) { best = (language, weight) }
    }
    return best.language
  }

  private static func weights(_ field: String) -> [String: Double] {
    Dictionary(list(field).map { ($0.value.lowercased(), $0.weight) }, uniquingKeysWith: max)
  }

  /// The members of a list with weights, `a;q=0.5, b`; a weight that cannot be read counts as 0.
  private static func list(_ field: String) -> [(value: String, weight: Double)] {
    field.split(separator: ",").prefix(32).compactMap { member in
      let parts = member.split(separator: ";").map { $0.trimmed }
      guard let value = parts.first, !value.isEmpty else { return nil }
      let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
      return (String(value), weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1)
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
