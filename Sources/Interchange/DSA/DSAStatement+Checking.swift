internal import Enforcement

/// Something in a statement that the database would refuse, or should.
public struct DSAFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field, by the database's name.
  public let field: String
  /// What is wrong, and what to do.
  public let reason: String

  /// The fault as a sentence.
  public var description: String { "\(field): \(reason)" }
}

extension DSAStatement {
  /// States of the European Economic Area, as the database codes them.
  public static let states: Set<String> = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
  ]

  /// All that the database would refuse; empty where it would take the statement.
  public var faults: [DSAFault] {
    var faults: [DSAFault] = []
    func demand(_ holds: Bool, _ field: String, _ reason: String) {
      if !holds { faults.append(DSAFault(field: field, reason: reason)) }
    }
    demand(Self.isIdentifier(puid), "puid", "use 1 to 500 letters, digits, hyphens or underscores")
    for (field, text, most) in texts {
      let count = text.unicodeScalars.count
      demand((1...most).contains(count), field, "has \(count) characters; 1 to \(most) are allowed")
    }
    demand(
      keywords.contains(.other) == (otherKeyword != nil), "category_specification_other",
      "goes with KEYWORD_OTHER, and only with it")
    if let language {
      demand(
        language.utf8.count == 2 && language.utf8.allSatisfy { (0x41...0x5A).contains($0) },
        "content_language", "must be two letters in upper case (ISO 639-1)")
    }
    demand(
      Self.isWithin(contentDate, fromYear: 2000), "content_date",
      "must lie between 2000-01-01 and 2038-01-01")
    demand(
      Self.isWithin(applied, fromYear: 2020), "application_date",
      "must lie between 2020-01-01 and 2038-01-01")
    if let until {
      demand(
        until.date >= applied.date && until.date <= "2038-01-01", endField,
        "must lie between the application and 2038-01-01")
      demand(decision != .accountTerminated, endField, "a closed account has no end")
    }
    demand(!territory.isEmpty, "territorial_scope", "name one state at least")
    for state in territory where !Self.states.contains(state) {
      demand(false, "territorial_scope", "\(state) is no state of the European Economic Area")
    }
    demand(Set(territory).count == territory.count, "territorial_scope", "names a state twice")
    return faults
  }

  /// Texts with the most characters that they may have.
  private var texts: [(String, String, Int)] {
    var texts = [("decision_facts", facts, 5_000)]
    switch ground {
    case .illegal(let law, let explanation):
      texts.append(("illegal_content_legal_ground", law, 500))
      texts.append(("illegal_content_explanation", explanation, 2_000))
    case .incompatible(let clause, let explanation):
      texts.append(("incompatible_content_ground", clause, 500))
      texts.append(("incompatible_content_explanation", explanation, 2_000))
    }
    if let otherKeyword { texts.append(("category_specification_other", otherKeyword, 500)) }
    return texts
  }

  /// The field of the end date that goes with the decision.
  var endField: String {
    switch decision {
    case .partialSuspension: "end_date_service_restriction"
    case .accountSuspended, .accountTerminated: "end_date_account_restriction"
    }
  }

  private static func isWithin(_ moment: Instant, fromYear year: Int) -> Bool {
    moment.date >= "\(year)-01-01" && moment.date <= "2038-01-01"
  }

  static func isIdentifier(_ text: String) -> Bool {
    (1...500).contains(text.utf8.count)
      && text.utf8.allSatisfy { octet in
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }
}
