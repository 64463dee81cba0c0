/// International text (UTS 46, non-transitional; RFC 5890 to 5893).
extension DomainName {
  /// Reads a name as people write it: U-labels, A-labels and ASCII labels, mixed as they come.
  ///
  /// The ideographic and the full-width full stops separate labels as "." does. ASCII labels are
  /// taken as they are, so `_dmarc` and `r3---sn` are accepted; `xn--` labels must decode. Every
  /// other label is mapped and checked by UTS 46, non-transitional, and must come out as letters,
  /// digits, hyphens and underscores.
  ///
  /// - Throws: ``Invalid`` where the text is not a name.
  public init(international text: some StringProtocol) throws(Invalid) {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      try self.init(presentation: text)
    } else {
      var ascii = ""
      for piece in Self.pieces(of: text) {
        ascii += piece == "." ? "." : try Self.asciiLabel(piece)
      }
      try self.init(presentation: ascii)
    }
    for label in labels where Self.isALabel(label) { try Self.checkALabel(label) }
  }

  /// The labels and, as ".", what separates them.
  private static func pieces(of text: some StringProtocol) -> [String] {
    var pieces = [""]
    for scalar in text.unicodeScalars {
      switch scalar {
      case ".", "\u{3002}", "\u{FF0E}", "\u{FF61}": pieces += [".", ""]
      default: pieces[pieces.count - 1].unicodeScalars.append(scalar)
      }
    }
    return pieces
  }

  /// A label in ASCII presentation form.
  private static func asciiLabel(_ label: String) throws(Invalid) -> String {
    if label.utf8.allSatisfy({ $0 < 0x80 }) { return label }
    let ascii = try InternationalLabel.ascii(label)
    let safe = ascii.utf8.allSatisfy { octet in
      switch octet {
      case 0x2D, 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
      default: false
      }
    }
    guard safe else {
      throw .badInternationalLabel(
        reason: "'\(label)' stands for '\(ascii)', which no label may be")
    }
    guard !ascii.isEmpty else { throw .emptyLabel }
    return ascii
  }

  /// Whether a label claims to be an A-label.
  static func isALabel(_ label: some Collection<UInt8>) -> Bool {
    label.starts(with: Array("xn--".utf8))
  }

  /// Refuses an A-label that stands for no text.
  ///
  /// Letters that IDNA 2008 leaves out, such as emoji, are let pass: names with them exist.
  private static func checkALabel(_ label: ArraySlice<UInt8>) throws(Invalid) {
    let ascii = String(decoding: label, as: UTF8.self)
    guard let text = InternationalLabel.unicode(ascii),
      text.unicodeScalars.contains(where: { !$0.isASCII }),
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { throw .badInternationalLabel(reason: "'\(ascii)' does not decode") }
  }
}

extension DomainName {
  /// The name for display: A-labels as U-labels where they stand for exactly those, all else in
  /// ASCII presentation form.
  public var unicode: String {
    isRoot ? "." : labels.map(Self.displayed).joined(separator: ".")
  }

  /// A label for display.
  static func displayed(_ label: ArraySlice<UInt8>) -> String {
    let ascii = text(of: label)
    guard isALabel(label), let text = InternationalLabel.unicode(ascii),
      let back = try? InternationalLabel.ascii(text), back == ascii
    else { return ascii }
    return text
  }
}
