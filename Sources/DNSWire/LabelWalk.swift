/// A walk over a name's labels, through compression pointers (RFC 1035, Section 4.1.4).
///
/// It always ends: each pointer must lead to before the run of labels it stands in, the name may have
/// at most 255 octets, and it may follow at most as many pointers as a name can have labels.
struct LabelWalk {
  /// The name's octets so far, uncompressed, its root label included once the walk has ended.
  private(set) var length = 0
  /// The first octet after the name where it stands; known once a pointer or the root was met.
  private(set) var end: Int?

  private let start: Int
  private var offset: Int
  private var runStart: Int
  private var pointers = 0

  /// The most labels a name of 255 octets has, and so the most pointers that make sense.
  private static let maximumPointers = 127

  /// The longest name (RFC 1035, Section 2.3.4).
  static let maximumNameLength = 255

  init(at offset: Int) {
    start = offset
    self.offset = offset
    runStart = offset
  }

  /// Whether the name is compressed, as far as the walk has gone.
  var isCompressed: Bool { pointers > 0 }

  /// The next label's octets without its length; nil at the root.
  mutating func next(in message: Span<UInt8>) throws(WireError) -> Range<Int>? {
    while true {
      let octet = try message.octet(at: offset)
      switch octet {
      case 0:
        try lengthen(by: 1)
        if end == nil { end = offset + 1 }
        return nil
      case 1...63:
        return try label(of: Int(octet), in: message)
      case 0xC0...:
        try follow(pointer: try message.uint16(at: offset) & 0x3FFF)
      default:
        throw .labelType(at: offset)
      }
    }
  }

  private mutating func label(
    of count: Int, in message: Span<UInt8>
  ) throws(WireError) -> Range<Int> {
    let label = (offset + 1)..<(offset + 1 + count)
    guard label.upperBound <= message.count else { throw .truncated(at: message.count) }
    try lengthen(by: count + 1)
    offset = label.upperBound
    return label
  }

  private mutating func follow(pointer: UInt16) throws(WireError) {
    let target = Int(pointer)
    guard target >= Header.length, target < runStart else {
      throw .pointer(at: offset, target: target)
    }
    pointers += 1
    guard pointers <= Self.maximumPointers else { throw .tooManyPointers(at: start) }
    if end == nil { end = offset + 2 }
    offset = target
    runStart = target
  }

  private mutating func lengthen(by octets: Int) throws(WireError) {
    length += octets
    guard length <= Self.maximumNameLength else { throw .nameTooLong(at: start) }
  }
}

/// Where a name stands in a message, and how long it is without compression.
struct NameExtent: Sendable, Hashable {
  /// The first octet after the name where it stands.
  let end: Int
  /// The name's octets without compression.
  let length: Int
  /// Whether the name has a compression pointer.
  let isCompressed: Bool

  /// Checks the name at an offset, without copying it.
  init(of message: Span<UInt8>, at offset: Int) throws(WireError) {
    var walk = LabelWalk(at: offset)
    while try walk.next(in: message) != nil {}
    end = walk.end ?? offset
    length = walk.length
    isCompressed = walk.isCompressed
  }
}

extension Span where Element == UInt8 {
  /// Appends the name at an offset, uncompressed and in its case, and gives the offset after it.
  func appendName(at offset: Int, to octets: inout [UInt8]) throws(WireError) -> Int {
    var walk = LabelWalk(at: offset)
    while let label = try walk.next(in: self) {
      octets.append(UInt8(label.count))
      for place in label { octets.append(self[place]) }
    }
    octets.append(0)
    return walk.end ?? offset
  }
}
