/// What is known of signals before any page is read, by id: what packs and the engine say of them, and what
/// the model gives them.
enum PackSignals {
  /// What is known of a signal.
  struct Known: Sendable {
    let kinds: SignalKinds
    let category: Category?
    /// Nil for signals of packs.
    let own: PageSignal?
    /// Nil where it weighs nothing.
    let weights: VerdictModel.Weights?
  }

  /// Collects it.
  static func of(_ packs: [Pack], _ model: VerdictModel) -> [String: Known] {
    var known: [String: Known] = [:]
    for signal in packs.flatMap(\.signals) {
      let category: Category? =
        switch signal.role {
        case .category(let category): category
        case .context: nil
        }
      known[signal.id] = Known(
        kinds: SignalKinds(groups: signal.groups), category: category, own: nil,
        weights: model.weights[signal.id])
    }
    for own in PageSignal.allCases {
      known[own.rawValue] = Known(
        kinds: own.kinds, category: own.category, own: own, weights: model.weights[own.rawValue])
    }
    return known
  }
}
