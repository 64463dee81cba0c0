/// Why a file as a whole cannot be read as an order.
///
/// Nothing of it is taken in then.
public enum OrderFileError: Error, Sendable, Hashable {
  /// The file has no octets, or nothing but white space.
  case empty
  /// The file is larger than ``OrderFile/maximumOctets``.
  case tooLarge(octets: Int)
  /// The file names more than ``OrderFile/maximumTargets``; the first too many stands here.
  case tooManyTargets(line: Int)
  /// A line, row or JSON text is longer than ``OrderFile/maximumLineOctets``.
  case lineTooLong(line: Int)
  /// The octets are not UTF-8 from this one on, counted from 1.
  case notUTF8(byte: Int, line: Int)
  /// The file holds a zero octet here, counted from 1, which no text does.
  case notText(byte: Int, line: Int)
  /// The file is in UTF-16.
  case utf16
  /// JSON: the text breaks the grammar here.
  case syntax(line: Int, column: Int, reason: String)
  /// JSON: the file ends before the order does.
  case truncated(line: Int, column: Int, within: String)
  /// JSON: the order has a field that none is known by.
  case unknownKey(String, nearest: String?, line: Int)
  /// JSON: the order gives a field twice.
  case duplicateKey(String, line: Int)
  /// JSON: a field holds something else than it should.
  case wrongType(key: String, expected: String, found: String, line: Int)
  /// CSV: the first line has no known column.
  case noHeader(line: Int)
  /// CSV: the columns are set apart by something other than a comma.
  case wrongSeparator(String, line: Int)
  /// CSV: the header names a column that none is known by.
  case unknownColumn(String, nearest: String?, line: Int)
  /// CSV: the header names a column twice.
  case duplicateColumn(String, line: Int)
  /// CSV: the header lacks a column.
  case missingColumn(String, line: Int)
  /// CSV: a quoted field that begins on this line never ends.
  case unbalancedQuote(line: Int)
  /// The file is a DNS zone, which is not read as an order.
  case zoneFile(line: Int)
  /// The file names nothing.
  case noTargets
}

extension OrderFileError: CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .empty: "the file is empty"
    case .tooLarge(let octets):
      "the file has \(octets) octets; at most \(OrderFile.maximumOctets) are read: split it"
    case .tooManyTargets(let line):
      "line \(line): more than \(OrderFile.maximumTargets) targets; split the file"
    case .lineTooLong(let line):
      """
      line \(line): longer than \(OrderFile.maximumLineOctets) octets; is a line break or a \
      closing quote missing?
      """
    case .notUTF8(let byte, let line):
      "line \(line): the file is not UTF-8 at byte \(byte); save it as UTF-8"
    case .notText(let byte, let line):
      "line \(line) holds a zero octet (octet \(byte) of the file), so this is no text; it was perhaps"
        + " written only in part"
    case .utf16: "the file is in UTF-16; save it as UTF-8"
    case .syntax(let line, let column, let reason):
      "line \(line), column \(column): \(reason)"
    case .truncated(let line, let column, let within):
      """
      line \(line), column \(column): the file ends in the middle of \(within); it was probably \
      written only in part
      """
    case .unknownKey(let key, let nearest, let line):
      "line \(line): an order has no field “\(key.shortened)”" + Self.hint(nearest)
    case .duplicateKey(let key, let line):
      "line \(line): the field “\(key.shortened)” is given twice; keep one"
    case .wrongType(let key, let expected, let found, let line):
      "line \(line): “\(key.shortened)” must be \(expected), but is \(found)"
    case .noHeader(let line):
      "line \(line): the first line must be the header, such as name,scope,party,note"
    case .wrongSeparator(let separator, let line):
      "line \(line): the columns are set apart by \(separator); use commas"
    case .unknownColumn(let column, let nearest, let line):
      "line \(line): there is no column “\(column.shortened)”" + Self.hint(nearest)
    case .duplicateColumn(let column, let line):
      "line \(line): the column “\(column.shortened)” stands twice in the header"
    case .missingColumn(let column, let line):
      "line \(line): the header lacks the column “\(column)”"
    case .unbalancedQuote(let line):
      "line \(line): a quoted field begins here and never ends; close its quote"
    case .zoneFile(let line):
      "line \(line): this is a DNS zone file, a form that is not read yet; give a list of names"
    case .noTargets: "the file names no target"
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; was “\($0)” meant?" } ?? ""
  }
}

extension String {
  /// At most 60 code points, for use inside a sentence.
  var shortened: String {
    let clipped = TargetCollector.clipped(self, 60)
    return clipped.utf8.count == utf8.count ? self : clipped + "…"
  }
}
