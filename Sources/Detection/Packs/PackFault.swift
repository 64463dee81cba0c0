/// Why packs cannot be used.
public struct PackFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The pack's label, such as `crypto-trading@1`.
  public var pack: String
  /// The signal at fault; nil where it is the pack as a whole.
  public var signal: String?
  /// What is wrong.
  public var reason: Reason

  /// What can be wrong with a pack.
  public enum Reason: Sendable, Hashable {
    /// A name is taken, or is no name.
    case badName(String)
    /// Nothing to look for, or an empty phrase.
    case nothingToMatch
    /// A regular expression does not compile, or it would match everywhere.
    case badPattern(String, explanation: String)
    /// A rule names a group that no signal forms.
    case unknownGroup(String)
    /// A number is out of its bounds.
    case outOfBounds(field: String, value: String)
    /// An example does not meet the signal, though it must.
    case exampleNotMet(String)
    /// An example meets the signal, though it must not; with the text that met it.
    case exampleMet(String, text: String)
    /// The library refused all patterns together.
    case notCompiled(String)
  }

  /// Takes the parts.
  public init(pack: String, signal: String?, reason: Reason) {
    self.pack = pack
    self.signal = signal
    self.reason = reason
  }

  /// The reason as a sentence.
  public var description: String {
    let place = signal.map { "pack \(pack), signal \($0)" } ?? "pack \(pack)"
    return switch reason {
    case .badName(let name):
      "\(place): '\(name)' is taken or is no name; use lower-case letters, digits, '-' and '.'"
    case .nothingToMatch: "\(place): there is nothing to look for, or a phrase is empty"
    case .badPattern(let pattern, let explanation):
      "\(place): the pattern '\(pattern)' cannot be used: \(explanation)"
    case .unknownGroup(let group): "\(place): no signal forms the group '\(group)'"
    case .outOfBounds(let field, let value): "\(place): \(field) is out of bounds: \(value)"
    case .exampleNotMet(let example): "\(place): this example must meet it and does not: \(example)"
    case .exampleMet(let example, let text):
      "\(place): this example must not meet it, and '\(text)' does: \(example)"
    case .notCompiled(let explanation): "\(place): Vectorscan refuses it: \(explanation)"
    }
  }
}
