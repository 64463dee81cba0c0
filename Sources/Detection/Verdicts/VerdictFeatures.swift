internal import Foundation

/// A page as numbers: what the model weighs.
///
/// A signal that is met `n` times in a text of length `L` counts `n ÷ (n + k)`, where `k` grows
/// with `L`: the same two words say more in a paragraph than in a book, and the hundredth says
/// little. What the markup shows is not measured by the length.
struct VerdictFeatures {
  /// A feature that is there.
  struct Feature {
    /// The signal's id, or the name of a fact such as `facts.byline`.
    let name: String
    /// From 0 to 1.
    let value: Double
    /// What it says; empty for facts that no pack describes.
    let kinds: SignalKinds
    /// The category it speaks for, where it is a sign of one.
    let category: Category?
    /// Where it is seen; empty where it is a fact of the page as a whole.
    let places: [Evidence]
    /// The signal where it is one of the engine's own.
    var own: PageSignal?
    /// Nil where it weighs nothing.
    let weights: VerdictModel.Weights?
  }

  /// What is there, in the order of the names.
  private(set) var features: [Feature] = []
  /// What several features make together, by name; from 0 to 1.
  private(set) var sums: [Sum] = []
  /// The link and the call that decide by themselves, where the page has them.
  private(set) var invitation: Invitation?
  /// Whether somebody signs or dates it, or it is declared an article.
  private(set) var isSigned = false
  /// How much of it is attributed to others, from 0 to 1.
  private(set) var attribution = 0.0

  /// What several features make together: its weight is shared among them.
  struct Sum {
    let name: String
    let value: Double
    /// Nil where it weighs nothing.
    let weights: VerdictModel.Weights?
    /// The share of each feature, by its place in ``VerdictFeatures/features``; 1 in total.
    let shares: [(feature: Int, share: Double)]
  }

  init(
    _ seen: Observations, url: String?, signals: [String: PackSignals.Known], model: VerdictModel
  ) {
    let width = seen.language?.hasPrefix("zh") == true ? model.hanWidth : 1
    let unit = max(1, Double(seen.textLength) * width / model.textUnit)
    features.reserveCapacity(seen.signals.count + 12)
    for met in seen.signals {
      add(met, unit: unit, signals: signals)
    }
    // Signals come in the order of their ids.
    let sorted = features.count
    if let url { add(AddressWords(url), model) }
    add(facts: seen.reporting, unit: unit, model)
    merge(from: sorted)
    addSums(model)
    invitation = Invitation(seen, in: features)
  }

  private mutating func add(
    _ met: SignalMet, unit: Double, signals: [String: PackSignals.Known]
  ) {
    let count = Double(met.count)
    guard count > 0 else { return }
    let known = signals[met.id]
    let isMarkup = known?.own != nil || known?.kinds.contains(.page) == true
    features.append(
      Feature(
        name: met.id, value: count / (count + (isMarkup ? 1 : unit)), kinds: known?.kinds ?? [],
        category: known?.category, places: met.evidence, own: known?.own, weights: known?.weights))
  }

  /// Adds facts in the order of their names.
  private mutating func add(facts: ReportingFacts, unit: Double, _ model: VerdictModel) {
    func add(_ name: String, _ value: Double, _ place: Evidence? = nil) {
      guard value > 0 else { return }
      features.append(
        Feature(
          name: name, value: min(1, value), kinds: .report, category: nil,
          places: place.map { [$0] } ?? [], weights: model.weights[name]))
    }
    func saturating(_ count: Int) -> Double { Double(count) / (Double(count) + unit) }
    isSigned = facts.byline != nil || facts.dateline != nil || facts.isDeclaredArticle
    attribution = saturating(facts.attributions)
    add("facts.attributions", attribution)
    add("facts.byline", facts.byline == nil ? 0 : 1, facts.byline)
    add("facts.code", facts.codeShare)
    add("facts.dateline", facts.dateline == nil ? 0 : 1, facts.dateline)
    add("facts.declared-article", facts.isDeclaredArticle ? 1 : 0)
    add("facts.legal-citations", saturating(facts.legalCitations))
    add("facts.quotations", saturating(facts.quotations))
    add("facts.references", saturating(facts.referenceEntries))
  }

  /// Adds words in the order of their names, which come before those of facts.
  private mutating func add(_ address: AddressWords, _ model: VerdictModel) {
    func add(_ name: String, _ word: AddressWords.Word?, _ kinds: SignalKinds) {
      guard let word else { return }
      let place = Evidence(
        signal: name, text: word.original,
        location: .init(part: .url, start: word.start, end: word.end), weight: 0)
      features.append(
        Feature(
          name: name, value: 1, kinds: kinds, category: nil, places: [place],
          weights: model.weights[name]))
    }
    add("address.help", address.help, [])
    add("address.object", address.object, .object)
    add("address.report", address.report, .report)
  }

  /// Brings the features up to a place and those from there on, each in the order of their names, into
  /// one order.
  private mutating func merge(from middle: Int) {
    guard middle > 0, middle < features.count else { return }
    var merged: [Feature] = []
    merged.reserveCapacity(features.count)
    var (one, other) = (0, middle)
    while one < middle, other < features.count {
      let isOther = features[other].name < features[one].name
      merged.append(features[isOther ? other : one])
      if isOther { other += 1 } else { one += 1 }
    }
    merged += features[one..<middle]
    merged += features[other...]
    features = merged
  }

  // MARK: - Sums

  private static let breadths: [(category: Category, name: String)] =
    Category.allCases.filter(\.isFinding).map { ($0, "breadth.\($0.rawValue)") }

  private mutating func addSums(_ model: VerdictModel) {
    func addSum(_ name: String, _ value: Double, _ members: [Int]) {
      guard value > 0, !members.isEmpty else { return }
      let total = members.reduce(0) { $0 + features[$1].value }
      sums.append(
        Sum(
          name: name, value: value, weights: model.weights[name],
          shares: members.map { ($0, features[$0].value / total) }))
    }
    for (category, name) in Self.breadths {
      let own = features.indices.filter { features[$0].category == category }
      let value = min(1, Double(own.count) / 8)
      addSum(name, value, own)
    }
    let reports = features.indices.filter { features[$0].category == .reporting }
    let mass = reports.reduce(0) { $0 + features[$1].value }
    addSum("breadth.reporting", mass / (mass + 1), reports)
    let acts = features.indices.filter {
      features[$0].kinds.contains(.function) && features[$0].category?.isFinding == true
    }
    let calls = features.indices.filter { features[$0].kinds.contains(.call) }
    // What a report says that others do and call for is not its own call.
    let together = either(acts) * either(calls) / (mass + 1)
    addSum("together.act-call", together, acts + calls)
    let voices = features.indices.filter {
      features[$0].kinds.contains(.voice) && features[$0].category?.isFinding != true
    }
    addSum("together.act-voice", either(acts) * either(voices) / (mass + 1), acts + voices)
    let terms = features.indices.filter { features[$0].kinds.contains(.terms) }
    addSum("together.act-terms", either(acts) * either(terms) / (mass + 1), acts + terms)
    // How much of what the page shows is done, and not told: signs of findings against signs of reporting.
    let signs = features.indices.filter { features[$0].category?.isFinding == true }
    let done = signs.reduce(0) { $0 + features[$1].value }
    addSum("share.done", done / (done + mass + 0.5), signs)
  }

  /// How sure it is that at least one of them is there.
  private func either(_ members: [Int]) -> Double {
    1 - members.reduce(1) { $0 * (1 - features[$1].value) }
  }

  /// All names with their values: what a model is learned from.
  var values: [(name: String, value: Double)] {
    features.map { ($0.name, $0.value) } + sums.map { ($0.name, $0.value) }
  }
}
