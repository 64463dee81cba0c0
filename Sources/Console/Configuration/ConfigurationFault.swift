/// What is wrong with a configuration, and where.
public struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file, or the environment variable.
  public let place: String
  /// The line in the file, from 1.
  public let line: Int?
  /// What is wrong, and what to do.
  public let reason: String

  /// The fault as `cordon.yaml:3: there is no key …`.
  public var description: String {
    line.map { "\(place):\($0): \(reason)" } ?? "\(place): \(reason)"
  }
}

/// The word of a list that is nearest to a given one, within two slips.
func nearest(to word: String, among candidates: [String]) -> String? {
  candidates.map { ($0, editDistance(word, $0)) }.filter { $0.1 <= max(2, word.count / 3) }
    .min { $0.1 < $1.1 }?.0
}

/// Insertions, deletions and substitutions that make one word the other (Levenshtein, 1965).
private func editDistance(_ one: String, _ other: String) -> Int {
  let target = Array(other)
  var row = Array(0...target.count)
  for (index, character) in one.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in target.indices {
      let substituted = diagonal + (character == target[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
    }
  }
  return row[target.count]
}
