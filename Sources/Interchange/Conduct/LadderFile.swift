public import Enforcement
internal import Yams

/// Reads ladders: YAML, one a file.
///
/// ```yaml
/// ladder: standard
/// version: 1
/// window_days: 90
/// infractions:
///   - {kind: solicitation, points: 4, gravity: serious, decay_days: 180}
/// rungs:
///   - {points: 1, sanction: warn}
///   - {points: 8, sanction: restrict, restrictions: [posting, links], days: 7, needs_warning: true}
///   - {points: 16, sanction: suspend, days: 30, needs_warning: true, unless_gravity: grave}
///   - {points: 32, sanction: close, needs_warning: true, least_share: 100}
/// ```
///
/// Whether rungs follow each other and officers suffice is for the law of the house to say.
public enum LadderFile {
  /// The most kinds of infractions, and the most rungs.
  public static let limit = 200

  private static let keys = ["ladder", "version", "window_days", "infractions", "rungs"]
  private static let weightKeys = ["kind", "points", "gravity", "decay_days"]
  private static let rungKeys = [
    "points", "sanction", "restrictions", "days", "needs_warning", "unless_gravity", "least_share",
    "approvals",
  ]

  /// Reads one ladder.
  ///
  /// - Parameters:
  ///   - bytes: the file in UTF-8.
  ///   - fileName: what errors call it.
  /// - Returns: the ladder.
  /// - Throws: ``PolicyFileError`` with line and key, for the first fault.
  public static func read(_ bytes: [UInt8], fileName: String) throws(PolicyFileError) -> Ladder {
    let reader = PolicyReader(fileName: fileName)
    let fields = try reader.fields(of: try reader.root(bytes), at: nil, known: keys)
    var weights: [Ladder.Weight] = []
    for node in try reader.list(
      try fields.required("infractions"), at: "infractions", most: limit)
    {
      weights.append(try weight(node, reader))
    }
    var rungs: [Ladder.Rung] = []
    for node in try reader.list(try fields.required("rungs"), at: "rungs", most: limit) {
      rungs.append(try rung(node, reader))
    }
    return Ladder(
      name: try fields.slug("ladder"), version: try fields.count("version", in: 1...1_000_000),
      infractions: weights, rungs: rungs,
      windowDays: try fields.count("window_days", in: 1...366, standard: 90))
  }

  private static func weight(
    _ node: Node, _ reader: PolicyReader
  ) throws(PolicyFileError) -> Ladder.Weight {
    let fields = try reader.fields(of: node, at: "infractions", known: weightKeys)
    return Ladder.Weight(
      kind: try fields.slug("kind"), points: try fields.count("points", in: 1...1_000),
      gravity: try fields.word(try fields.required("gravity"), "gravity", of: Gravity.self),
      decayDays: try fields.optionalCount("decay_days", in: 1...36_600))
  }

  private static func rung(
    _ node: Node, _ reader: PolicyReader
  ) throws(PolicyFileError) -> Ladder.Rung {
    let fields = try reader.fields(of: node, at: "rungs", known: rungKeys)
    var gravity: Gravity?
    if let node = fields["unless_gravity"] {
      gravity = try fields.word(node, "unless_gravity", of: Gravity.self)
    }
    return Ladder.Rung(
      points: try fields.count("points", in: 1...1_000_000),
      sanction: try fields.sanctionTerms(),
      needsWarning: try fields.flag("needs_warning"), unlessGravity: gravity,
      leastShare: try fields.count("least_share", in: 0...1_000, standard: 0),
      approvals: try fields.optionalCount("approvals", in: 0...8))
  }
}

extension PolicyReader.Fields {
  func slug(_ name: String) throws(PolicyFileError) -> Slug {
    let node = try required(name)
    let text = try reader.text(node, at: key(name))
    guard let slug = Slug(text: text) else {
      throw reader.fault(
        node, key(name),
        "“\(text.shortened)” is no short name: use up to 40 lower-case letters, digits and hyphens")
    }
    return slug
  }

  func slugs(_ name: String) throws(PolicyFileError) -> [Slug] {
    var slugs: [Slug] = []
    for text in try texts(name, most: 200) {
      guard let slug = Slug(text: text) else {
        throw reader.fault(
          members[name], key(name), "“\(text.shortened)” is no short name in lower case")
      }
      slugs.append(slug)
    }
    return slugs
  }

  /// A whole number; nil where there is none.
  func optionalCount(_ name: String, in bounds: ClosedRange<Int>) throws(PolicyFileError) -> Int? {
    members[name] == nil ? nil : try count(name, in: bounds)
  }

  /// `true` or `false`; false where there is none.
  func flag(_ name: String) throws(PolicyFileError) -> Bool {
    guard let node = members[name] else { return false }
    switch try reader.text(node, at: key(name)) {
    case "true": return true
    case "false": return false
    case let other:
      throw reader.fault(node, key(name), "must be true or false, not “\(other.shortened)”")
    }
  }

  /// The members `sanction`, `restrictions` and `days`.
  fileprivate func sanctionTerms() throws(PolicyFileError) -> SanctionTerms {
    let kind = try word(try required("sanction"), "sanction", of: SanctionKind.self)
    var restrictions: [Restriction] = []
    if let node = members["restrictions"] {
      for entry in try reader.list(node, at: key("restrictions"), most: 16) {
        restrictions.append(try word(entry, "restrictions", of: Restriction.self))
      }
    }
    let days = try optionalCount("days", in: 1...366)
    switch kind {
    case .warn, .close:
      guard days == nil, restrictions.isEmpty else {
        throw reader.fault(
          members["sanction"], key("sanction"), "“\(kind.rawValue)” has no days and no restrictions"
        )
      }
    case .restrict:
      guard days != nil, !restrictions.isEmpty else {
        throw reader.fault(
          members["sanction"], key("sanction"), "“restrict” needs days, and what is restricted")
      }
    case .suspend:
      guard days != nil, restrictions.isEmpty else {
        throw reader.fault(
          members["sanction"], key("sanction"), "“suspend” needs days, and no restrictions")
      }
    }
    return SanctionTerms(kind: kind, restrictions: restrictions, days: days)
  }
}
