internal import Mustache

/// Text that stands on a page as it is: nothing in it is markup, and nothing in it steers.
///
/// It works on scalars, since a mark that combines with `"` or `<` makes one character of the two.
/// Controls, bidirectional overrides and other invisible characters show as their numbers.
struct PageText: MustacheContentType {
  static let name = "PAGE"

  func escapeText(_ text: String) -> String {
    var page = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": page.append(contentsOf: "&lt;".unicodeScalars)
      case ">": page.append(contentsOf: "&gt;".unicodeScalars)
      case "&": page.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": page.append(contentsOf: "&quot;".unicodeScalars)
      case "'": page.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": page.append(scalar)
      case _ where Self.isHidden(scalar):
        page.append(contentsOf: Self.number(of: scalar).unicodeScalars)
      default: page.append(scalar)
      }
    }
    return String(page)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return true
    default: return false
    }
  }

  private static func number(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "[U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
  }
}
