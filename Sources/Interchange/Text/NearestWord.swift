/// The known word that a mistyped one most likely stands for.
enum NearestWord {
  /// The nearest of `known` that edits to at most half of its letters, and at most three, set apart.
  static func to(_ word: String, among known: [String]) -> String? {
    guard !word.isEmpty else { return nil }
    let letters = Array(word.lowercased().unicodeScalars.prefix(40))
    let nearest = known.map { ($0, distance(letters, Array($0.lowercased().unicodeScalars))) }
      .min { $0.1 < $1.1 }
    guard let (candidate, apart) = nearest, apart <= min(3, candidate.count / 2) else {
      return known.first { word.lowercased().hasPrefix($0) || $0.hasPrefix(word.lowercased()) }
    }
    return candidate
  }

  /// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
  static func distance<Letter: Equatable>(_ one: [Letter], _ other: [Letter]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1]
      for (column, otherLetter) in other.enumerated() {
        var best = min(last[column + 1] + 1, current[column] + 1)
        best = min(best, last[column] + (letter == otherLetter ? 0 : 1))
        if row > 0, column > 0, letter == other[column - 1], one[row - 1] == otherLetter {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
