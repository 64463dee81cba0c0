extension SanctionNotice {
  /// What a notice must say (Regulation (EU) 2022/2065, Article 17(3)).
  public enum Item: String, Sendable, Hashable, Codable, CaseIterable {
    /// The language it is written in.
    case language
    /// What is done.
    case measure
    /// For how long, where it ends by itself.
    case duration
    /// Where it holds.
    case territory
    /// The infractions that it rests on.
    case facts
    /// The law or the clause that was broken.
    case clause
    /// Where to appeal.
    case appealAddress = "appeal-address"
    /// Until when.
    case appealDays = "appeal-days"
  }

  /// What is not there; empty for a complete notice.
  public var missing: [Item] {
    Item.allCases.filter { item in
      switch item {
      case .language: language.isEmpty
      case .measure: terms.fault != nil
      case .duration: terms.days != nil && until == nil
      case .territory: territory.isEmpty
      case .facts: ground.infractions.isEmpty
      case .clause: ground.clauses.isEmpty || ground.clauses.contains(where: \.isEmpty)
      case .appealAddress: appealAddress.isEmpty
      case .appealDays: appealDays < 1
      }
    }
  }

  /// Items as a list for people.
  static func list(_ items: [Item]) -> String {
    items.map(\.rawValue).joined(separator: ", ")
  }
}

extension ConductBook {
  /// What the holder of an account would be told of a sanction that began at a moment; nil where
  /// there is no such account.
  public func notice(
    of plan: SanctionPlan, on account: AccountID, from moment: Instant
  ) -> SanctionNotice? {
    guard let account = accounts[account] else { return nil }
    let platform = platforms[account.platform]
    return SanctionNotice(
      language: account.entry.language ?? platform?.language ?? "", terms: plan.terms,
      until: plan.terms.end(from: moment), territory: platform?.territory ?? [],
      ground: plan.ground, automation: plan.automation,
      appealAddress: platform?.appealAddress ?? "", appealDays: platform?.terms.appealDays ?? 0)
  }
}
