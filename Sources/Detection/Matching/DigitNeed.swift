/// Whether an expression matches only what holds a digit and does not go beyond a line.
///
/// Such an expression is looked for in lines with a digit alone, of which most texts have few.
struct DigitNeed {
  private let text: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  private var needsDigit = false
  /// Whether it may go beyond a line, or is written in a way that is not read here.
  private var isUnclear = false

  /// Reads an expression in Vectorscan's syntax; what is in doubt counts as not so.
  static func holds(for expression: String) -> Bool {
    var need = DigitNeed(text: Array(expression.unicodeScalars))
    while need.at < need.text.count, !need.isUnclear { need.readNext() }
    return need.needsDigit && !need.isUnclear && need.depth == 0
  }

  private init(text: [Unicode.Scalar]) {
    self.text = text
  }

  private mutating func readNext() {
    let scalar = text[at]
    at += 1
    switch scalar {
    case "\\": readEscape()
    case "[": readClass()
    case "(":
      depth += 1
      if at < text.count, text[at] == "?" { isUnclear = true }
    case ")": depth -= 1
    case "|": if depth == 0 { isUnclear = true }
    case "{": while at < text.count, text[at - 1] != "}" { at += 1 }
    case "^", "$": isUnclear = true
    case "0"..."9": noteDigit()
    case _: if scalar.value < 0x20 { isUnclear = true }
    }
  }

  /// A digit that has to stand there, where it is in no group and may not be left out.
  private mutating func noteDigit() {
    let mayBeLeftOut =
      at < text.count
      && (text[at] == "?" || text[at] == "*"
        || (text[at] == "{" && at + 1 < text.count && (text[at + 1] == "0" || text[at + 1] == ",")))
    if depth == 0, !mayBeLeftOut { needsDigit = true }
  }

  private mutating func readEscape() {
    guard at < text.count else { return isUnclear = true }
    let scalar = text[at]
    at += 1
    if scalar == "d" {
      noteDigit()
    } else if scalar != "b", scalar != "w", !Self.isSign(scalar) {
      isUnclear = true
    }
  }

  /// Whether a scalar is a sign of ASCII, which a backslash makes stand for itself.
  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    (0x21...0x7E).contains(scalar.value)
      && !PackedName.isAlphanumeric(UInt8(truncatingIfNeeded: scalar.value))
  }

  private mutating func readClass() {
    let isNegated = at < text.count && text[at] == "^"
    if isNegated { at += 1 }
    var hasLineEnd = false
    var isDigits = !isNegated
    let start = at
    while at < text.count, text[at] != "]" || at == start {
      let scalar = text[at]
      at += 1
      if scalar == "\\", at < text.count {
        let escaped = text[at]
        at += 1
        if escaped == "n" {
          hasLineEnd = true
        } else if escaped != "d", escaped != "w", !Self.isSign(escaped) {
          isUnclear = true
        }
        if escaped != "d" { isDigits = false }
      } else {
        if scalar.value < 0x20 || scalar == "[" { isUnclear = true }
        if !("0"..."9").contains(scalar), scalar != "-" { isDigits = false }
      }
    }
    // A sign of a range at either end stands for itself.
    if at >= text.count || text[start] == "-" || text[at - 1] == "-" { isUnclear = true }
    at += 1
    if isNegated != hasLineEnd { isUnclear = true }
    if isDigits { noteDigit() }
  }
}
