import Testing
import TransparencyLog

@Suite("RFC 6962, Section 2.1: the tree") struct TreeTests {
  /// The leaves and roots that implementations of Certificate Transparency test with.
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], Array(0x40...0x43), Array(0x50...0x57),
    Array(0x60...0x6F),
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test(arguments: 0...8)
  func `the published roots come out`(size: Int) throws {
    let tree = InMemoryTree(leaves: Self.leaves.prefix(size).map(TreeHash.leaf))
    #expect(tree.frontier.root.hex == Self.roots[size])
    #expect(try tree.root(ofSize: UInt64(size)).hex == Self.roots[size])
  }

  @Test func `the root of 1,000 leaves is the one another implementation computes`() {
    #expect(
      InMemoryTree(leaves: sampleLeaves(1000)).frontier.root.hex
        == "346c6b9cb89c4b76fac9dcb20cda86e3a01c0a57417c139028eacd4538fde95b")
  }

  @Test func `every size has the root of the slow definition, from the edge and from nodes`()
    throws
  {
    let leaves = sampleLeaves(300)
    let tree = InMemoryTree(leaves: leaves)
    var frontier = TreeFrontier()
    for size in 0...leaves.count {
      let expected = SlowTree.root(leaves[..<size])
      #expect(frontier.root == expected)
      #expect(frontier.size == UInt64(size))
      #expect(try tree.frontier(ofSize: UInt64(size)) == frontier)
      if size < leaves.count { _ = frontier.append(leaves[size]) }
    }
  }

  @Test func `appending reports every perfect subtree once, with its hash`() {
    let leaves = sampleLeaves(200)
    var frontier = TreeFrontier()
    var seen: Set<[UInt64]> = []
    for leaf in leaves {
      for node in frontier.append(leaf) {
        let width = 1 << node.level
        let start = Int(node.index) * width
        #expect(start + width <= leaves.count)
        #expect(node.digest == SlowTree.root(leaves[start..<(start + width)]))
        #expect(seen.insert([UInt64(node.level), node.index]).inserted)
      }
    }
    let expected = (0..<8).map { leaves.count >> $0 }.reduce(0, +)
    #expect(seen.count == expected)
  }

  @Test func `an edge is restored from its parts and goes on alike`() throws {
    let leaves = sampleLeaves(100)
    var original = TreeFrontier()
    for leaf in leaves {
      var restored = try TreeFrontier(
        size: original.size, hashes: original.hashes, root: original.root)
      #expect(original.append(leaf) == restored.append(leaf))
      #expect(original == restored)
    }
  }

  @Test func `parts that do not belong together are refused`() throws {
    let tree = InMemoryTree(leaves: sampleLeaves(11)).frontier
    for size: UInt64 in [10, 12, 15, 0] {
      #expect(throws: FrontierError.wrongHashCount(size: size, count: 3)) {
        try TreeFrontier(size: size, hashes: tree.hashes, root: nil)
      }
    }
    #expect(throws: FrontierError.treeTooLarge(size: 1 << 63)) {
      try TreeFrontier(size: 1 << 63, hashes: [TreeHash.empty], root: nil)
    }
    for position in tree.hashes.indices {
      var hashes = tree.hashes
      hashes[position] = hashes[position].flipping(bit: 40)
      #expect(throws: FrontierError.self) {
        try TreeFrontier(size: tree.size, hashes: hashes, root: tree.root)
      }
    }
  }

  @Test func `a size beyond the stored tree is the store's error`() {
    let tree = InMemoryTree(leaves: sampleLeaves(5))
    #expect(throws: MissingNode(level: 1, index: 2)) { try tree.root(ofSize: 6) }
    #expect(throws: MissingNode(level: 3, index: 0)) { try tree.root(ofSize: 8) }
    #expect(throws: FrontierError.treeTooLarge(size: .max)) { try tree.root(ofSize: .max) }
  }
}
