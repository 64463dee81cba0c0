/// The coordinates of a tile: up to 256 neighbouring hashes of one tree level (c2sp.org/tlog-tiles).
///
/// Tile level L stands for tree level 8·L: slot i of tile N is the hash of the perfect subtree at
/// level 8·L and index 256·N + i.
public struct TileID: Sendable, Hashable {
  /// The hashes in a full tile.
  public static let fullWidth = 256
  /// The highest tile level the format knows.
  public static let maximumLevel = 63

  /// The tile level, from 0 for leaf hashes.
  public let level: Int
  /// The number of the tile in its level, from 0.
  public let index: UInt64
  /// The number of hashes, from 1 to 256; fewer than 256 make it a partial tile.
  public let width: Int

  /// Takes the coordinates of a tile; `nil` if one of them is out of its bounds.
  ///
  /// An index is at most 2^55 − 1: no tree of a supported size has more tiles in a level.
  public init?(level: Int, index: UInt64, width: Int = TileID.fullWidth) {
    guard (0...Self.maximumLevel).contains(level), (1...Self.fullWidth).contains(width),
      index <= TreeHash.maximumSize >> 8
    else { return nil }
    self.init(level, index, width)
  }

  private init(_ level: Int, _ index: UInt64, _ width: Int) {
    self.level = level
    self.index = index
    self.width = width
  }

  /// Whether the tile holds fewer than 256 hashes.
  public var isPartial: Bool { width < Self.fullWidth }

  /// The level in the tree of the hashes in this tile.
  public var nodeLevel: Int { level * 8 }

  /// The index in that level of the first hash in this tile.
  public var firstNodeIndex: UInt64 { index << 8 }

  /// Whether a tree of this size holds every hash of the tile.
  public func isCovered(byTreeOfSize size: UInt64) -> Bool {
    firstNodeIndex + UInt64(width) <= Self.hashCount(level: level, size: size)
  }

  /// The tile's content: its hashes one after the other, 32 bytes each.
  ///
  /// Reads `width` nodes.
  ///
  /// - Throws: what `node` throws, for instance when the tree is too small.
  public func content(from nodes: some TreeNodes) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * Digest.byteCount)
    for slot in 0..<UInt64(width) {
      try nodes.node(level: nodeLevel, index: firstNodeIndex + slot).append(to: &bytes)
    }
    return bytes
  }
}

// MARK: - The tiles of a tree

extension TileID {
  /// The tiles that a tree has after growing from `oldSize` to `newSize`, and had not before.
  ///
  /// From `oldSize` 0 these are all its tiles. Level by level from the leaves, from left to right;
  /// the last one of a level may be partial. None if `newSize` is not above `oldSize`.
  public static func tiles(from oldSize: UInt64 = 0, to newSize: UInt64) -> [TileID] {
    guard newSize > oldSize else { return [] }
    var tiles: [TileID] = []
    for level in 0...maximumLevel {
      let count = hashCount(level: level, size: newSize)
      guard count > 0 else { break }
      let oldCount = hashCount(level: level, size: oldSize)
      guard count > oldCount else { continue }
      for index in (oldCount >> 8)..<(count >> 8) {
        tiles.append(TileID(level, index, fullWidth))
      }
      if let partial = partial(level: level, size: newSize) {
        tiles.append(partial)
      }
    }
    return tiles
  }

  /// The number of full tiles that a tree of this size has at a tile level.
  public static func fullTileCount(level: Int, size: UInt64) -> UInt64 {
    hashCount(level: level, size: size) >> 8
  }

  /// The partial tile that ends a tile level of a tree of this size, if there is one.
  public static func partial(level: Int, size: UInt64) -> TileID? {
    let count = hashCount(level: level, size: size)
    let width = Int(count & 0xFF)
    return width == 0 ? nil : TileID(level, count >> 8, width)
  }

  /// floor(size / 256^level): the shift by more than 63 bits answers 0.
  private static func hashCount(level: Int, size: UInt64) -> UInt64 {
    size >> (8 * level)
  }
}
