internal import DomainNames

/// Writes a message's parts one after the other and remembers its names, to point back at them
/// (RFC 1035, Section 4.1.4).
///
/// Once the limit is passed nothing more is written and ``overflowed`` stays true.
struct WireWriter {
  private(set) var octets: [UInt8] = []
  private(set) var overflowed = false

  private let limit: Int
  /// Where a name's tail was written, by the hash of its octets in lower case.
  ///
  /// A tail whose hash is taken by another one is merely not compressed.
  private var places: [UInt64: Int] = [:]

  /// A pointer has fourteen bits.
  private static let pointerLimit = 0x4000

  init(limit: Int) {
    self.limit = limit
    octets.reserveCapacity(min(limit, 512))
  }

  mutating func append(_ more: some Collection<UInt8>) {
    if hasRoom(for: more.count) { octets += more }
  }

  mutating func append(_ octet: UInt8) {
    if hasRoom(for: 1) { octets.append(octet) }
  }

  mutating func append(_ number: UInt16) {
    append(UInt8(truncatingIfNeeded: number >> 8))
    append(UInt8(truncatingIfNeeded: number))
  }

  mutating func append(_ number: UInt32) {
    append(UInt16(truncatingIfNeeded: number >> 16))
    append(UInt16(truncatingIfNeeded: number))
  }

  private mutating func hasRoom(for count: Int) -> Bool {
    overflowed = overflowed || octets.count + count > limit
    return !overflowed
  }

  /// Puts a number over two octets already written.
  mutating func replace(at offset: Int, with number: UInt16) {
    guard offset + 2 <= octets.count else { return }
    octets[offset] = UInt8(truncatingIfNeeded: number >> 8)
    octets[offset + 1] = UInt8(truncatingIfNeeded: number)
  }

  /// How much like an earlier name a name must be to become a pointer.
  enum Likeness: Sendable {
    /// The same name: owners, whose case does not matter.
    case name
    /// The same octets: names in data, whose case is kept.
    case octets
  }

  /// Writes an uncompressed name, with a pointer to its longest tail that was written before.
  mutating func append(name: [UInt8], like likeness: Likeness) {
    guard !overflowed else { return }
    let starts = Self.labelStarts(of: name)
    let hashes = Self.tailHashes(of: name, starts: starts)
    for (start, hash) in zip(starts, hashes) {
      if let place = places[hash], isWritten(name[start...], at: place, like: likeness) {
        append(UInt16(0xC000 | place))
        return
      }
      remember(hash)
      append(name[start...(start + Int(name[start]))])
    }
    append(UInt8(0))
  }

  private mutating func remember(_ hash: UInt64) {
    guard !overflowed, octets.count < Self.pointerLimit, places[hash] == nil else { return }
    places[hash] = octets.count
  }

  private static func labelStarts(of name: [UInt8]) -> [Int] {
    var starts: [Int] = []
    var at = 0
    while at < name.count, name[at] != 0 {
      starts.append(at)
      at += Int(name[at]) + 1
    }
    return starts
  }

  /// For each label the hash of the name from there on (FNV-1a, labels from the root's side).
  private static func tailHashes(of name: [UInt8], starts: [Int]) -> [UInt64] {
    var hashes: [UInt64] = []
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for start in starts.reversed() {
      for octet in name[start...(start + Int(name[start]))] {
        hash = (hash ^ UInt64(octet.asciiLowercased)) &* 0x100_0000_01B3
      }
      hashes.append(hash)
    }
    return hashes.reversed()
  }

  /// Whether the tail of a name is what stands at a place, label by label, through our own pointers.
  private func isWritten(_ tail: ArraySlice<UInt8>, at place: Int, like likeness: Likeness) -> Bool
  {
    var tail = tail
    var at = place
    while let first = tail.first {
      while at + 1 < octets.count, octets[at] >= 0xC0 {
        at = Int(octets[at] & 0x3F) << 8 | Int(octets[at + 1])
      }
      let count = Int(first) + 1
      guard at + count <= octets.count else { return false }
      let label = octets[at..<(at + count)]
      guard likeness.holds(between: tail.prefix(count), and: label) else { return false }
      tail = tail.dropFirst(count)
      at += count
    }
    return true
  }
}

extension WireWriter.Likeness {
  fileprivate func holds(between one: ArraySlice<UInt8>, and other: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .name: one.elementsEqual(other) { $0.asciiLowercased == $1.asciiLowercased }
    case .octets: one.elementsEqual(other)
    }
  }
}
