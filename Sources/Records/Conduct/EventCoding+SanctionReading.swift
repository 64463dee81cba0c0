internal import Enforcement
internal import TransparencyLog

/// What happened to sanctions, appeals, leads, batches and reports, read back.
extension EntryFields {
  /// What happened to a sanction; nil where the kind is another.
  func sanctionChange(_ kind: String) throws(StoreError) -> ConductChange? {
    switch kind {
    case "sanction.proposed":
      return .sanctionProposed(
        try id("sanction"), try id("account"), try plan(), reason: sealedText("reason"))
    case "sanction.approved":
      return .sanctionApproved(try id("sanction"), reason: sealedText("reason"))
    case "sanction.declined":
      return .sanctionDeclined(try id("sanction"), reason: sealedText("reason"))
    case "sanction.imposed":
      let plan = try plan()
      return .sanctionImposed(
        try id("sanction"), try id("account"), plan, try sanctionNotice(of: plan))
    case "sanction.confirmed": return .sanctionConfirmed(try id("sanction"))
    case "sanction.notice-delivered": return .noticeDelivered(try id("sanction"))
    case "sanction.reduced":
      return .sanctionReduced(
        try id("sanction"), try terms(try object("terms")),
        until: try optionalInstant("until", in: data), try choice("cause"))
    case "sanction.lifted":
      return .sanctionLifted(
        try id("sanction"), try choice("cause"), due: try optionalInstant("due", in: data),
        reason: sealedText("reason"))
    default: return nil
    }
  }

  /// What happened to an appeal, a lead, a batch or a report; nil where the kind is another.
  func otherConductChange(_ kind: String) throws(StoreError) -> ConductChange? {
    switch kind {
    case "appeal.filed":
      return .appealFiled(try id("appeal"), try id("sanction"), text: sealedText("text"))
    case "appeal.message": return .appealMessage(try id("appeal"), text: sealedText("text"))
    case "appeal.decided":
      return .appealDecided(try id("appeal"), try outcome(), reason: sealedText("reason"))
    case "lead.noted":
      var lead = Lead(
        id: try id("lead"), account: try id("account"), earlier: try id("earlier"),
        kind: try choice("trait"))
      lead.settled = data["settled"] == nil ? nil : try choice("settled")
      return .leadNoted(lead)
    case "lead.settled":
      return .leadSettled(try id("lead"), try choice("settled"), reason: sealedText("reason"))
    case "batch.proposed": return .batchProposed(try batch(), reason: sealedText("reason"))
    case "batch.approved": return .batchApproved(try id("batch"), reason: sealedText("reason"))
    case "batch.moved":
      return .batchMoved(try id("batch"), try choice("state"), reason: sealedText("reason"))
    case "report.made": return .reportMade(try report())
    case "report.received": return .reportReceived(try id("report"), receipt: sealedText("receipt"))
    default: return nil
    }
  }

  // MARK: Groups of fields

  func terms(_ object: CanonicalJSON) throws(StoreError) -> SanctionTerms {
    var restrictions: [Restriction] = []
    for value in object["restrictions"]?.array ?? [] {
      guard let restriction = value.string.flatMap(Restriction.init(rawValue:)) else {
        throw .corrupt("the entry has an unknown restriction")
      }
      restrictions.append(restriction)
    }
    return SanctionTerms(
      kind: try choice("kind", in: object), restrictions: restrictions,
      days: try optionalNumber("days", in: object))
  }

  private func automation(_ object: CanonicalJSON) throws(StoreError) -> SanctionPlan.Automation {
    SanctionPlan.Automation(
      detection: try flag("detection", in: object), decision: try flag("decision", in: object))
  }

  private func plan() throws(StoreError) -> SanctionPlan {
    SanctionPlan(
      terms: try terms(try object("terms")), ground: try ground("ground"),
      approvals: try number("approvals", in: data),
      automation: try automation(try object("automation")),
      batch: data["batch"] == nil ? nil : try id("batch"))
  }

  private func ground(_ name: String) throws(StoreError) -> SanctionGround {
    let object = try object(name)
    var ladder: LadderReference?
    if let text = object["ladder"]?.string {
      let (name, version) = try versioned(text)
      ladder = LadderReference(name: name, version: version)
    }
    var setAside: [SanctionGround.SetAside] = []
    for rung in object["set_aside"]?.array ?? [] {
      setAside.append(
        SanctionGround.SetAside(
          kind: try choice("kind", in: rung), why: try choice("why", in: rung)))
    }
    return SanctionGround(
      infractions: try list(name + "_infractions"), points: try number("points", in: object),
      rungPoints: try number("rung_points", in: object), ladder: ladder,
      clauses: (sealedArray(name + "_clauses") ?? []).compactMap(\.string),
      share: try number("share", in: object),
      gravity: object["gravity"] == nil ? nil : try choice("gravity", in: object),
      warned: try flag("warned", in: object), reached: try number("reached", in: object),
      setAside: setAside)
  }

  private func sanctionNotice(of plan: SanctionPlan) throws(StoreError) -> SanctionNotice {
    let object = try object("notice")
    return SanctionNotice(
      language: try text("language", in: object),
      terms: try object["terms"].map { json throws(StoreError) in try terms(json) } ?? plan.terms,
      until: try optionalInstant("until", in: object),
      territory: (object["territory"]?.array ?? []).compactMap(\.string),
      ground: data["notice_ground"] == nil ? plan.ground : try ground("notice_ground"),
      automation: try object["automation"].map { json throws(StoreError) in
        try automation(json)
      } ?? plan.automation,
      appealAddress: sealedText("appeal_address"),
      appealDays: try number("appeal_days", in: object))
  }

  private func outcome() throws(StoreError) -> AppealOutcome {
    switch try text("outcome") {
    case "upheld": return .upheld
    case "reduced": return .reduced(try terms(try object("terms")))
    case "overturned": return .overturned(try list("infractions"))
    default: throw .corrupt("the entry decides an appeal in an unknown way")
    }
  }

  private func batch() throws(StoreError) -> Batch {
    let action: Batch.Action
    switch try text("action") {
    case "lift": action = .lift
    case "impose": action = .impose(try terms(try object("terms")), clause: sealedText("clause"))
    default: throw .corrupt("the entry proposes an unknown action")
    }
    var batch = Batch(
      id: try id("batch"), action: action, accounts: try list("accounts"), by: try actor("by"))
    batch.state = try choice("state")
    return batch
  }

  private func report() throws(StoreError) -> Report {
    let content = sealedValue("content").flatMap { ContentDigest(hex: $0) }
    var report = Report(
      id: try id("report"), kind: try choice("report_kind"), sanctions: try list("sanctions"),
      corrects: data["corrects"] == nil ? nil : try id("corrects"), content: content ?? .erased,
      made: try instant("made", in: data), key: try text("key"))
    report.receipt = sealedValue("receipt")
    return report
  }
}
