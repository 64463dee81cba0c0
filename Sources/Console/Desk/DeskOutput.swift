internal import Foundation

/// Where a verb's output goes: in pieces, so that long ones need no memory.
public struct DeskOutput: Sendable {
  /// Takes what goes to standard output.
  public let out: @Sendable ([UInt8]) async throws -> Void
  /// Takes a sentence for standard error.
  public let err: @Sendable (String) async throws -> Void
  /// Shows lines in place of those shown before, where somebody looks on; nil where nobody does.
  public var live: (@Sendable ([String]) async -> Void)?
  /// Returns once the person wants a verb to end that would go on; nil where nobody can say so.
  var untilStopped: (@Sendable () async -> Void)?

  /// Takes the ways out.
  public init(
    out: @escaping @Sendable ([UInt8]) async throws -> Void,
    err: @escaping @Sendable (String) async throws -> Void,
    live: (@Sendable ([String]) async -> Void)? = nil
  ) {
    self.out = out
    self.err = err
    self.live = live
  }
}

/// Something to tell: as JSON to programs, as text to people.
protocol Tellable: Encodable, Sendable {
  func text(_ style: TextStyle) -> String
}

/// Writes tellable things in the form that was asked for, some at a time.
struct DeskTeller {
  let output: DeskOutput
  private let json: Bool
  private let style: TextStyle
  private var waiting: [UInt8] = []
  private let encoder = JSONEncoder()

  init(_ request: DeskRequest, output: DeskOutput) {
    self.init(json: request.json, color: request.color, output: output)
  }

  init(json: Bool, color: Bool, output: DeskOutput) {
    self.output = output
    self.json = json
    style = TextStyle(color: color)
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  mutating func tell(_ thing: some Tellable) async throws {
    if json {
      waiting += try encoder.encode(thing)
      waiting.append(UInt8(ascii: "\n"))
    } else {
      waiting += Array(thing.text(style).utf8)
    }
    if waiting.count > 1 << 16 { try await flush() }
  }

  /// Text for people only, such as a heading.
  mutating func remark(_ text: (TextStyle) -> String) {
    if !json { waiting += Array(text(style).utf8) }
  }

  mutating func raw(_ octets: [UInt8]) async throws {
    waiting += octets
    if waiting.count > 1 << 16 { try await flush() }
  }

  mutating func flush() async throws {
    guard !waiting.isEmpty else { return }
    try await output.out(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

/// How text for people looks: aligned, and coloured on a terminal.
struct TextStyle: Sendable {
  let color: Bool

  enum Tone: String {
    case good = "32"
    case warning = "33"
    case bad = "31"
    case faint = "2"
    case strong = "1"
  }

  func paint(_ text: String, _ tone: Tone) -> String {
    color ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Text padded to a width that all of a column share.
  func column(_ text: String, _ width: Int) -> String {
    text.count < width ? text + String(repeating: " ", count: width - text.count) : text
  }

  /// Lines of `label  value`, the values aligned.
  func fields(_ fields: [(String, String?)]) -> String {
    let present = fields.compactMap { label, value in value.map { (label, $0) } }
    let width = (present.map(\.0.count).max() ?? 0) + 2
    return present.map { column($0.0, width) + $0.1 + "\n" }.joined()
  }

  /// Control characters of foreign text made visible, so that it cannot steer the terminal.
  func safe(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
          Character("\u{FFFD}")
        default: Character(scalar)
        }
      })
  }
}
