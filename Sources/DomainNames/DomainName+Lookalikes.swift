/// Letters that look like others.
extension DomainName {
  /// The name with look-alike letters as the ASCII letters that they resemble, for display.
  ///
  /// Two names with the same skeleton are easily taken for one another; this is a hint for a person,
  /// never a reason to block. It knows Latin letters with marks, and the well-known look-alikes of
  /// Cyrillic, Greek and Armenian. What it does not know stays as it is, in A-labels if need be.
  public var asciiSkeleton: String {
    guard !isRoot else { return "." }
    return labels.map { label in
      let text = Self.decoded(label)
      let skeleton = text.unicodeScalars.reduce(into: "") { $0 += Lookalikes.ascii(of: $1) }
      return skeleton.utf8.allSatisfy { $0 < 0x80 } ? skeleton : Self.text(of: label)
    }.joined(separator: ".")
  }

  /// The text that a label stands for, by whatever rules; else the label in presentation form.
  static func decoded(_ label: ArraySlice<UInt8>) -> String {
    let ascii = text(of: label)
    return isALabel(label) ? InternationalLabel.unicode(ascii) ?? ascii : ascii
  }
}

/// A table of letters that look like ASCII letters and digits.
private enum Lookalikes {
  /// What a character looks like; itself where nothing is known, nothing for a combining mark.
  static func ascii(of scalar: Unicode.Scalar) -> String {
    if scalar.isASCII { return String(scalar) }
    if (0x300...0x36F).contains(scalar.value) { return "" }
    return table[scalar] ?? String(scalar)
  }

  private static let table: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for (ascii, letters) in letters {
      for letter in letters.unicodeScalars { table[letter] = ascii }
    }
    return table
  }()

  /// By what they look like: small letters, for names are mapped to small letters before.
  private static let letters: KeyValuePairs = [
    "3": "зҙӟ",
    "4": "ч",
    "6": "б",
    "a": "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặɑᴀаӑӓαά",
    "ae": "æǣǽ",
    "b": "ßƀƅḃḅḇɓʙвьъβ",
    "c": "çćĉċčƈȼḉᴄсҫϲ",
    "d": "ðďđƌḋḍḏḑḓɗɖᴅԁδ",
    "dz": "ǆǳ",
    "e": "èéêëēĕėęěȅȇȩɇḕḗḙḛḝẹẻẽếềểễệɛᴇеёѐӗєεέ",
    "f": "ƒḟ",
    "g": "ĝğġģǧǵḡɡɠԍց",
    "h": "ĥħȟḣḥḧḩḫẖɦʜһнңҥӊћհ",
    "i": "ìíîïĩīĭįıǐȉȋḭḯỉịɩɪɨіїιίϊΐ",
    "ij": "ĳ",
    "j": "ĵǰɉᴊјϳյ",
    "k": "ķĸƙǩḱḳḵᴋкқҝҟҡκ",
    "l": "ĺļľłƚǀḷḹḻḽɫɭʟⅼӏ",
    "lj": "ǉ",
    "m": "ḿṁṃɱᴍм",
    "n": "ñńņňŋƞǹṅṇṉṋɴɲпйηήπոռ",
    "nj": "ǌ",
    "o": "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợɵᴏоӧөӫοόσօ",
    "oe": "œ",
    "p": "þƥṕṗᴘрҏρ",
    "q": "ɋԛզ",
    "r": "ŕŗřȑȓɍṙṛṝṟʀɾгґғ",
    "s": "śŝşšſșȿṡṣṥṧṩẛʂѕ",
    "t": "ţťŧƫƭțṫṭṯṱẗʈᴛтҭτ",
    "u": "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựʉʋᴜцυύϋΰµμս",
    "v": "ṽṿᴠѵν",
    "w": "ŵẁẃẅẇẉẘɯⱳᴡԝшщѡωώա",
    "x": "ẋẍхҳӽχ",
    "y": "ýÿŷƴȳɏẏẙỳỵỷỹʏɣуүұўӯӱӳγ",
    "z": "źżžƶȥɀẑẓẕʐᴢζ",
  ]
}
