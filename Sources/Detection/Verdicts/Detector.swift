/// Says what a page or a post is for, and shows why: pure, and safe to use from many tasks at once.
///
/// Compiling packs takes long (about a second for those that Cordon ships with); keep the detector.
public final class Detector: Sendable {
  let engine: Engine
  private let signals: [String: PackSignals.Known]
  private let model: VerdictModel

  /// The packs and the model that are applied, such as `venue@1`.
  public let labels: [String]

  /// The most pieces of evidence that a verdict carries.
  public static let maximumEvidence = 64
  /// The most places of one signal that a verdict shows; its weight is shared among them.
  public static let maximumPlaces = 3

  /// Compiles packs, checking every example that they carry.
  ///
  /// - Throws: ``PackFault`` for the first fault found.
  public init(packs: [Pack], model: VerdictModel) throws(PackFault) {
    engine = try Engine(packs: packs)
    signals = PackSignals.of(packs, model)
    self.model = model
    labels = engine.packs + [model.label]
  }

  /// What a subject is for.
  ///
  /// Reads at most ``PageBounds`` of it; never fails. The same subject always gets the same verdict.
  public func verdict(on subject: Subject) -> Verdict {
    verdict(on: subject, seen: engine.observe(subject, for: .verdict))
  }

  /// What is made of what was seen.
  func verdict(on subject: Subject, seen: Observations) -> Verdict {
    let features = features(of: seen, subject)
    let judgement = Judgement(features, model)
    return Verdict(
      category: judgement.category, score: judgement.score, language: seen.language,
      evidence: evidence(judgement), packs: labels,
      needsRendering: seen.needsRendering && !judgement.category.isFinding)
  }

  /// What the model weighs, by name; each value is from 0 to 1.
  ///
  /// For learning weights: the names and numbers say nothing that a text could be told from.
  public func features(of subject: Subject) -> [String: Double] {
    let features = features(of: engine.observe(subject, for: .verdict), subject)
    return Dictionary(
      features.values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a subject can be a finding at all, whatever its features weigh.
  public func canBeFinding(_ subject: Subject) -> Bool {
    let features = features(of: engine.observe(subject, for: .verdict), subject)
    return FindingGate.isOpen(features) || features.invitation != nil
  }

  private func features(of seen: Observations, _ subject: Subject) -> VerdictFeatures {
    VerdictFeatures(seen, url: subject.url, signals: signals, model: model)
  }

  /// The places of what weighs, the weightiest first; what the page is about comes last.
  private func evidence(_ judgement: Judgement) -> [Evidence] {
    let features = judgement.features.features
    var pieces: [Piece] = []
    pieces.reserveCapacity(Self.maximumEvidence)
    for (index, part) in judgement.contributions.enumerated()
    where part != 0 || features[index].kinds.contains(.object) {
      let count = min(features[index].places.count, Self.maximumPlaces)
      for place in 0..<count {
        let start = features[index].places[place].location.start
        pieces.append(
          Piece(feature: index, place: place, start: start, weight: part / Double(count)))
      }
    }
    // Features are in the order of their names.
    pieces.sort { one, other in
      let (a, b) = (abs(one.weight), abs(other.weight))
      return a != b ? a > b : (one.feature, one.start) < (other.feature, other.start)
    }
    return pieces.prefix(Self.maximumEvidence).map { piece in
      let place = features[piece.feature].places[piece.place]
      return Evidence(
        signal: features[piece.feature].name, text: place.text, location: place.location,
        weight: piece.weight)
    }
  }

  /// A place of a feature, before it is shown.
  private struct Piece {
    let feature: Int
    let place: Int
    let start: Int
    let weight: Double
  }
}
