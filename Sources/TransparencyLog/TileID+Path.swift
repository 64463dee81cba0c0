extension TileID: CustomStringConvertible {
  /// The path of the tile below a log's prefix: `tile/0/x001/x234/067`, `tile/1/000.p/17`.
  public var path: String { "tile/\(level)/\(indexPath)" }

  /// The path of the entries whose hashes a tile of level 0 holds; `nil` for other levels.
  public var entriesPath: String? {
    level == 0 ? "tile/entries/\(indexPath)" : nil
  }

  /// The index and the width alone: `x001/x234/067.p/17`.
  public var indexPath: String {
    var groups = [Self.threeDigits(index % 1000)]
    var rest = index / 1000
    while rest > 0 {
      groups.append("x" + Self.threeDigits(rest % 1000))
      rest /= 1000
    }
    return groups.reversed().joined(separator: "/") + (isPartial ? ".p/\(width)" : "")
  }

  /// The tile's path.
  public var description: String { path }

  private static func threeDigits(_ number: UInt64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension TileID {
  /// Reads a tile's path; `nil` unless it is exactly what `path` writes.
  public init?(path: String) {
    let parts = path.utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual("tile".utf8),
      let level = Decimal.parse(parts[1]), level <= Self.maximumLevel
    else { return nil }
    self.init(level: Int(level), indexPath: parts[2])
  }

  /// Reads the path of an entry bundle; `nil` unless it is exactly what `entriesPath` writes.
  public init?(entriesPath: String) {
    let prefix = "tile/entries/"
    guard entriesPath.utf8.starts(with: prefix.utf8) else { return nil }
    self.init(level: 0, indexPath: entriesPath.utf8.dropFirst(prefix.utf8.count))
  }

  private init?(level: Int, indexPath: Substring.UTF8View) {
    var groups = indexPath.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var width = Self.fullWidth
    let mark = Array(".p".utf8)
    if groups.count >= 2, groups[groups.count - 2].suffix(mark.count).elementsEqual(mark) {
      guard let written = Decimal.parse(groups.removeLast()), (1...255).contains(written) else {
        return nil
      }
      width = Int(written)
      groups[groups.count - 1] = groups[groups.count - 1].dropLast(mark.count)
    }
    // 2^55 − 1 has 17 digits: six groups.
    guard groups.count <= 6, let index = Self.index(of: groups) else { return nil }
    self.init(level: level, index: index, width: width)
  }

  private static func index(of groups: [Substring.UTF8View]) -> UInt64? {
    var index: UInt64 = 0
    for (position, group) in groups.enumerated() {
      let isLast = position == groups.count - 1
      guard isLast || group.first == UInt8(ascii: "x") else { return nil }
      let digits = isLast ? group : group.dropFirst()
      guard digits.count == 3, let number = Decimal.parseDigits(digits) else { return nil }
      // A first group of zeros would be a second spelling.
      guard isLast || position > 0 || number > 0 else { return nil }
      index = index * 1000 + number
    }
    return index
  }
}
