internal import Detection
internal import Enforcement
internal import Records
internal import Watch

// MARK: - What a person has seen to be nothing

extension Desk {
  /// Has a lead shown no more, until it is met for another reason.
  func dismissLead(
    _ name: String, _ reason: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let (person, reason) = try dismissing(reason, request)
    let store = try await watch.store()
    guard let lead = try await store.lead(named: name.lowercased()) else {
      throw DeskFault("\(name) is no lead: `cordon watch leads` shows them")
    }
    let entry = DismissalEntry(
      name: lead.name, evidence: lead.reason, reason: reason, by: person, time: journal.now)
    try await store.dismiss([entry])
    try await teller.tell(DismissalLine(entry))
  }

  /// Has the proposals about a site shown no more, until something else speaks for them.
  func dismissMirror(
    _ name: String, _ reason: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let (person, reason) = try dismissing(reason, request)
    let found = try await mirrors().proposals()
      .filter { $0.candidate == name.lowercased() || $0.candidate == name }
    guard !found.isEmpty else {
      throw DeskFault("\(name) is not proposed: `cordon watch mirrors` shows what is")
    }
    let entries = found.map {
      DismissalEntry(
        name: $0.candidate, resembles: $0.resembles, evidence: $0.grounds, reason: reason,
        by: person, time: journal.now)
    }
    try await watch.store().dismiss(entries)
    for entry in entries { try await teller.tell(DismissalLine(entry)) }
  }

  /// Tells what was dismissed, by whom, and why.
  func listDismissals(ofLeads: Bool, _ teller: inout DeskTeller) async throws {
    let entries = try await watch.store().dismissals(ofLeads: ofLeads, limit: Self.toldLimit)
    if entries.isEmpty { teller.remark { _ in "Nothing was dismissed.\n" } }
    for entry in entries { try await teller.tell(DismissalLine(entry)) }
  }

  /// Who dismisses, and why; refused for those who may not handle cases.
  private func dismissing(
    _ reason: String, _ request: DeskRequest
  ) throws -> (person: String, reason: String) {
    let actor = try person(of: request)
    guard case .person(let name) = actor,
      journal.register.people[name]?.role.permissions.contains(.handleCases) == true
    else { throw Refusal(.notAllowed, "\(actor) may not dismiss what the watch proposes") }
    let text = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else {
      throw Refusal(.missingReason, "a reason in writing is needed: give --reason \"…\"")
    }
    guard text.count <= 2_000 else {
      throw Refusal(.badField, "the reason has \(text.count) characters; at most 2000 are allowed")
    }
    return (name.text, text)
  }
}

/// Something that was dismissed.
struct DismissalLine: Tellable {
  let name: String
  let resembles: String?
  let evidence: String
  let reason: String
  let by: String
  let time: String
  var state = "dismissed"

  init(_ entry: DismissalEntry) {
    name = entry.name
    resembles = entry.resembles.isEmpty ? nil : entry.resembles
    evidence = entry.evidence
    reason = entry.reason
    by = entry.by
    time = entry.time.description
  }

  func text(_ style: TextStyle) -> String {
    let other = resembles.map { "  resembles \(style.safe($0))" } ?? ""
    return "\(style.paint(style.safe(name), .strong))\(other)\n"
      + "     was        \(style.safe(evidence))\n     why        \(style.safe(reason))\n"
      + "     dismissed  by \(style.safe(by)), \(time)\n"
  }
}
