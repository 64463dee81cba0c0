internal import Enforcement

/// The columns of an order's CSV form.
enum TableColumn: String, CaseIterable {
  case name
  case scope
  case party
  case note
}

/// The header of a CSV file: which column stands where.
struct TableHeader {
  /// The number of columns.
  let width: Int
  private var places: [String: Int] = [:]

  /// Reads the header's names, in any case and order, each at most once.
  init(_ row: CSVReader.Row) throws(OrderFileError) {
    width = row.fields.count
    for (place, field) in row.fields.enumerated() {
      let column = field.trimmedOfWhiteSpace.lowercased()
      guard places.updateValue(place, forKey: column) == nil else {
        throw .duplicateColumn(column, line: row.line)
      }
    }
  }

  /// Where a column stands.
  func place(of column: String) -> Int? { places[column] }

  /// The columns in the order of the file.
  var columns: [String] { places.sorted { $0.value < $1.value }.map(\.key) }

  /// The sentence for a row that has not the header's number of fields; nil where it has.
  func fault(in row: CSVReader.Row) -> String? {
    if let fault = row.fault { return fault }
    guard row.fields.count != width else { return nil }
    return "The row has \(row.fields.count) fields, but the header has \(width)."
  }
}

extension OrderFile {
  /// Reads `name,scope,party,note`.
  static func readTable(
    _ text: SourceText, into targets: inout TargetCollector
  ) throws(OrderFileError) {
    var rows = CSVReader(text)
    let header = try tableHeader(from: &rows)
    while let row = try rows.next() {
      if row.isBlank { continue }
      let id = LineID(line: row.line)
      if let fault = header.fault(in: row) {
        try targets.quarantine(id, input: row.raw, .badRow(fault))
        continue
      }
      func cell(_ column: TableColumn) -> String? {
        header.place(of: column.rawValue).map { row.fields[$0] }
      }
      let name = cell(.name) ?? ""
      try targets.add(
        id, input: name, reading: TargetReader.read(name),
        scope: cell(.scope), party: cell(.party), note: cell(.note))
    }
  }

  /// Takes the first row that is not blank, and checks that it is a header we know.
  private static func tableHeader(
    from rows: inout CSVReader
  ) throws(OrderFileError) -> TableHeader {
    var first = try rows.next()
    while let row = first, row.isBlank { first = try rows.next() }
    guard let row = first else { throw .empty }
    if row.fields.count == 1, let separator = otherSeparator(in: row.fields[0]) {
      throw .wrongSeparator(separator, line: row.line)
    }
    let header = try TableHeader(row)
    let known = TableColumn.allCases.map(\.rawValue)
    guard header.columns.contains(where: known.contains) else { throw .noHeader(line: row.line) }
    if let unknown = header.columns.first(where: { !known.contains($0) }) {
      throw .unknownColumn(
        unknown, nearest: NearestWord.to(unknown, among: known), line: row.line)
    }
    guard header.place(of: TableColumn.name.rawValue) != nil else {
      throw .missingColumn(TableColumn.name.rawValue, line: row.line)
    }
    return header
  }

  /// What sets the columns apart in a header that has none by commas.
  private static func otherSeparator(in header: String) -> String? {
    let separators: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
    return separators.first { separator in
      header.contains(separator.0)
        && header.split(separator: separator.0).contains {
          TableColumn(rawValue: $0.trimmedOfWhiteSpace.lowercased()) != nil
        }
    }?.1
  }
}
