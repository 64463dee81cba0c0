/// A domain name in canonical wire form: length-prefixed labels in lower case, root label included.
///
/// A value of this type is always well formed (RFC 1035, Section 3.1): every label has 1 to 63
/// octets, the whole name at most 255, and ASCII letters are lower case (RFC 4034, Section 6.2), so
/// that equality of bytes is equality of names (RFC 4343).
public struct DomainName: Sendable, Hashable {
  /// The octets of the name, from the first label's length to the root's zero.
  public let wire: [UInt8]

  /// The most octets a name may have (RFC 1035, Section 2.3.4).
  public static let maximumLength = 255

  /// The most octets a label may have (RFC 1035, Section 2.3.4).
  public static let maximumLabelLength = 63

  /// The root of the tree of names.
  public static let root = DomainName(canonical: [0])

  /// Takes octets that the caller knows to be canonical.
  init(canonical wire: [UInt8]) {
    self.wire = wire
  }

  /// Why a sequence of octets or a text is not a domain name.
  public enum Invalid: Error, Sendable, Hashable {
    case empty
    case emptyLabel
    case labelTooLong(octets: Int)
    case tooLong(octets: Int)
    case truncated
    case trailingOctets(Int)
    case compressed
    case badEscape
    case notASCII
    case badInternationalLabel(reason: String)
  }

  /// Reads a name from uncompressed wire form, and makes it canonical.
  ///
  /// - Parameter wire: the labels and the final root label, nothing after it.
  /// - Throws: ``Invalid`` where the octets are not exactly one name.
  public init(wire: some Collection<UInt8>) throws(Invalid) {
    try self.init(reading: wire)
  }

  /// Reads a name from the wire form in an array; the quickest way where there are many.
  ///
  /// - Parameter wire: the labels and the final root label, nothing after it.
  /// - Throws: ``Invalid`` where the octets are not exactly one name.
  public init(wire: [UInt8]) throws(Invalid) {
    try self.init(reading: wire)
  }

  @inline(__always)
  private init(reading wire: some Collection<UInt8>) throws(Invalid) {
    var octets: [UInt8] = []
    octets.reserveCapacity(wire.count)
    var remaining = 0
    var ended = false
    for octet in wire {
      if ended { throw .trailingOctets(wire.count - octets.count) }
      if remaining > 0 {
        octets.append(octet.asciiLowercased)
        remaining -= 1
      } else {
        if octet >= 0xC0 { throw .compressed }
        if octet > Self.maximumLabelLength { throw .labelTooLong(octets: Int(octet)) }
        octets.append(octet)
        remaining = Int(octet)
        ended = octet == 0
      }
      if octets.count > Self.maximumLength { throw .tooLong(octets: octets.count) }
    }
    guard ended else { throw octets.isEmpty ? .empty : .truncated }
    self.wire = octets
  }

  /// Joins labels, most specific first.
  ///
  /// - Throws: ``Invalid`` where a label or the whole is empty or too long.
  public init(labels: some Sequence<some Collection<UInt8>>) throws(Invalid) {
    var octets: [UInt8] = []
    for label in labels {
      guard !label.isEmpty else { throw .emptyLabel }
      guard label.count <= Self.maximumLabelLength else {
        throw .labelTooLong(octets: label.count)
      }
      octets.append(UInt8(label.count))
      for octet in label { octets.append(octet.asciiLowercased) }
    }
    octets.append(0)
    guard octets.count <= Self.maximumLength else { throw .tooLong(octets: octets.count) }
    self.wire = octets
  }
}

// MARK: - The tree of names

extension DomainName {
  /// Whether this is the root.
  public var isRoot: Bool { wire.count == 1 }

  /// Offsets in ``wire`` at which the labels start, most specific first, without the root's.
  public var labelOffsets: [Int] {
    var offsets: [Int] = []
    var at = 0
    while wire[at] != 0 {
      offsets.append(at)
      at += Int(wire[at]) + 1
    }
    return offsets
  }

  /// The labels, most specific first, without the root's empty one.
  public var labels: [ArraySlice<UInt8>] {
    labelOffsets.map { wire[($0 + 1)..<($0 + 1 + Int(wire[$0]))] }
  }

  /// The number of labels, the root's not counted.
  public var labelCount: Int { labelOffsets.count }

  /// The name one label up; nil for the root.
  public var parent: DomainName? {
    isRoot ? nil : DomainName(canonical: Array(wire[(Int(wire[0]) + 1)...]))
  }

  /// The names above this one, nearest first, the root last.
  public var ancestors: [DomainName] {
    var names: [DomainName] = []
    var name = self
    while let parent = name.parent {
      names.append(parent)
      name = parent
    }
    return names
  }

  /// Whether this name is `other` or lies below it, compared label by label.
  public func isAtOrBelow(_ other: DomainName) -> Bool {
    guard wire.count >= other.wire.count else { return false }
    let offset = wire.count - other.wire.count
    guard wire[offset...].elementsEqual(other.wire) else { return false }
    return offset == 0 || other.isRoot || labelOffsets.contains(offset)
  }

  /// Whether this name lies below `other`.
  public func isBelow(_ other: DomainName) -> Bool {
    wire.count > other.wire.count && isAtOrBelow(other)
  }

  /// This name with one more label in front.
  ///
  /// - Throws: ``Invalid`` where the label or the result is too long.
  public func prepending(label: some Collection<UInt8>) throws(Invalid) -> DomainName {
    guard !label.isEmpty else { throw .emptyLabel }
    guard label.count <= Self.maximumLabelLength else { throw .labelTooLong(octets: label.count) }
    let length = wire.count + label.count + 1
    guard length <= Self.maximumLength else { throw .tooLong(octets: length) }
    return DomainName(canonical: [UInt8(label.count)] + label.map(\.asciiLowercased) + wire)
  }
}

extension DomainName: Comparable {
  /// Canonical DNS name order: label by label from the root (RFC 4034, Section 6.1).
  public static func < (left: DomainName, right: DomainName) -> Bool {
    let leftLabels = left.labels
    let rightLabels = right.labels
    for (one, other) in zip(leftLabels.reversed(), rightLabels.reversed())
    where !one.elementsEqual(other) {
      return one.lexicographicallyPrecedes(other)
    }
    return leftLabels.count < rightLabels.count
  }
}

extension DomainName.Invalid: CustomStringConvertible {
  /// The reason as a sentence's end: "the name …".
  public var description: String {
    switch self {
    case .empty: "the name is empty"
    case .emptyLabel: "the name has an empty label (two dots in a row, or a dot in front)"
    case .labelTooLong(let octets): "a label has \(octets) octets; at most 63 are allowed"
    case .tooLong(let octets): "the name has \(octets) octets; at most 255 are allowed"
    case .truncated: "the name ends before its last label does"
    case .trailingOctets(let count): "\(count) octets follow the end of the name"
    case .compressed: "the name is compressed, which is not allowed here"
    case .badEscape:
      "a space is not escaped, or a backslash comes before neither a character nor three digits up "
        + "to 255"
    case .notASCII: "the name has characters outside ASCII"
    case .badInternationalLabel(let reason): "the name is not a valid international name: \(reason)"
    }
  }
}
