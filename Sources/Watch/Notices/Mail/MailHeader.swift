internal import FoundationEssentials

/// Header fields of mail (RFC 5322), which no value can break out of.
///
/// Control characters become spaces before anything else is done, what is not ASCII is encoded
/// (RFC 2047), and lines are folded.
enum MailHeader {
  /// The longest line that is written.
  static let lineLength = 78

  /// A field with a text, such as a subject.
  static func field(_ name: String, text: String) -> String {
    let words = isPlain(text) ? plainWords(text) : encodedWords(text)
    return folded(name, words)
  }

  /// A field with an address and the name of who has it.
  static func field(_ name: String, title: String, address: MailAddress) -> String {
    let title = title.singleLine(limit: 120)
    let words = isPlain(title) ? quoted(title) : encodedWords(title)
    return folded(name, words + ["<\(address)>"])
  }

  /// A field whose value this program makes itself: addresses, identifiers, dates.
  static func field(_ name: String, exact value: String) -> String { "\(name): \(value)\r\n" }

  /// The words of a field, on as many lines as they need (RFC 5322, Section 2.2.3).
  private static func folded(_ name: String, _ words: [String]) -> String {
    var lines = "\(name):"
    var length = lines.utf8.count
    for word in words {
      if length + 1 + word.utf8.count > lineLength, length > name.utf8.count + 1 {
        lines += "\r\n"
        length = 0
      }
      lines += " " + word
      length += 1 + word.utf8.count
    }
    return lines + "\r\n"
  }

  /// Whether a text can stand in a header as it is.
  ///
  /// Words that are too long to fold, and what looks like an encoded word, cannot.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
      && text.split(separator: " ").allSatisfy { $0.utf8.count <= 60 }
  }

  private static func plainWords(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  /// A quoted string (RFC 5322, Section 3.2.4).
  private static func quoted(_ text: String) -> [String] {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return ["\"\(escaped)\""]
  }

  /// Encoded words of at most 75 characters, none of which cuts a character (RFC 2047, Section 2).
  private static func encodedWords(_ text: String) -> [String] {
    var words: [String] = []
    var octets: [UInt8] = []
    // "=?UTF-8?B?" and "?=" leave 60 characters of base 64 and some room.
    let limit = 45
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      let added = Array(String(isControl ? " " : scalar).utf8)
      if octets.count + added.count > limit {
        words.append(word(octets))
        octets = []
      }
      octets += added
    }
    return octets.isEmpty ? words : words + [word(octets)]
  }

  private static func word(_ octets: [UInt8]) -> String {
    "=?UTF-8?B?\(Data(octets).base64EncodedString())?="
  }
}
