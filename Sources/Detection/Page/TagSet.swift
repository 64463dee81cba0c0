/// Several elements' names at once, by one bit each.
struct TagSet: Sendable {
  private let bits: UInt128

  @inline(__always)
  init(_ one: Tag) {
    bits = 1 << UInt128(one.rawValue)
  }

  @inline(__always)
  init(_ one: Tag, _ other: Tag) {
    bits = 1 << UInt128(one.rawValue) | 1 << UInt128(other.rawValue)
  }

  @inline(__always)
  func contains(_ tag: Tag) -> Bool {
    bits >> UInt128(tag.rawValue) & 1 == 1
  }
}
