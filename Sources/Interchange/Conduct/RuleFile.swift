public import Enforcement
internal import Yams

/// Reads conduct rules: YAML, any number a file.
///
/// ```yaml
/// rules:
///   - rule: solicits-trading
///     version: 1
///     category: solicitation       # of the verdict
///     least_score: 0.9
///     platforms: [forum]           # all where left out
///     accounts: [business, media]  # all where left out, unknown ones included
///     kind: solicitation           # what the ladder gives points for
///     clause: "Terms of use 4.2: no solicitation of unlicensed trading"
///     asks_person: false
///     breaker: {share: 50, window: 2000, least: 20}
/// ```
public enum RuleFile {
  /// The most rules of a file.
  public static let limit = 500

  private static let keys = [
    "rule", "version", "category", "least_score", "platforms", "accounts", "kind", "clause",
    "asks_person", "breaker",
  ]

  /// Reads rules; each is a draft of the person who brings the file.
  ///
  /// - Parameters:
  ///   - bytes: the file in UTF-8.
  ///   - fileName: what errors call it.
  ///   - author: who brings it.
  /// - Returns: the rules, in order.
  /// - Throws: ``PolicyFileError`` with line and key, for the first fault.
  public static func read(
    _ bytes: [UInt8], fileName: String, author: Actor
  ) throws(PolicyFileError) -> [ConductRule] {
    let reader = PolicyReader(fileName: fileName)
    let fields = try reader.fields(of: try reader.root(bytes), at: nil, known: ["rules"])
    var rules: [ConductRule] = []
    for node in try reader.list(try fields.required("rules"), at: "rules", most: limit) {
      let next = try rule(node, reader, author)
      guard !rules.contains(where: { $0.reference == next.reference }) else {
        throw reader.fault(node, "rules", "\(next.reference) is given twice; keep one")
      }
      rules.append(next)
    }
    return rules
  }

  private static func rule(
    _ node: Node, _ reader: PolicyReader, _ author: Actor
  ) throws(PolicyFileError) -> ConductRule {
    let fields = try reader.fields(of: node, at: "rules", known: keys)
    let clause = try fields.text("clause")
    guard (1...500).contains(clause.utf8.count) else {
      throw reader.fault(fields["clause"], fields.key("clause"), "must have 1 to 500 octets")
    }
    return ConductRule(
      reference: RuleReference(
        rule: try fields.slug("rule"), version: try fields.count("version", in: 1...1_000_000)),
      category: try fields.word(
        try fields.required("category"), "category", of: FindingCategory.self),
      leastScore: try fields.number("least_score", in: 0...1),
      platforms: try fields.slugs("platforms"), accounts: try fields.slugs("accounts"),
      kind: try fields.slug("kind"), clause: clause, asksPerson: try fields.flag("asks_person"),
      breaker: try breaker(fields, reader), stage: .draft, author: author)
  }

  private static func breaker(
    _ fields: PolicyReader.Fields, _ reader: PolicyReader
  ) throws(PolicyFileError) -> ConductRule.Breaker {
    let usual = ConductRule.Breaker()
    guard let node = fields["breaker"] else { return usual }
    let bounds = try reader.fields(
      of: node, at: fields.key("breaker"), known: ["share", "window", "least"])
    return ConductRule.Breaker(
      share: try bounds.count("share", in: 1...1_000, standard: usual.share),
      window: try bounds.count("window", in: 10...1_000_000, standard: usual.window),
      least: try bounds.count("least", in: 1...1_000_000, standard: usual.least))
  }
}
