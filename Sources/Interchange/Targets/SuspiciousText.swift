/// Characters that no reader sees, or that look like others: a name with one is not what it seems.
enum HiddenCharacter {
  /// The first hidden character of a text, in the form `U+200B`.
  ///
  /// Hidden are format, control and default-ignorable characters, and white space other than the
  /// plain space and tab.
  static func first(in text: String) -> String? {
    for scalar in text.unicodeScalars where isHidden(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    return nil
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80 else {
      return scalar.value < 0x20 && !UInt8(scalar.value).isASCIISpace || scalar.value == 0x7F
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .format, .control, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse,
      .unassigned, .surrogate:
      return true
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol:
      return properties.isDefaultIgnorableCodePoint
    @unknown default:
      return true
    }
  }
}

/// Names made unclickable, as security reports write them: `example[.]com`.
enum Defanging {
  private static let marks = ["[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", "[:]", "[/]", "[at]"]

  /// Whether a text bears one of the usual marks.
  static func isDefanged(_ text: String) -> Bool {
    guard text.utf8.contains(where: { [0x5B, 0x28, 0x7B].contains($0) }) else { return false }
    let lower = Array(text.lowercased().utf8)
    return marks.contains { lower.contains($0) }
  }
}

extension [UInt8] {
  /// Whether the octets of a text stand somewhere in these.
  fileprivate func contains(_ text: String) -> Bool {
    let needle = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: needle) }
  }
}
