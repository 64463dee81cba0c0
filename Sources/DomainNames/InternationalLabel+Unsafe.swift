internal import CIdn2

/// Single labels from Unicode to ASCII and back, by libidn2.
///
/// Safety: libidn2 keeps no state. What it returns is copied into a `String` and freed here.
enum InternationalLabel {
  /// The ASCII form of a label: UTS 46 mapping, non-transitional, and the checks of IDNA 2008.
  ///
  /// Without the rules of STD 3, so that underscores pass; the caller checks what comes out.
  static func ascii(_ label: String) throws(DomainName.Invalid) -> String {
    guard !label.utf8.contains(0) else {
      throw .badInternationalLabel(reason: "'\(label)' contains a zero octet")
    }
    var ascii: UnsafeMutablePointer<UInt8>?
    let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
    let outcome = idn2_lookup_u8(label, &ascii, flags)
    defer { idn2_free(ascii) }
    guard outcome == IDN2_OK.rawValue, let ascii else {
      if outcome == IDN2_TOO_BIG_LABEL.rawValue {
        throw .badInternationalLabel(reason: "'\(label)' is longer than 63 octets in ASCII")
      }
      throw .badInternationalLabel(reason: "'\(label)': \(explanation(outcome))")
    }
    return String(cString: ascii)
  }

  /// The text that an A-label decodes to, not checked any further; nil where it does not decode.
  static func unicode(_ label: String) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    let outcome = idn2_to_unicode_8z8z(label, &text, 0)
    defer { idn2_free(text) }
    guard outcome == IDN2_OK.rawValue, let text else { return nil }
    return String(validatingCString: text)
  }

  /// What an outcome of libidn2 means.
  private static func explanation(_ outcome: Int32) -> String {
    idn2_strerror(outcome).map { String(cString: $0) } ?? "libidn2 reports \(outcome)"
  }
}
