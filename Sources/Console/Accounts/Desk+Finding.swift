internal import Enforcement
internal import Records

// MARK: - Finding what is meant

extension Desk {
  /// The platforms, accounts and all that was decided about them.
  var conductBook: ConductBook { journal.register.conduct }

  /// The platform with a name.
  func platform(_ text: String) throws -> Platform {
    guard let id = Slug(text: text), let platform = conductBook.platforms[id] else {
      throw Refusal(
        .unknownPlatform, "there is no platform \"\(text.prefix(60))\": `cordon platform list`")
    }
    return platform
  }

  /// The account that `a-17` or `PLATFORM/ID` means.
  func account(_ text: String) throws -> Account {
    let book = conductBook
    if let id = AccountID(text: text), let account = book.accounts[id] { return account }
    let parts = text.split(separator: "/", maxSplits: 1)
    if parts.count == 2, let platform = Slug(text: String(parts[0])),
      let account = book.account(on: platform, key: String(parts[1]))
    {
      return account
    }
    throw Refusal(
      .unknownNumber,
      "there is no account \"\(text.prefix(120))\": give its number, such as a-17, or PLATFORM/ID")
  }

  /// Whose things a list is to show.
  func scope(platform: String?, account: String?) throws -> ListScope {
    ListScope(
      platform: try platform.map { try self.platform($0).id },
      account: try account.map { try self.account($0).id })
  }

  /// The account with an id on a platform.
  func account(on platform: String, key: String) throws -> Account {
    _ = try self.platform(platform)
    return try account("\(platform)/\(key)")
  }

  func sanction(_ text: String) throws -> Sanction {
    guard let sanction = conductBook.sanctions[try SanctionID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no sanction \(text): `cordon sanction list`")
    }
    return sanction
  }

  func infraction(_ text: String) throws -> InfractionFile {
    guard let file = conductBook.infractions[try InfractionID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no infraction \(text): `cordon infraction list`")
    }
    return file
  }

  func appeal(_ text: String) throws -> Appeal {
    guard let appeal = conductBook.appeals[try AppealID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no appeal \(text): `cordon appeal list`")
    }
    return appeal
  }

  func lead(_ text: String) throws -> Lead {
    guard let lead = conductBook.leads[try LeadID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no lead \(text): `cordon lead list`")
    }
    return lead
  }

  func batch(_ text: String) throws -> Batch {
    guard let batch = conductBook.batches[try BatchID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no batch \(text): `cordon batch list`")
    }
    return batch
  }

  func report(_ text: String) throws -> Report {
    guard let report = conductBook.reports[try ReportID.read(text)] else {
      throw Refusal(.unknownNumber, "there is no report \(text): `cordon report list`")
    }
    return report
  }

  /// Has a command about platforms, rules or accounts decided and recorded.
  @discardableResult
  func act(_ command: ConductCommand, by actor: Actor) async throws -> [ConductChange] {
    try await record(.conduct(command), by: actor).compactMap { recorded in
      guard case .conduct(let change) = recorded.event.change else { return nil }
      return change
    }
  }
}
