internal import Enforcement
internal import Records
internal import Watch

// MARK: - Sites come and go

extension Desk {
  func watchSites(
    _ input: WatchInput, _ file: [UInt8], _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws -> ExitCode {
    let actor = try person(of: request)
    let list = try SiteList(input, file: file, suffixes: try watch.suffixes())
    let reason = input.note ?? "asked for with `cordon watch add`"
    var isComplete = true
    for fault in list.faults {
      try await teller.output.err("refused: \(fault)")
      isComplete = false
    }
    guard !list.terms.isEmpty else {
      throw DeskFault("no site is named: give a URL, or a file of them with --from")
    }
    let store = try await watch.store()
    var rest = list.terms[...]
    while !rest.isEmpty {
      let some = Array(rest.prefix(Command.siteLimit))
      rest = rest.dropFirst(some.count)
      let known = journal.register.book.sites
      let isNew = some.map { known[$0.site] == nil }
      _ = try await record(.watchSites(some.map(\.site), reason: reason), by: actor)
      let now = journal.now
      try await store.admit(some.map { WatchStore.Admission($0, by: actor, at: now) })
      for (terms, isNew) in zip(some, isNew) {
        try await teller.tell(SiteAdded(terms, isNew: isNew))
      }
    }
    let count = list.terms.count
    teller.remark { _ in
      count > 1 ? "\(count) sites; `cordon watch run` looks at them.\n" : ""
    }
    return isComplete ? .done : .refused
  }

  func dropSites(
    _ texts: [String], _ reason: String?, _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let actor = try person(of: request)
    let sites = try texts.map(site(named:))
    guard sites.count <= Command.siteLimit else {
      throw DeskFault("\(sites.count) sites are too many at once: at most \(Command.siteLimit)")
    }
    _ = try await record(.dropSites(sites, reason: reason ?? ""), by: actor)
    try await watch.store().drop(sites)
    for site in sites { try await teller.tell(SiteDropped(site: site.description)) }
  }

  /// The site that a person means: its name, or a URL of it.
  func site(named text: String) throws -> Site {
    if let site = Site(text), journal.register.book.sites[site] != nil { return site }
    let suffixes = try watch.suffixes()
    guard let url = SiteList.url(text) else {
      throw DeskFault("\"\(text)\" is neither a site nor a URL")
    }
    for wholeHost in [false, true] {
      if let site = Site(of: url, suffixes: suffixes, wholeHost: wholeHost),
        journal.register.book.sites[site] != nil
      {
        return site
      }
    }
    guard let site = Site(of: url, suffixes: suffixes) else {
      throw DeskFault("\"\(text)\" is no site")
    }
    return site
  }
}

// MARK: - Reading

extension Desk {
  func listSites(_ all: Bool, _ teller: inout DeskTeller) async throws {
    let sites = try await watch.store().sites().filter { all || $0.isWatched }
    let cases = Dictionary(
      grouping: journal.register.book.cases.values.filter { !$0.state.isFinal }, by: \.site)
    let now = journal.now
    var lines = sites.map { entry in
      let open = (cases[entry.terms.site] ?? []).max { $0.opened < $1.opened }
      return SiteLine(entry, open, now: now)
    }
    lines.sort { $0.urgency < $1.urgency }
    guard !lines.isEmpty else {
      teller.remark { _ in "No site is watched yet: `cordon watch add URL` begins.\n" }
      return
    }
    let table = SiteTable(lines)
    teller.remark { table.heading($0) }
    for line in lines { try await teller.tell(line.aligned(table)) }
    teller.remark { table.summary(lines, $0) }
  }

  func showSite(_ text: String, all: Bool, _ teller: inout DeskTeller) async throws {
    let store = try await watch.store()
    let site = try site(named: text)
    guard let entry = try await store.site(site) else {
      throw DeskFault("\(site) is not watched: `cordon watch list` shows what is")
    }
    let limit = all ? SiteTerms.pageBounds.upperBound : SiteDetail.fewPages
    let cases = journal.register.book.cases.values.filter { $0.site == site }
      .sorted { $0.opened < $1.opened }
    try await teller.tell(
      SiteDetail(
        entry, pages: try await store.pages(of: entry.number, limit: limit),
        captures: try await store.captures(of: entry.number, limit: limit),
        hosts: try await store.hosts(of: entry.number), cases: cases, now: journal.now))
  }
}
