internal import TransparencyLog

/// Where a log's files are had from.
protocol CTSource: Sendable {
  /// A file below the monitoring prefix.
  ///
  /// - Parameters:
  ///   - path: such as `checkpoint` or `tile/data/000`.
  ///   - limit: the most octets that it may have, not compressed.
  /// - Returns: its octets.
  /// - Throws: `CTFault.fetch`.
  func file(_ path: String, limit: Int) async throws(CTFault) -> [UInt8]
}

/// The nodes of a log's tree that its hash tiles hold, as far as they were fetched.
///
/// They prove nothing by themselves: what is computed from them is compared with a signed root.
struct CTTiles: TreeNodes, Sendable {
  /// The most tiles that one question may need: two edges of eight levels, with room.
  static let limit = 64

  private struct Missing: Error {
    let tile: TileID
  }

  private let size: UInt64
  private var tiles: [TileID: [Digest]] = [:]

  /// Of a tree of this size, nothing fetched yet.
  init(size: UInt64) {
    self.size = size
  }

  /// The hash of a perfect subtree, folded from the tile below it.
  func node(level: Int, index: UInt64) throws -> Digest {
    let tileLevel = level / 8
    let height = level % 8
    let first = index << UInt64(height)
    guard let tile = tile(level: tileLevel, index: first >> 8) else {
      throw MissingNode(level: level, index: index)
    }
    guard let hashes = tiles[tile] else { throw Missing(tile: tile) }
    let slot = Int(first & 0xFF)
    guard slot + (1 << height) <= hashes.count else {
      throw MissingNode(level: level, index: index)
    }
    var row = Array(hashes[slot..<(slot + (1 << height))])
    while row.count > 1 {
      row = stride(from: 0, to: row.count, by: 2).map { TreeHash.node(row[$0], row[$0 + 1]) }
    }
    return row[0]
  }

  /// The tile as a tree of this size has it; nil where it has none.
  private func tile(level: Int, index: UInt64) -> TileID? {
    let full = TileID.fullTileCount(level: level, size: size)
    if index < full { return TileID(level: level, index: index) }
    return index == full ? TileID.partial(level: level, size: size) : nil
  }

  /// Answers a question about the tree, fetching the tiles that it needs.
  mutating func answer<Answer>(
    from source: some CTSource, _ question: (CTTiles) throws -> Answer
  ) async throws(CTFault) -> Answer {
    for _ in 0..<Self.limit {
      let wanted: TileID
      do {
        return try question(self)
      } catch let missing as Missing {
        wanted = missing.tile
      } catch {
        throw .contradiction("\(error)")
      }
      tiles[wanted] = try await Self.fetch(wanted, from: source)
    }
    throw .contradiction("its tree needs more than \(Self.limit) tiles")
  }

  private static func fetch(
    _ tile: TileID, from source: some CTSource
  ) async throws(CTFault) -> [Digest] {
    let bytes = try await file(of: tile, path: tile.path, full: TileID.full(tile)?.path, source)
    let hashes = stride(from: 0, to: bytes.count - 31, by: 32).compactMap {
      Digest(bytes: bytes[$0..<($0 + 32)])
    }
    guard bytes.count % 32 == 0, hashes.count >= tile.width else {
      throw .fetch(path: tile.path, reason: "\(bytes.count) octets are not \(tile.width) hashes")
    }
    return Array(hashes.prefix(tile.width))
  }

  /// A tile's file; for a partial one that is gone, the full one that took its place.
  static func file(
    of tile: TileID, path: String, full: String?, limit: Int = 256 * 32,
    _ source: some CTSource
  ) async throws(CTFault) -> [UInt8] {
    do throws(CTFault) {
      return try await source.file(path, limit: limit)
    } catch {
      guard tile.isPartial, let full else { throw error }
      return try await source.file(full, limit: limit)
    }
  }
}

extension TileID {
  /// The same place's full tile.
  static func full(_ tile: TileID) -> TileID? { TileID(level: tile.level, index: tile.index) }

  /// The path of the data whose hashes a tile of level 0 holds (static-ct-api).
  var dataPath: String { "tile/data/\(indexPath)" }
}
