/// The number of a case, stable and said aloud with ease, such as `c-20261122-1`.
public struct CaseID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number as text.
  public let text: String

  /// Takes the text of a number: `c-`, then lower-case letters, digits and hyphens; at most 40.
  public init?(_ text: String) {
    let allowed = text.utf8.allSatisfy {
      ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
    }
    guard allowed, text.hasPrefix("c-"), (3...40).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  /// The number of the `ordinal`-th case opened on a day.
  public init(openedAt moment: Instant, ordinal: Int) {
    self.text = "c-\(moment.compactDate)-\(ordinal)"
  }

  /// The number as text.
  public var description: String { text }

  /// Compares by length, then text: cases of one day stand in the order in which they were opened.
  public static func < (left: CaseID, right: CaseID) -> Bool {
    (left.text.utf8.count, left.text) < (right.text.utf8.count, right.text)
  }
}

extension CaseID: TextCodable {
  /// Reads a number such as `c-20261122-1`.
  public init?(text: String) { self.init(text) }
}
