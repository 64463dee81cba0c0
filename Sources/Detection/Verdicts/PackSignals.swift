/// What packs say of their signals, by id.
enum PackSignals {
  /// What is known of a signal.
  struct Known: Sendable {
    let kinds: SignalKinds
    let category: Category?
  }

  /// Collects it.
  static func of(_ packs: [Pack]) -> [String: Known] {
    var known: [String: Known] = [:]
    for signal in packs.flatMap(\.signals) {
      let category: Category? =
        switch signal.role {
        case .category(let category): category
        case .context: nil
        }
      known[signal.id] = Known(kinds: SignalKinds(groups: signal.groups), category: category)
    }
    return known
  }
}
