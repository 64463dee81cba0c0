internal import Egress

/// A path pattern of robots.txt: `*` for anything, `$` for the end (RFC 9309, Section 2.2.3).
struct RobotsPattern: Sendable, Hashable {
  /// As it stands in the file.
  let text: String
  /// How specific it is: its octets.
  let length: Int
  /// What stands between the stars, percent-encoding normalised.
  private let pieces: [[UInt8]]
  /// Whether it must match up to the end.
  private let isAnchored: Bool

  /// How many octets all patterns together may compare for one address.
  static let effortLimit = 8 << 20

  init(_ text: String) {
    self.text = text
    var octets = Array(text.utf8)
    isAnchored = octets.last == UInt8(ascii: "$")
    if isAnchored { octets.removeLast() }
    pieces = octets.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map { Self.normalised($0) }
    length = pieces.reduce(pieces.count - 1 + (isAnchored ? 1 : 0)) { $0 + $1.count }
  }

  /// What patterns are matched against: path and query.
  static func subject(_ url: WebURL) -> [UInt8] {
    normalised(Array(url.requestTarget.utf8)[...])
  }

  /// Percent-encoding as everywhere, and a bare `*` or `$` encoded, since `%2A` and `%24` in a
  /// pattern mean the characters themselves.
  private static func normalised(_ octets: ArraySlice<UInt8>) -> [UInt8] {
    let normal = PercentCoding.normalised(octets, in: .query)
    guard normal.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "$") }) else {
      return normal
    }
    return normal.flatMap { octet -> [UInt8] in
      switch octet {
      case UInt8(ascii: "*"): Array("%2A".utf8)
      case UInt8(ascii: "$"): Array("%24".utf8)
      default: [octet]
      }
    }
  }

  /// Whether the pattern matches from the beginning on.
  ///
  /// - Parameters:
  ///   - subject: path and query, as ``subject(_:)`` writes them.
  ///   - effort: how many octets may still be compared; taken from.
  /// - Returns: whether it does; false too once the effort is spent.
  func matches(_ subject: [UInt8], effort: inout Int) -> Bool {
    guard let first = pieces.first, subject.starts(with: first) else {
      effort -= 1
      return false
    }
    effort -= first.count + 1
    guard pieces.count > 1 else { return !isAnchored || subject.count == first.count }
    var position = first.count
    for piece in pieces[1...].dropLast() {
      guard let found = Self.find(piece, in: subject, from: position, effort: &effort) else {
        return false
      }
      position = found + piece.count
    }
    guard let last = pieces.last else { return true }
    if isAnchored {
      return subject.count - last.count >= position
        && subject.suffix(last.count).elementsEqual(last)
    }
    return Self.find(last, in: subject, from: position, effort: &effort) != nil
  }

  /// Where a piece first stands at or after a position.
  private static func find(
    _ piece: [UInt8], in subject: [UInt8], from start: Int, effort: inout Int
  ) -> Int? {
    guard let first = piece.first else { return start }
    var position = start
    while position + piece.count <= subject.count, effort > 0 {
      effort -= 1
      if subject[position] == first {
        var length = 1
        while length < piece.count, subject[position + length] == piece[length] { length += 1 }
        effort -= length
        if length == piece.count { return position }
      }
      position += 1
    }
    return nil
  }
}
