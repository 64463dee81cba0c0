internal import DomainNames

/// Names whose answers are to be forgotten, with all below them.
///
/// Names are kept as keyed hashes: where two have the same one, an answer too many is forgotten.
struct NamePurge: Sendable {
  private let hashes: Set<Int>

  /// Takes the names.
  init(_ names: some Sequence<DomainName>) {
    hashes = Set(names.map { Self.hash(of: $0.wire.span, from: 0) })
  }

  /// Whether a name in wire form is one of the names or below it.
  func covers(_ name: Span<UInt8>) -> Bool {
    var label = 0
    while label < name.count {
      if hashes.contains(Self.hash(of: name, from: label)) { return true }
      let length = Int(name[label])
      guard length > 0 else { return false }
      label += length + 1
    }
    return false
  }

  private static func hash(of name: Span<UInt8>, from start: Int) -> Int {
    var hasher = Hasher()
    for place in start..<name.count { hasher.combine(name[place].asciiLowercased) }
    return hasher.finalize()
  }
}
