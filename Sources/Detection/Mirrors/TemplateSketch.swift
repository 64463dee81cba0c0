/// A small image of a page's template, by which two templates can be compared.
///
/// The tags are taken five in a row; of each of 64 random orders of all such rows the least is kept
/// (Broder, 1997). The share of equal places estimates how much of the rows two pages share, with a
/// standard error of at most 0.0625.
public struct TemplateSketch: Sendable, Hashable, Codable {
  /// The places of a sketch.
  public static let width = 64
  /// Fewer different rows than this are no template to speak of.
  public static let leastRows = 40

  /// The least of each order.
  public let places: [UInt64]

  /// Sketches a page's tags; nil where there are too few.
  init?(tags: [UInt64]) {
    let length = 5
    guard tags.count >= length else { return nil }
    var rows: Set<UInt64> = []
    for start in 0...(tags.count - length) {
      rows.insert(tags[start..<(start + length)].reduce(0) { MirrorHash.mix($0 ^ $1) &+ 1 })
    }
    guard rows.count >= Self.leastRows else { return nil }
    places = (0..<UInt64(Self.width)).map { order in
      let seed = MirrorHash.mix(order &* 0x9E37_79B9_7F4A_7C15 &+ 1)
      return rows.reduce(UInt64.max) { min($0, MirrorHash.mix($1 ^ seed)) }
    }
  }

  /// Takes the places of a sketch that was kept; nil unless there are as many as there must be.
  public init?(places: [UInt64]) {
    guard places.count == Self.width else { return nil }
    self.places = places
  }

  /// How alike two templates are, 0 to 1: an estimate of the rows they share among all they have.
  public func similarity(to other: TemplateSketch) -> Double {
    Double(zip(places, other.places).count { $0 == $1 }) / Double(Self.width)
  }
}
