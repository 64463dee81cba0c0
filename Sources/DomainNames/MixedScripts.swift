/// Labels that mix scripts (UTS 39, Section 5.2).
extension DomainName {
  /// The first label, for display, that mixes scripts as no language does; nil if there is none.
  ///
  /// Allowed is what UTS 39 calls highly restrictive: one script, or Latin together with the scripts
  /// of Japanese, of Korean, or of Chinese with Bopomofo. Digits, hyphens and other common
  /// characters go with every script. A name in one foreign script throughout can still imitate
  /// another; see ``asciiSkeleton``.
  public var mixedScriptLabel: String? {
    for label in labels where Self.isALabel(label) {
      let text = Self.decoded(label)
      if !Self.isHighlyRestrictive(text) { return text }
    }
    return nil
  }

  /// The scripts that the characters of a text belong to, common characters left out.
  ///
  /// A character that several scripts share counts for each of them.
  public static func scripts(of text: some StringProtocol) -> Set<Script> {
    text.unicodeScalars.map(ScriptTable.unicode.scripts).filter { $0 != .all }
      .reduce(into: ScriptSet()) { $0.formUnion($1) }.scripts
  }

  /// Whether a text keeps to one script, or to an allowed mixture.
  static func isHighlyRestrictive(_ text: String) -> Bool {
    let needs = text.unicodeScalars.map(ScriptTable.unicode.scripts)
    let shared = needs.reduce(ScriptSet.all) { $0.intersection($1) }
    return !shared.isEmpty
      || allowedMixtures.contains { mixture in
        needs.allSatisfy { !$0.isDisjoint(with: mixture) }
      }
  }

  private static let allowedMixtures = [
    ScriptSet(of: [.latin, .han, .hiragana, .katakana]),
    ScriptSet(of: [.latin, .han, .bopomofo]),
    ScriptSet(of: [.latin, .han, .hangul]),
  ]
}
