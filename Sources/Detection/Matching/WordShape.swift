/// An expression for single words of letters and digits, at least one of them a digit, such as
/// `\b(?:[a-z]{2,8}\d{1,7}|\d{5,10})\b`.
///
/// Vectorscan keeps such an expression awake at every word of a text; a walk over the words asks only
/// those that hold a digit.
struct WordShape: Sendable, Hashable {
  /// Octets of the longest word that is read.
  static let longest = 64

  /// A run of characters of one kind.
  struct Run: Sendable, Hashable {
    let takesLetters: Bool
    let takesDigits: Bool
    let least: Int
    let most: Int
  }

  /// What a word may be, run after run.
  let alternatives: [[Run]]
  /// How long a word is that may be one of them.
  let lengths: ClosedRange<Int>

  /// Reads an expression; nil where it is not of this form.
  init?(_ expression: String) {
    let (head, tail) = ("\\b(?:", ")\\b")
    guard expression.hasPrefix(head), expression.hasSuffix(tail) else { return nil }
    var alternatives: [[Run]] = []
    let inner = expression.dropFirst(head.count).dropLast(tail.count)
    for part in inner.split(separator: "|", omittingEmptySubsequences: false) {
      guard let runs = Self.runs(part),
        runs.contains(where: { !$0.takesLetters && $0.least > 0 }),
        runs.reduce(0, { $0 + $1.most }) <= Self.longest
      else { return nil }
      alternatives.append(runs)
    }
    self.alternatives = alternatives
    let least = alternatives.map { $0.reduce(0) { $0 + $1.least } }.min() ?? 0
    let most = alternatives.map { $0.reduce(0) { $0 + $1.most } }.max() ?? 0
    lengths = least...max(least, most)
  }

  private static func runs(_ text: Substring) -> [Run]? {
    let kinds: [(text: String, letters: Bool, digits: Bool)] = [
      ("[a-z0-9]", true, true), ("[a-z]", true, false), ("\\d", false, true),
      ("[0-9]", false, true),
    ]
    var runs: [Run] = []
    var rest = text
    while !rest.isEmpty {
      guard let kind = kinds.first(where: { rest.hasPrefix($0.text) }) else { return nil }
      rest = rest.dropFirst(kind.text.count)
      var bounds = (least: 1, most: 1)
      if rest.first == "{" {
        guard let end = rest.firstIndex(of: "}"), let read = Self.bounds(rest[..<end].dropFirst())
        else { return nil }
        bounds = read
        rest = rest[rest.index(after: end)...]
      }
      runs.append(
        Run(
          takesLetters: kind.letters, takesDigits: kind.digits, least: bounds.least,
          most: bounds.most))
    }
    return runs
  }

  private static func bounds(_ text: Substring) -> (least: Int, most: Int)? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, let least = parts.first ?? nil, let most = parts.last ?? nil,
      least >= 0, least <= most
    else { return nil }
    return (least, most)
  }

  /// Whether a whole word has the shape; in folded text, so that letters are small.
  func matches(_ word: Span<UInt8>) -> Bool {
    for runs in alternatives where Self.matches(runs, from: 0, word, from: 0) { return true }
    return false
  }

  /// Whether the rest of a word consists of the rest of some runs.
  private static func matches(
    _ runs: borrowing [Run], from index: Int, _ word: Span<UInt8>, from start: Int
  ) -> Bool {
    guard index < runs.count else { return start == word.count }
    let run = runs[index]
    var at = start
    var taken = 0
    while true {
      if taken >= run.least, matches(runs, from: index + 1, word, from: at) { return true }
      guard taken < run.most, at < word.count,
        word[at] < 0x40 ? run.takesDigits : run.takesLetters
      else { return false }
      at += 1
      taken += 1
    }
  }
}
