import Testing
import TransparencyLog

@Suite("c2sp.org/tlog-tiles") struct TileTests {
  @Test(arguments: [
    (0, UInt64(1_234_067), 256, "tile/0/x001/x234/067"),
    (0, 1_234_067, 17, "tile/0/x001/x234/067.p/17"),
    (1, 0, 1, "tile/1/000.p/1"),
    (0, 999, 256, "tile/0/999"),
    (2, 1000, 255, "tile/2/x001/000.p/255"),
    (63, 1_000_000, 256, "tile/63/x001/x000/000"),
  ])
  func `coordinates have one path and lead back`(
    level: Int, index: UInt64, width: Int, path: String
  ) throws {
    let tile = try #require(TileID(level: level, index: index, width: width))
    #expect(tile.path == path)
    #expect(TileID(path: path) == tile)
  }

  @Test func `entries have the index and width of level 0`() throws {
    let tile = try #require(TileID(level: 0, index: 1_234_067, width: 17))
    #expect(tile.entriesPath == "tile/entries/x001/x234/067.p/17")
    #expect(TileID(entriesPath: "tile/entries/x001/x234/067.p/17") == tile)
    #expect(try #require(TileID(level: 1, index: 0)).entriesPath == nil)
    #expect(TileID(entriesPath: "tile/0/000") == nil)
    #expect(TileID(path: "tile/entries/000") == nil)
  }

  @Test func `drawn coordinates lead back from their path`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let bits = UInt64.random(in: 0...55, using: &generator)
      let tile = try #require(
        TileID(
          level: Int.random(in: 0...63, using: &generator),
          index: UInt64.random(in: 0..<(1 << bits), using: &generator),
          width: Int.random(in: 1...256, using: &generator)))
      #expect(TileID(path: tile.path) == tile)
    }
  }

  @Test(arguments: [
    "", "tile", "tile/0", "tile/0/", "tile/64/000", "tile/00/000", "tile/-1/000", "tile/0/0",
    "tile/0/0000", "tile/0/001/002", "tile/0/x000/001", "tile/0/x001", "tile/0/x001/x002",
    "tile/0/X001/002", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256",
    "tile/0/000.p/01", "tile/0/000.p/1/", "tile/0/000/", "/tile/0/000", "tile/0/x001.p/000.p/1",
    "tile/0/../000", "tile/0/x999/x999/x999/x999/x999/999", "tile/0/٠٠٠", "tile/0/.p/1",
    "tile/0/x001/x001/x001/x001/x001/x001/001",
  ])
  func `a second spelling or no spelling is refused`(path: String) {
    #expect(TileID(path: path) == nil)
  }

  @Test func `coordinates out of bounds are refused`() {
    #expect(TileID(level: 64, index: 0) == nil)
    #expect(TileID(level: -1, index: 0) == nil)
    #expect(TileID(level: 0, index: 0, width: 0) == nil)
    #expect(TileID(level: 0, index: 0, width: 257) == nil)
    #expect(TileID(level: 0, index: 1 << 55) == nil)
    #expect(TileID(level: 0, index: 1 << 55 - 1) != nil)
  }

  @Test func `the trees of the specification have the tiles it names`() {
    let large = TileID.tiles(to: 70_000)
    #expect(large.filter { $0.level == 0 && !$0.isPartial }.count == 273)
    #expect(large.filter { $0.level == 1 && !$0.isPartial }.count == 1)
    #expect(
      large.filter(\.isPartial).map(\.path)
        == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
    #expect(large.count == 277)
    #expect(TileID.tiles(to: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
    #expect(TileID.tiles(to: 0).isEmpty)
    #expect(TileID.fullTileCount(level: 0, size: 70_000) == 273)
    #expect(TileID.partial(level: 1, size: 70_000)?.width == 17)
    #expect(TileID.partial(level: 63, size: .max) == nil)
  }

  @Test func `growing step by step makes every tile of the whole, once`() {
    var generator = SeededGenerator(seed: 6)
    var (size, made): (UInt64, Set<TileID>) = (0, [])
    while size < 70_000 {
      let next = size + UInt64.random(in: 1...3000, using: &generator)
      for tile in TileID.tiles(from: size, to: next) {
        #expect(made.insert(tile).inserted)
        #expect(tile.isCovered(byTreeOfSize: next) && !tile.isCovered(byTreeOfSize: size))
      }
      size = next
    }
    #expect(made.isSuperset(of: TileID.tiles(to: size)))
    #expect(TileID.tiles(from: size, to: size).isEmpty)
  }

  @Test func `the hashes of a tile are those of the subtrees it stands for`() throws {
    let leaves = sampleLeaves(1000)
    let tree = InMemoryTree(leaves: leaves)
    for tile in TileID.tiles(to: 1000) {
      let width = 1 << tile.nodeLevel
      let expected = (0..<tile.width).flatMap { slot in
        let start = (Int(tile.index) * 256 + slot) * width
        return SlowTree.root(leaves[start..<(start + width)]).bytes
      }
      #expect(try tile.content(from: tree) == expected)
    }
    let beyond = try #require(TileID(level: 0, index: 3))
    #expect(throws: MissingNode.self) { try beyond.content(from: tree) }
  }
}
