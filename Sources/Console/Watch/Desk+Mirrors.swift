internal import Detection
internal import Enforcement
internal import Records
internal import Watch

// MARK: - Mirrors

extension Desk {
  /// The most proposals and leads that are told at once.
  static let toldLimit = 1_000

  /// Tells which sites seem to be others under new names, and why.
  func listMirrors(_ text: String?, _ teller: inout DeskTeller) async throws {
    let wanted = try text.map { try site(named: $0).description }
    let found = try await mirrors().proposals(for: wanted)
    guard !found.isEmpty else {
      teller.remark { _ in
        "Nothing that is known of \(wanted ?? "the watched sites") resembles another.\n"
      }
      return
    }
    for proposal in found.prefix(Self.toldLimit) {
      try await teller.tell(
        MirrorLine(proposal, isWatched: isWatched(proposal.candidate)))
    }
    teller.remark { style in
      let count = found.count
      let more = count > Self.toldLimit ? "; the strongest \(Self.toldLimit) are shown" : ""
      return style.paint(
        "\(count) \(count == 1 ? "proposal" : "proposals")\(more); a likeness is a reason to look:"
          + " `cordon watch mirrors --accept NAME`, or `--dismiss NAME --reason …`\n", .faint)
    }
  }

  /// Has a proposed site watched, as the person who asks.
  func acceptMirror(
    _ name: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws -> ExitCode {
    let found = try await mirrors().proposals()
      .first { $0.candidate == name.lowercased() || $0.candidate == name }
    guard let found else {
      throw DeskFault("\(name) is not proposed: `cordon watch mirrors` shows what is")
    }
    let reasons = found.reasons.map { "\($0.kind.rawValue): \($0.evidence)" }
      .joined(separator: "; ")
    return try await accept(
      found.candidate, note: "proposed as a mirror of \(found.resembles) (\(reasons))", request,
      &teller)
  }

  func mirrors() async throws -> MirrorSearch {
    let suffixes = try watch.suffixes()
    return MirrorSearch(
      store: try await watch.store(), names: try watch.venueNames(), suffixes: suffixes)
  }

  private func isWatched(_ name: String) -> Bool {
    Site(name).map { journal.register.book.sites[$0] != nil } ?? false
  }

  private func accept(
    _ name: String, note: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws -> ExitCode {
    // A reason on the record is a sentence, not a file.
    let input = WatchInput(urls: [name], note: String(note.prefix(400)))
    return try await watchSites(input, [], request, &teller)
  }
}

// MARK: - Leads

extension Desk {
  /// Tells the names that may be worth a look, newest first; reads the logs before, if asked to.
  func listLeads(
    reading: Bool, _ teller: inout DeskTeller
  ) async throws -> ExitCode {
    var isComplete = true
    if reading { isComplete = try await readLogs(&teller) }
    let leads = try await watch.store().leads(limit: Self.toldLimit)
    let table = LeadTable(leads)
    if leads.isEmpty {
      teller.remark { _ in "There is no lead: `cordon watch leads --read` reads the logs.\n" }
    } else {
      teller.remark { table.heading($0) }
    }
    for lead in leads {
      try await teller.tell(LeadLine(lead, isWatched: isWatched(lead.name), table))
    }
    return isComplete ? .done : .failed
  }

  /// Has a lead's name watched, as the person who asks.
  func acceptLead(
    _ name: String, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws -> ExitCode {
    let store = try await watch.store()
    guard let lead = try await store.lead(named: name.lowercased()) else {
      throw DeskFault("\(name) is no lead: `cordon watch leads` shows them")
    }
    let code = try await accept(
      lead.name, note: "a lead from \(lead.source): \(lead.reason)", request, &teller)
    if code == .done { try await store.dropLead(named: lead.name) }
    return code
  }

  /// Reads on in every log that is configured; whether all could be read.
  private func readLogs(_ teller: inout DeskTeller) async throws -> Bool {
    let logs = watch.transparencyLogs
    guard !logs.isEmpty else {
      throw DeskFault("no log is named: set watch.ct_logs to its prefix and key")
    }
    let reader = try await watch.transparency()
    var isComplete = true
    for log in logs {
      switch try await reader.look(at: log) {
      case .read(let reading):
        let skipped = reading.skipped > 0 ? ", \(reading.skipped) passed over" : ""
        try await teller.output.err(
          "\(log.prefix): \(reading.entries) entries read\(skipped), \(reading.leads.count) leads")
      case .failed(let fault):
        isComplete = false
        try await teller.output.err("failed: \(log.prefix): \(fault)")
      }
    }
    return isComplete
  }
}
