import Foundation

/// Shows lines on a terminal, each time in place of those before.
actor LiveScreen {
  private var drawn = 0

  /// Draws over what was drawn before; what does not fit is left out.
  func show(_ lines: [String]) {
    let (rows, columns) = Terminal.size
    let room = max(1, rows - 2)
    var shown = Array(lines.prefix(room))
    if lines.count > room { shown.append("  and \(lines.count - room) more") }
    var text = drawn > 0 ? "\u{1B}[\(drawn)A\u{1B}[J" : ""
    for line in shown { text += Self.safe(line).prefix(max(20, columns - 1)) + "\n" }
    drawn = shown.count
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Nothing of a foreign address may steer the terminal.
  private static func safe(_ text: String) -> String {
    String(
      text.unicodeScalars.map {
        $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F ? Character($0) : "?"
      })
  }
}

extension Terminal {
  /// Whether somebody looks on.
  static var isScreen: Bool { isatty(STDERR_FILENO) == 1 }

  /// Rows and columns.
  static var size: (rows: Int, columns: Int) {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 4 else {
      return (24, 80)
    }
    return (Int(size.ws_row), Int(size.ws_col))
  }
}
