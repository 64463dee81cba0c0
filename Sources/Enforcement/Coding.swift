/// A value that stands in files and on the wire as one text.
public protocol TextCodable: Codable, CustomStringConvertible {
  /// Reads the text; nil where it is none.
  init?(text: String)
}

extension TextCodable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is no \(Self.self)")
    }
    self = value
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Instant: TextCodable {
  /// Reads RFC 3339.
  public init?(text: String) { self.init(text) }
}

extension OrderID: TextCodable {
  /// Reads a number such as `o-20260824-1`.
  public init?(text: String) { self.init(text) }
}

extension PersonName: TextCodable {
  /// Reads a name.
  public init?(text: String) { self.init(text) }
}

extension Actor: TextCodable {
  /// Reads a person's name, or `system`.
  public init?(text: String) {
    guard text != Self.systemName else {
      self = .system
      return
    }
    guard let name = PersonName(text) else { return nil }
    self = .person(name)
  }
}

extension LineID: TextCodable, CodingKeyRepresentable {
  /// Reads `12` or `12.2`.
  public init?(text: String) { self.init(text) }

  /// The line as a key of a dictionary.
  public var codingKey: any CodingKey { LineKey(stringValue: description) }

  /// Reads a key of a dictionary.
  public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }

  private struct LineKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
