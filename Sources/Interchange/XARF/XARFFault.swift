/// Why a report cannot be written.
public enum XARFFault: Error, Sendable, Hashable {
  /// A field is empty, too long, or not of the form that the format demands.
  case badField(name: String, value: String, reason: String)
  /// There are more of something than the format allows.
  case tooMany(name: String, count: Int, limit: Int)
  /// An exhibit, or all of them together, hold more octets than the format allows.
  case exhibitsTooLarge(octets: Int, limit: Int)
}

extension XARFFault: CustomStringConvertible {
  /// The fault as a sentence.
  public var description: String {
    switch self {
    case .badField(let name, let value, let reason):
      "the report's \(name) is \"\(value.prefix(80))\": \(reason)"
    case .tooMany(let name, let count, let limit):
      "the report has \(count) \(name); the format allows \(limit)"
    case .exhibitsTooLarge(let octets, let limit):
      "the report's evidence has \(octets) octets; the format allows \(limit)"
    }
  }
}
