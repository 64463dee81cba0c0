internal import Enforcement

extension DSAStatement {
  /// The most statements of one submission.
  public static let batchLimit = 100

  /// The statement as JSON; what is not known is left out, for several rules refuse null.
  ///
  /// The same statement gives the same octets.
  ///
  /// - Returns: one object.
  /// - Throws: the first ``DSAFault``.
  public func encoded() throws(DSAFault) -> String {
    if let fault = faults.first { throw fault }
    return value.text
  }

  private var value: JSONValue {
    var members = [JSONValue.Member("puid", puid), decisionMember]
    if let until { members.append(JSONValue.Member(endField, until.date)) }
    if let isBusiness {
      members.append(
        JSONValue.Member(
          "account_type", isBusiness ? "ACCOUNT_TYPE_BUSINESS" : "ACCOUNT_TYPE_PRIVATE"))
    }
    members += groundMembers
    members.append(JSONValue.Member("category", category.rawValue))
    if !keywords.isEmpty {
      members.append(JSONValue.Member("category_specification", keywords.map(\.rawValue)))
    }
    if let otherKeyword {
      members.append(JSONValue.Member("category_specification_other", otherKeyword))
    }
    members.append(JSONValue.Member("content_type", ["CONTENT_TYPE_TEXT"]))
    if let language { members.append(JSONValue.Member("content_language", language)) }
    members += [
      JSONValue.Member("content_date", contentDate.date),
      JSONValue.Member("application_date", applied.date),
      JSONValue.Member("territorial_scope", territory), JSONValue.Member("decision_facts", facts),
      JSONValue.Member("source_type", source.rawValue),
      JSONValue.Member("automated_detection", automatedDetection ? "Yes" : "No"),
      JSONValue.Member("automated_decision", automatedDecision.rawValue),
    ]
    return .object(members)
  }

  private var decisionMember: JSONValue.Member {
    switch decision {
    case .partialSuspension: JSONValue.Member("decision_provision", decision.rawValue)
    case .accountSuspended, .accountTerminated:
      JSONValue.Member("decision_account", decision.rawValue)
    }
  }

  private var groundMembers: [JSONValue.Member] {
    switch ground {
    case .illegal(let law, let explanation):
      [
        JSONValue.Member("decision_ground", "DECISION_GROUND_ILLEGAL_CONTENT"),
        JSONValue.Member("illegal_content_legal_ground", law),
        JSONValue.Member("illegal_content_explanation", explanation),
      ]
    case .incompatible(let clause, let explanation):
      [
        JSONValue.Member("decision_ground", "DECISION_GROUND_INCOMPATIBLE_CONTENT"),
        JSONValue.Member("incompatible_content_ground", clause),
        JSONValue.Member("incompatible_content_explanation", explanation),
      ]
    }
  }
}
