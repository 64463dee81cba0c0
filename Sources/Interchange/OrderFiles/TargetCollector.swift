internal import Enforcement

/// Gathers the targets of a file, and keeps the rules that hold for every form.
struct TargetCollector {
  private(set) var lines: [SourceLine] = []
  let defaultScope: Scope?

  /// The most characters of a line that are kept as its text.
  static let maximumInput = 1000
  /// The most characters of a party's name.
  static let maximumParty = 200
  /// The most characters of a remark.
  static let maximumNote = 1000

  init(defaultScope: Scope?) {
    self.defaultScope = defaultScope
  }

  /// Adds a target as it was read, with the scope that the file gives as text.
  mutating func add(
    _ id: LineID,
    input: String,
    reading: Reading,
    scope: String? = nil,
    party: String? = nil,
    note: String? = nil
  ) throws(OrderFileError) {
    guard lines.count < OrderFile.maximumTargets else { throw .tooManyTargets(line: id.line) }
    var line = SourceLine(id: id, input: Self.clipped(input, Self.maximumInput), reading: reading)
    line.party = Self.cell(party)
    line.note = Self.cell(note)
    settleScope(of: &line, given: Self.cell(scope))
    bound(&line.party, "party", Self.maximumParty, of: &line.reading)
    bound(&line.note, "note", Self.maximumNote, of: &line.reading)
    lines.append(line)
  }

  /// Adds a target that cannot be read.
  mutating func quarantine(
    _ id: LineID,
    input: String,
    _ reason: Quarantine,
    party: String? = nil,
    note: String? = nil
  ) throws(OrderFileError) {
    try add(id, input: input, reading: .unreadable(reason.reason), party: party, note: note)
  }

  private func settleScope(of line: inout SourceLine, given: String?) {
    if let given {
      guard let scope = Scope(rawValue: given.lowercased()) else {
        return Self.quarantine(&line.reading, .badScope(given))
      }
      line.scope = scope
      if scope == .exact, case .name(let name, .wildcard) = line.reading {
        Self.quarantine(&line.reading, .exactWildcard(name))
      }
    } else if case .name(_, .wildcard) = line.reading {
      line.scope = nil
    } else {
      line.scope = defaultScope
    }
  }

  /// Marks a reading as unreadable, unless it has its own reason already.
  private static func quarantine(_ reading: inout Reading, _ reason: Quarantine) {
    if case .unreadable = reading { return }
    reading = .unreadable(reason.reason)
  }

  /// Quarantines a line whose field is longer than the record can hold, and keeps the start.
  private func bound(
    _ field: inout String?, _ name: String, _ limit: Int, of reading: inout Reading
  ) {
    guard let text = field, text.unicodeScalars.count > limit else { return }
    field = Self.clipped(text, limit)
    Self.quarantine(&reading, .fieldTooLong(name, limit))
  }

  /// A cell's text without outer white space; nil where nothing is left.
  private static func cell(_ text: String?) -> String? {
    guard let text else { return nil }
    let trimmed = text.trimmedOfWhiteSpace
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  /// At most `limit` code points of a text.
  static func clipped(_ text: String, _ limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  }
}
