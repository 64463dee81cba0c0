internal import FoundationEssentials

/// Writes texts so that every mail server passes them on unchanged: ASCII, short lines, CR LF.
enum MailText {
  /// The longest line of a body (RFC 2045, Section 6.7 and 6.8).
  static let lineLength = 76

  /// How a text is written.
  enum Encoding: String, Sendable {
    case quotedPrintable = "quoted-printable"
    case base64
  }

  /// The shorter way: a Chinese text in quoted-printable would grow threefold.
  static func encoding(for text: String) -> Encoding {
    let foreign = text.utf8.count { $0 >= 0x80 }
    return foreign * 6 > text.utf8.count ? .base64 : .quotedPrintable
  }

  /// Writes a text, its lines ended by LF, as a body.
  static func body(_ text: String, _ encoding: Encoding) -> String {
    switch encoding {
    case .quotedPrintable: quotedPrintable(text)
    case .base64:
      base64(
        Array(
          text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n").utf8))
    }
  }

  /// Octets in base 64, in lines (RFC 2045, Section 6.8).
  static func base64(_ octets: [UInt8]) -> String {
    let line = lineLength / 4 * 3
    var text = ""
    for start in stride(from: 0, to: octets.count, by: line) {
      text += Data(octets[start..<min(start + line, octets.count)]).base64EncodedString() + "\r\n"
    }
    return text
  }

  /// A text in quoted-printable (RFC 2045, Section 6.7).
  static func quotedPrintable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(quotedLine).joined(separator: "\r\n") + "\r\n"
  }

  private static func quotedLine(_ line: Substring) -> String {
    var written = ""
    var length = 0
    let octets = Array(line.utf8)
    for (index, octet) in octets.enumerated() {
      let isLast = index == octets.count - 1
      let isPlain =
        (0x21...0x7E).contains(octet) && octet != UInt8(ascii: "=") || (octet == 0x20 && !isLast)
      let unit = isPlain ? String(UnicodeScalar(octet)) : "=" + hexadecimal(octet)
      // Room is left for the "=" of a soft line break.
      if length + unit.utf8.count > lineLength - 1 {
        written += "=\r\n"
        length = 0
      }
      written += unit
      length += unit.utf8.count
    }
    return written
  }

  private static func hexadecimal(_ octet: UInt8) -> String {
    let digits = String(octet, radix: 16, uppercase: true)
    return octet < 16 ? "0" + digits : digits
  }
}
