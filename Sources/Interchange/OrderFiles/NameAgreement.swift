internal import DomainNames

/// Whether a party's name and its website tell the same name, where the name is one word.
///
/// A register row whose party is `RYE036` and whose website is `rye026.example` has a slip in one
/// of the two, and the other reading of it is a stranger's name.
struct NameAgreement {
  private let words: [String]

  /// Takes the names of a party; one name may list several, set apart by `|` or ` - `.
  init(parties: [String]) {
    words = parties.flatMap { Self.words(of: $0) }
  }

  /// The party's word that lies one character beside a label of `host`, where none agrees.
  func slip(in host: DomainName) -> String? {
    let labels = host.labels.dropLast().map { Array($0) }
    let letters = words.map { Array($0.lowercased().utf8) }
    if letters.contains(where: labels.contains) { return nil }
    for (word, letters) in zip(words, letters) where letters.count >= 4 {
      if labels.contains(where: { Self.isSlip($0, of: letters) }) { return word }
    }
    return nil
  }

  /// Whether one character sets the two apart.
  ///
  /// A character more or less counts only in codes, which have
  /// digits: `dobibo1` beside `Dobibo` is a variant, `asd952` beside `AsdD952` may be a slip.
  private static func isSlip(_ label: [UInt8], of word: [UInt8]) -> Bool {
    guard abs(label.count - word.count) <= 1, NearestWord.distance(label, word) == 1 else {
      return false
    }
    return label.count == word.count || word.contains(where: \.isDigit)
  }

  /// The single words of a name, a host name's ending left off.
  private static func words(of party: String) -> [String] {
    party.split(separator: "|").flatMap { $0.split(separator: " - ") }.compactMap { part in
      let word = part.trimmedOfWhiteSpace
      guard word.utf8.allSatisfy({ $0.isHostOctet || $0 == UInt8(ascii: ".") }) else { return nil }
      let labels = word.split(separator: ".")
      return (labels.count > 1 ? labels[labels.count - 2] : labels.first).map { String($0) }
    }
  }
}
