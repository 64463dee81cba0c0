/// Several elements' names at once, by one bit each.
struct TagSet: Sendable, ExpressibleByArrayLiteral {
  private let bits: UInt128

  init(arrayLiteral tags: Tag...) {
    bits = tags.reduce(0) { $0 | 1 << UInt128($1.rawValue) }
  }

  @inline(__always)
  func contains(_ tag: Tag) -> Bool {
    bits >> UInt128(tag.rawValue) & 1 == 1
  }
}
