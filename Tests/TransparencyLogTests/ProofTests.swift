import Testing
import TransparencyLog

@Suite("RFC 9162, Section 2.1.3: inclusion proofs") struct InclusionProofTests {
  private let leaves = sampleLeaves(130)
  private let tree = InMemoryTree(leaves: sampleLeaves(130))

  @Test func `every proof up to 130 leaves is that of the slow definition, and verifies`() throws {
    for size in 1...leaves.count {
      let root = SlowTree.root(leaves[..<size])
      for index in 0..<size {
        let proof = try tree.inclusionProof(of: UInt64(index), inTreeOfSize: UInt64(size))
        #expect(proof.path == SlowTree.path(index, leaves[..<size]))
        try proof.verify(leaf: leaves[index], root: root)
      }
    }
  }

  @Test func `the path of leaf 777 of 1,000 is the one another implementation computes`() throws {
    let proof = try InMemoryTree(leaves: sampleLeaves(1000))
      .inclusionProof(of: 777, inTreeOfSize: 1000)
    #expect(proof.path.map(\.base64) == ForeignVectors.path777)
  }

  @Test func `one changed bit anywhere is refused`() throws {
    var generator = SeededGenerator(seed: 2)
    for size in 1...64 {
      let root = SlowTree.root(leaves[..<size])
      for index in 0..<size {
        let proof = try tree.inclusionProof(of: UInt64(index), inTreeOfSize: UInt64(size))
        let bit = Int.random(in: 0..<256, using: &generator)
        for position in proof.path.indices {
          var path = proof.path
          path[position] = path[position].flipping(bit: bit)
          let changed = try InclusionProof(index: proof.index, size: proof.size, path: path)
          #expect(throws: ProofError.self) { try changed.verify(leaf: leaves[index], root: root) }
        }
        #expect(throws: ProofError.self) {
          try proof.verify(leaf: leaves[index].flipping(bit: bit), root: root)
        }
        #expect(throws: ProofError.self) {
          try proof.verify(leaf: leaves[index], root: root.flipping(bit: bit))
        }
      }
    }
  }

  @Test func `one hash more or less is refused`() throws {
    for size: UInt64 in 1...40 {
      for index in 0..<size {
        let path = try tree.inclusionProof(of: index, inTreeOfSize: size).path
        for longer in [path + [TreeHash.empty], [TreeHash.empty] + path] {
          #expect(throws: ProofError.wrongHashCount(expected: path.count, count: path.count + 1)) {
            try InclusionProof(index: index, size: size, path: longer)
          }
        }
        guard !path.isEmpty else { continue }
        #expect(throws: ProofError.wrongHashCount(expected: path.count, count: path.count - 1)) {
          try InclusionProof(index: index, size: size, path: path.dropLast())
        }
      }
    }
  }

  @Test func `a proof for one index proves no other index of its tree`() throws {
    for size: UInt64 in 2...33 {
      let root = try tree.root(ofSize: size)
      for index in 0..<size {
        let path = try tree.inclusionProof(of: index, inTreeOfSize: size).path
        for other in 0..<size where other != index {
          // Some indices demand another length: those are refused already when taken.
          guard let proof = try? InclusionProof(index: other, size: size, path: path) else {
            continue
          }
          #expect(throws: ProofError.self) {
            try proof.verify(leaf: leaves[Int(index)], root: root)
          }
        }
      }
    }
  }

  @Test func `an index outside the tree, a size too large and a path too long are refused`() {
    #expect(throws: ProofError.indexOutsideTree(index: 5, size: 5)) {
      try InclusionProof(index: 5, size: 5, path: [])
    }
    #expect(throws: ProofError.indexOutsideTree(index: 0, size: 0)) {
      try tree.inclusionProof(of: 0, inTreeOfSize: 0)
    }
    #expect(throws: ProofError.treeTooLarge(size: 1 << 63)) {
      try InclusionProof(index: 0, size: 1 << 63, path: [])
    }
    let long = [Digest](repeating: TreeHash.empty, count: 64)
    #expect(throws: ProofError.tooManyHashes(count: 64)) {
      try InclusionProof(index: 0, size: TreeHash.maximumSize, path: long)
    }
    #expect(throws: Never.self) {
      try InclusionProof(index: 0, size: TreeHash.maximumSize, path: long.dropLast())
    }
  }

  @Test func `making a proof reads at most two nodes for each level`() throws {
    let counting = CountingTree(InMemoryTree(leaves: sampleLeaves(1023)))
    for size: UInt64 in [1, 2, 3, 511, 513, 767, 1000, 1023] {
      for index in 0..<size {
        let reads = try counting.readsDuring {
          _ = try counting.inclusionProof(of: index, inTreeOfSize: size)
        }
        #expect(reads <= 2 * (UInt64.bitWidth - size.leadingZeroBitCount))
      }
    }
  }
}

@Suite("RFC 9162, Section 2.1.4: consistency proofs") struct ConsistencyProofTests {
  private let leaves = sampleLeaves(130)
  private let tree = InMemoryTree(leaves: sampleLeaves(130))

  @Test func `every proof up to 130 leaves is that of the slow definition, and verifies`() throws {
    let roots = (0...leaves.count).map { SlowTree.root(leaves[..<$0]) }
    for newSize in 0...leaves.count {
      for oldSize in 0...newSize {
        let proof = try tree.consistencyProof(from: UInt64(oldSize), to: UInt64(newSize))
        let expected = oldSize == 0 ? [] : SlowTree.proof(oldSize, leaves[..<newSize])
        #expect(proof.path == expected)
        try proof.verify(oldRoot: roots[oldSize], newRoot: roots[newSize])
      }
    }
  }

  @Test func `one changed bit anywhere is refused`() throws {
    var generator = SeededGenerator(seed: 3)
    for newSize: UInt64 in 1...50 {
      for oldSize in 1...newSize {
        let proof = try tree.consistencyProof(from: oldSize, to: newSize)
        let roots = (old: try tree.root(ofSize: oldSize), new: try tree.root(ofSize: newSize))
        let bit = Int.random(in: 0..<256, using: &generator)
        for position in proof.path.indices {
          var path = proof.path
          path[position] = path[position].flipping(bit: bit)
          let changed = try ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path)
          #expect(throws: ProofError.self) {
            try changed.verify(oldRoot: roots.old, newRoot: roots.new)
          }
        }
        #expect(throws: ProofError.self) {
          try proof.verify(oldRoot: roots.old.flipping(bit: bit), newRoot: roots.new)
        }
        #expect(throws: ProofError.self) {
          try proof.verify(oldRoot: roots.old, newRoot: roots.new.flipping(bit: bit))
        }
      }
    }
  }

  @Test func `one hash more or less is refused`() throws {
    for newSize: UInt64 in 0...40 {
      for oldSize in 0...newSize {
        let path = try tree.consistencyProof(from: oldSize, to: newSize).path
        #expect(throws: ProofError.wrongHashCount(expected: path.count, count: path.count + 1)) {
          try ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path + [TreeHash.empty])
        }
        guard !path.isEmpty else { continue }
        #expect(throws: ProofError.wrongHashCount(expected: path.count, count: path.count - 1)) {
          try ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path.dropLast())
        }
      }
    }
  }

  @Test func `a tree with one older leaf changed is not consistent`() throws {
    for oldSize in 1..<40 {
      var changed = leaves
      changed[oldSize / 2] = changed[oldSize / 2].flipping(bit: 0)
      let fork = InMemoryTree(leaves: changed)
      let newSize = UInt64(oldSize + 9)
      let proof = try fork.consistencyProof(from: UInt64(oldSize), to: newSize)
      let oldRoot = try tree.root(ofSize: UInt64(oldSize))
      let newRoot = try fork.root(ofSize: newSize)
      #expect(throws: ProofError.self) { try proof.verify(oldRoot: oldRoot, newRoot: newRoot) }
    }
  }

  @Test func `an empty old tree must have the empty root, equal sizes equal roots`() throws {
    let root = try tree.root(ofSize: 7)
    let fromNothing = try ConsistencyProof(oldSize: 0, newSize: 7, path: [])
    try fromNothing.verify(oldRoot: TreeHash.empty, newRoot: root)
    #expect(throws: ProofError.self) { try fromNothing.verify(oldRoot: root, newRoot: root) }
    let same = try ConsistencyProof(oldSize: 7, newSize: 7, path: [])
    try same.verify(oldRoot: root, newRoot: root)
    #expect(throws: ProofError.self) { try same.verify(oldRoot: TreeHash.empty, newRoot: root) }
    let nothing = try ConsistencyProof(oldSize: 0, newSize: 0, path: [])
    #expect(throws: ProofError.self) { try nothing.verify(oldRoot: TreeHash.empty, newRoot: root) }
  }

  @Test func `sizes out of order, too large a size and too long a path are refused`() {
    #expect(throws: ProofError.sizesOutOfOrder(oldSize: 3, newSize: 2)) {
      try ConsistencyProof(oldSize: 3, newSize: 2, path: [])
    }
    #expect(throws: ProofError.sizesOutOfOrder(oldSize: 3, newSize: 2)) {
      try tree.consistencyProof(from: 3, to: 2)
    }
    #expect(throws: ProofError.treeTooLarge(size: 1 << 63)) {
      try ConsistencyProof(oldSize: 1, newSize: 1 << 63, path: [])
    }
    #expect(throws: ProofError.tooManyHashes(count: 64)) {
      try ConsistencyProof(
        oldSize: 1, newSize: 2, path: [Digest](repeating: TreeHash.empty, count: 64))
    }
  }

  @Test func `making a proof reads at most two nodes for each level, and one`() throws {
    let counting = CountingTree(InMemoryTree(leaves: sampleLeaves(1023)))
    for newSize: UInt64 in [1, 2, 3, 511, 513, 767, 1000, 1023] {
      for oldSize in 0...newSize {
        let reads = try counting.readsDuring {
          _ = try counting.consistencyProof(from: oldSize, to: newSize)
        }
        #expect(reads <= 2 * (UInt64.bitWidth - newSize.leadingZeroBitCount) + 1)
      }
    }
  }
}
