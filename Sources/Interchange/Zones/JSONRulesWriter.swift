internal import DomainNames
public import Enforcement

/// Writes the rules in force as one JSON object: everything they say, one rule a line.
public struct JSONRulesWriter: Sendable {
  /// The moment that the file states for itself.
  public var generatedAt: Instant

  /// Takes what the rules do not say.
  public init(generatedAt: Instant) {
    self.generatedAt = generatedAt
  }

  /// Writes the file piece by piece; the same rules and moment give the same octets.
  ///
  /// - Parameters:
  ///   - rules: the rules in force, in any order; observing ones are written too.
  ///   - sink: takes the pieces in their order.
  /// - Throws: what `sink` throws.
  public func write<Failure: Error>(
    _ rules: some Sequence<EnforcedRule>,
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let sorted = rules.inCanonicalOrder
    var output = ChunkedOutput<Failure>()
    try output.append(
      "{\"generated\":\"\(generatedAt)\",\"count\":\(sorted.count),\"rules\":[", to: sink)
    for (index, rule) in sorted.enumerated() {
      try output.append((index == 0 ? "\n" : ",\n") + Self.object(rule), to: sink)
    }
    try output.append("\n]}\n", to: sink)
    try output.finish(to: sink)
  }

  private static func object(_ rule: EnforcedRule) -> String {
    let members = [
      ("name", rule.name.description), ("scope", rule.scope.rawValue),
      ("answer", rule.answer.rawValue), ("mode", rule.mode.rawValue),
      ("order", rule.order.text), ("reference", rule.reference),
      ("authority", rule.authority), ("until", rule.until.description),
    ]
    return "{" + members.map { "\"\($0)\":\(JSONValue.quoted($1))" }.joined(separator: ",") + "}"
  }
}
