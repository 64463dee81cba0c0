public import DomainNames

/// A list of popular names, most popular first: `rank,name`, or a name a line.
public struct PopularityFile: Sendable, Hashable {
  /// The names in rank order.
  public var names: [DomainName]
  /// How many lines could not be read.
  public var badLineCount: Int
  /// The first of them, at most ``maximumBadLines``.
  public var badLines: [BadLine]

  /// A line that could not be read.
  public struct BadLine: Sendable, Hashable, CustomStringConvertible {
    /// Counted from 1.
    public let line: Int
    /// Its text, at most 60 characters.
    public let text: String

    /// The line as a sentence.
    public var description: String { "line \(line): “\(text)” is neither a name nor rank,name" }
  }

  /// The most bad lines that are kept with their text.
  public static let maximumBadLines = 20

  /// Reads a popularity file; `#` starts a comment.
  ///
  /// Lines with a rank are put in the order of their ranks, lines without one stay in the order
  /// of the file, before those that have one.
  ///
  /// - Throws: ``OrderFileError`` where the octets are no text.
  public static func read(_ bytes: [UInt8]) throws(OrderFileError) -> PopularityFile {
    let text = try SourceText(bytes)
    var ranked: [(rank: Int, name: DomainName)] = []
    var file = PopularityFile(names: [], badLineCount: 0, badLines: [])
    var lines = LineSequence(text.content)
    while let line = lines.next() {
      let content = line.bytes.prefix { $0 != UInt8(ascii: "#") }.trimmedOfASCIISpace
      guard !content.isEmpty else { continue }
      if let entry = entry(content) {
        ranked.append(entry)
      } else {
        file.note(line)
      }
    }
    // A file that is in order already, as most are, is not sorted again.
    let isSorted = zip(ranked, ranked.dropFirst()).allSatisfy { $0.rank <= $1.rank }
    if !isSorted {
      ranked = ranked.enumerated()
        .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        .map(\.element)
    }
    file.names = ranked.map(\.name)
    return file
  }

  private static func entry(_ content: ArraySlice<UInt8>) -> (rank: Int, name: DomainName)? {
    let comma = content.firstIndex(of: UInt8(ascii: ","))
    let nameBytes = (comma.map { content[($0 + 1)...] } ?? content).trimmedOfASCIISpace
    var rank = 0
    if let comma {
      let digits = content[..<comma].trimmedOfASCIISpace
      guard digits.allSatisfy(\.isDigit),
        let number = Int(String(decoding: digits, as: UTF8.self))
      else { return nil }
      rank = number
    }
    let text = String(decoding: nameBytes, as: UTF8.self)
    guard let name = try? HostName.read(text), !name.isRoot else { return nil }
    return (rank, name)
  }

  private mutating func note(_ line: LineSequence.Line) {
    badLineCount += 1
    guard badLines.count < Self.maximumBadLines else { return }
    let text = String(decoding: line.bytes.prefix(240), as: UTF8.self)
    badLines.append(BadLine(line: line.number, text: TargetCollector.clipped(text, 60)))
  }
}
