internal import Detection
internal import Yams

extension PackFile {
  private static let signalKeys = [
    "id", "role", "languages", "phrases", "patterns", "markup", "groups", "weight", "context",
    "minimum_count", "must_match", "must_not_match",
  ]
  private static let markupKeys = ["elements", "hosts", "paths", "query_keys", "script"]
  private static let contextKeys = ["near", "not_near", "within", "not_within"]
  private static let nearKeys = ["group", "characters"]
  private static let exampleKeys = ["text", "html"]

  static func signal(_ node: Node, _ reader: PolicyReader) throws(PolicyFileError) -> Signal {
    let fields = try reader.fields(of: node, at: "signals", known: signalKeys)
    return Signal(
      id: try fields.text("id"),
      role: try role(fields),
      languages: try fields.texts("languages", most: 32),
      phrases: try fields.texts("phrases"),
      patterns: try fields.texts("patterns", most: 200),
      markup: try markup(fields),
      groups: try fields.texts("groups", most: 32),
      weight: try fields.number("weight", in: -20...20, standard: 1),
      context: try context(fields),
      minimumCount: try fields.count("minimum_count", in: 1...1_000, standard: 1),
      mustMatch: try examples("must_match", fields),
      mustNotMatch: try examples("must_not_match", fields))
  }

  private static func role(
    _ fields: PolicyReader.Fields
  ) throws(PolicyFileError) -> Signal.Role {
    switch try fields.word(try fields.required("role"), "role", of: RoleWord.self) {
    case .venue: .category(.venue)
    case .tokenSale: .category(.tokenSale)
    case .paymentAcceptance: .category(.paymentAcceptance)
    case .solicitation: .category(.solicitation)
    case .reporting: .category(.reporting)
    case .none: .category(.none)
    case .context: .context
    }
  }

  /// The categories, and `context`.
  private enum RoleWord: String, CaseIterable {
    case venue
    case tokenSale = "token-sale"
    case paymentAcceptance = "payment-acceptance"
    case solicitation, reporting, none, context
  }

  private static func markup(
    _ fields: PolicyReader.Fields
  ) throws(PolicyFileError) -> [MarkupPattern] {
    guard let node = fields["markup"] else { return [] }
    let reader = fields.reader
    var patterns: [MarkupPattern] = []
    for entry in try reader.list(node, at: fields.key("markup"), most: 100) {
      let inner = try reader.fields(of: entry, at: fields.key("markup"), known: markupKeys)
      var elements: Set<MarkupElement> = []
      let words = try reader.list(
        try inner.required("elements"), at: inner.key("elements"), most: 16)
      for word in words {
        elements.insert(try inner.word(word, "elements", of: MarkupElement.self))
      }
      patterns.append(
        MarkupPattern(
          elements: elements, hosts: try inner.texts("hosts"), paths: try inner.texts("paths"),
          queryKeys: try inner.texts("query_keys"), script: try inner.texts("script")))
    }
    return patterns
  }

  private static func context(
    _ fields: PolicyReader.Fields
  ) throws(PolicyFileError) -> [ContextRule] {
    guard let node = fields["context"] else { return [] }
    let reader = fields.reader
    var rules: [ContextRule] = []
    for entry in try reader.list(node, at: fields.key("context"), most: 16) {
      let inner = try reader.fields(of: entry, at: fields.key("context"), known: contextKeys)
      if let near = inner["near"] {
        let (group, characters) = try distance(near, "near", inner)
        rules.append(.near(group: group, characters: characters))
      }
      if let near = inner["not_near"] {
        let (group, characters) = try distance(near, "not_near", inner)
        rules.append(.notNear(group: group, characters: characters))
      }
      if let within = inner["within"] {
        rules.append(.within(try regions(within, "within", inner)))
      }
      if let within = inner["not_within"] {
        rules.append(.notWithin(try regions(within, "not_within", inner)))
      }
    }
    return rules
  }

  private static func distance(
    _ node: Node, _ name: String, _ fields: PolicyReader.Fields
  ) throws(PolicyFileError) -> (group: String, characters: Int) {
    let inner = try fields.reader.fields(of: node, at: fields.key(name), known: nearKeys)
    return (try inner.text("group"), try inner.count("characters", in: 1...10_000))
  }

  private static func regions(
    _ node: Node, _ name: String, _ fields: PolicyReader.Fields
  ) throws(PolicyFileError) -> Set<Region> {
    var regions: Set<Region> = []
    for entry in try fields.reader.list(node, at: fields.key(name), most: 32) {
      regions.insert(try fields.word(entry, name, of: Region.self))
    }
    return regions
  }

  private static func examples(
    _ name: String, _ fields: PolicyReader.Fields
  ) throws(PolicyFileError) -> [Signal.Example] {
    guard let node = fields[name] else { return [] }
    let reader = fields.reader
    var examples: [Signal.Example] = []
    for entry in try reader.list(node, at: fields.key(name), most: 200) {
      if case .scalar = entry {
        examples.append(.text(try reader.text(entry, at: fields.key(name))))
        continue
      }
      let inner = try reader.fields(of: entry, at: fields.key(name), known: exampleKeys)
      if inner["text"] != nil { examples.append(.text(try inner.text("text"))) }
      if inner["html"] != nil { examples.append(.html(try inner.text("html"))) }
    }
    return examples
  }
}
