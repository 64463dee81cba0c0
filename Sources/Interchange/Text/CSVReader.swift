/// Reads comma-separated rows (RFC 4180): quotes, doubled quotes, line breaks inside quotes.
///
/// CR LF, LF and CR all end a row. What breaks the grammar inside one row marks that row alone; a
/// quote that never ends is the file's fault, since nobody can say which rows it swallowed.
struct CSVReader {
  /// One row of the file.
  struct Row {
    /// The line on which it starts, counted from 1.
    let line: Int
    /// The fields, without their quotes.
    var fields: [String] = []
    /// The row as it stands in the file, without its end.
    var raw = ""
    /// What breaks the grammar, as a sentence; nil in a sound row.
    var fault: String?

    /// Whether nothing but white space stands here.
    var isBlank: Bool { fields.allSatisfy { $0.trimmedOfWhiteSpace.isEmpty } && fields.count <= 1 }
  }

  private let bytes: [UInt8]
  private var at: Int
  private var line = 1

  init(_ text: SourceText) {
    bytes = text.bytes
    at = text.start
  }

  /// The next row; nil at the end of the file.
  mutating func next() throws(OrderFileError) -> Row? {
    guard at < bytes.count else { return nil }
    let start = at
    var row = Row(line: line)
    repeat {
      row.fields.append(try field(of: &row, from: start))
    } while take(UInt8(ascii: ","))
    row.raw = String(decoding: bytes[start..<at], as: UTF8.self)
    takeLineBreak()
    return row
  }

  private mutating func field(of row: inout Row, from start: Int) throws(OrderFileError) -> String {
    guard take(UInt8(ascii: "\"")) else { return try plainField(of: &row, from: start) }
    let opened = line
    var octets: [UInt8] = []
    while true {
      guard at < bytes.count else { throw .unbalancedQuote(line: opened) }
      guard at - start <= OrderFile.maximumLineOctets else { throw .lineTooLong(line: row.line) }
      let octet = bytes[at]
      at += 1
      if octet == UInt8(ascii: "\"") {
        guard take(UInt8(ascii: "\"")) else { break }
      } else if octet == 0x0A || octet == 0x0D && (at == bytes.count || bytes[at] != 0x0A) {
        line += 1
      }
      octets.append(octet)
    }
    let tail = try plainField(of: &row, from: start)
    if !tail.utf8.allSatisfy({ $0 == 0x20 }) {
      row.fault = "Something stands behind a closing quote."
      octets += tail.utf8
    }
    return String(decoding: octets, as: UTF8.self)
  }

  /// Reads up to a comma or the end of the row.
  private mutating func plainField(
    of row: inout Row, from start: Int
  ) throws(OrderFileError) -> String {
    let first = at
    while at < bytes.count, bytes[at] != UInt8(ascii: ","), !bytes[at].isLineBreak {
      if bytes[at] == UInt8(ascii: "\"") { row.fault = "A quote stands inside an unquoted field." }
      at += 1
    }
    guard at - start <= OrderFile.maximumLineOctets else { throw .lineTooLong(line: row.line) }
    return String(decoding: bytes[first..<at], as: UTF8.self)
  }

  private mutating func take(_ octet: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == octet else { return false }
    at += 1
    return true
  }

  private mutating func takeLineBreak() {
    if take(0x0D) {
      _ = take(0x0A)
      line += 1
    } else if take(0x0A) {
      line += 1
    }
  }
}
