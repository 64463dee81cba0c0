/// The addresses of pages, in the language that the reader chose.
struct Links {
  let language: Language
  private let isExplicit: Bool
  private let path: String

  /// - Parameters:
  ///   - preference: what the reader wants.
  ///   - path: the page that the reader is on, which is there in the other language too.
  init(_ preference: Preference, path: String) {
    language = preference.language
    isExplicit = preference.isExplicit
    self.path = path
  }

  /// A path with query; names and values must be plain letters, digits and hyphens.
  func to(_ path: String, _ query: [(String, String)] = []) -> String {
    let all = query + (isExplicit ? [("lang", language.rawValue)] : [])
    guard !all.isEmpty else { return path }
    return path + "?" + all.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  /// The page that the reader is on.
  var here: String { to(path) }

  /// The page that the reader is on, in the other language.
  var otherLanguage: String { "\(path)?lang=\(language.other.rawValue)" }
}
