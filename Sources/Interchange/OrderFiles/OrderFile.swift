public import Enforcement

/// The forms in which an order file is read.
public enum OrderFormat: String, Sendable, Hashable, CaseIterable {
  /// The full form: the order's own fields and its targets.
  case json
  /// `name,scope,party,note` with a header.
  case csv
  /// A name a line.
  case text
  /// An address and the names that it stands for, a line.
  case hosts
  /// The register of non-compliant providers as ESMA publishes it.
  case esma
}

/// What an order file says: its terms as they are claimed, and its targets line by line.
///
/// Reading never guesses and never drops: each target of the file is one ``Enforcement/SourceLine``,
/// read with certainty or marked with the reason why it could not be.
public struct OrderFile: Sendable, Hashable {
  /// The form in which it was read.
  public var format: OrderFormat
  /// The order's own fields; empty where the form has none.
  public var claim: OrderClaim
  /// The targets in the order of the file.
  public var lines: [SourceLine]

  /// Whether this is a register: what it names needs an order before it is blocked.
  public var isRegister: Bool { format == .esma }

  /// Takes what was read.
  public init(format: OrderFormat, claim: OrderClaim = OrderClaim(), lines: [SourceLine]) {
    self.format = format
    self.claim = claim
    self.lines = lines
  }

  /// The most octets a file may have.
  public static let maximumOctets = 64 * 1024 * 1024
  /// The most targets a file may name.
  public static let maximumTargets = 5_000_000
  /// The most octets a line, a CSV row or a JSON text may have.
  public static let maximumLineOctets = 64 * 1024
}

extension OrderFile {
  /// Reads an order file.
  ///
  /// Line numbers count from 1 as an editor counts; a CSV row bears the number of the line on
  /// which it starts. In JSON it is the position of the target.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, in UTF-8, with or without a byte order mark.
  ///   - format: its form; nil to detect it.
  ///   - fileName: helps to detect the form.
  ///   - defaultScope: the scope of lines that give none. It does not apply to hosts files, which
  ///     always name single hosts, nor to `*.name`, which says by itself what it covers.
  /// - Returns: the order's fields and its targets, one line each.
  /// - Throws: ``OrderFileError`` where the file as a whole cannot be read.
  public static func read(
    _ bytes: [UInt8],
    format: OrderFormat? = nil,
    fileName: String? = nil,
    defaultScope: Scope? = nil
  ) throws(OrderFileError) -> OrderFile {
    let text = try SourceText(bytes)
    let format = format ?? OrderFormat.detected(in: bytes, fileName: fileName)
    var targets = TargetCollector(defaultScope: defaultScope)
    var claim = OrderClaim()
    switch format {
    case .json:
      var reader = JSONOrderReader(text)
      claim = try reader.read(into: &targets)
    case .csv: try readTable(text, into: &targets)
    case .text: try readList(text, into: &targets)
    case .hosts: try readHosts(text, into: &targets)
    case .esma: try readRegister(text, into: &targets)
    }
    guard !targets.lines.isEmpty else { throw .noTargets }
    return OrderFile(format: format, claim: claim, lines: targets.lines)
  }
}
