import Testing

@testable import DomainNames

@Suite("Index as octets") struct NameImageTests {
  private static let key = NameIndex.Key(0xFEED, 0xBEEF)

  /// A plain reference and the same as an index.
  private static func sample(
    seed: UInt64, names: Int, depth: Int = 4
  ) -> (SlowNameIndex, NameIndex) {
    var random = SeededGenerator(seed: seed)
    var slow = SlowNameIndex()
    for number in 0..<RuleNumber(names) {
      let change: LayeredNameIndex.Change =
        Int.random(in: 0..<12, using: &random) == 0
        ? .protect(random.name(depth: depth), random.coverage())
        : .block(random.name(depth: depth), random.coverage(), rule: number)
      slow.apply(change)
    }
    return (slow, slow.rebuilt(key: key))
  }

  private static func octets(of index: NameIndex) -> [UInt8] {
    index.withImage { image in image.indices.map { image[$0] } }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `an index that was read back answers as the one that was built`(seed: UInt64) throws {
    let (slow, built) = Self.sample(seed: seed, names: 300)
    let read = try NameIndex(image: Self.octets(of: built))
    #expect(read.count == built.count)
    #expect(read.key == built.key)
    #expect(Set(read.entries.map(EntryState.init)) == Set(built.entries.map(EntryState.init)))
    var random = SeededGenerator(seed: seed + 100)
    for _ in 0..<2_000 {
      let name = random.name(depth: 6)
      let lookup = read.lookup(random.wire(name).span) { _ in true }
      #expect(lookup == built.lookup(name) { _ in true })
      #expect(Answer(lookup) == slow.lookup(name) { _ in true }, "\(name)")
    }
  }

  @Test func `a change of any single octet is found`() throws {
    let (_, index) = Self.sample(seed: 4, names: 60)
    let octets = Self.octets(of: index)
    var random = SeededGenerator(seed: 5)
    for place in octets.indices {
      var damaged = octets
      damaged[place] ^= UInt8.random(in: 1...255, using: &random)
      #expect(throws: NameImageFault.self, "octet \(place)") { try NameIndex(image: damaged) }
    }
  }

  @Test func `an index that is cut short or goes on is refused`() throws {
    let (_, index) = Self.sample(seed: 6, names: 40)
    let octets = Self.octets(of: index)
    for length in Array(stride(from: 0, to: octets.count, by: 7)) + [octets.count - 1] {
      #expect(throws: NameImageFault.self) { try NameIndex(image: Array(octets[..<length])) }
    }
    #expect(throws: NameImageFault.self) { try NameIndex(image: octets + [0]) }
    #expect(throws: NameImageFault.notAnIndex) { try NameIndex(image: []) }
  }

  @Test func `another version of the layout is told by its number`() throws {
    var octets = Self.octets(of: NameIndex())
    octets[8] = 9
    #expect(throws: NameImageFault.otherVersion(9)) { try NameIndex(image: octets) }
  }

  /// Whatever stands in the sections, searches stay inside and end: here all checksums are right.
  @Test(arguments: [7, 8, 9, 10] as [UInt64])
  func `octets of a forger are read without leaving the image`(seed: UInt64) throws {
    let (slow, index) = Self.sample(seed: seed, names: 80)
    let octets = Self.octets(of: index)
    let names = Array(slow.listedNames)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      var forged = octets
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let place = Int.random(in: NameImage.headerSize..<octets.count, using: &random)
        forged[place] = [0, 1, 8, 63, 127, 128, 254, 255].randomElement(using: &random) ?? 0
      }
      guard let read = try? NameIndex.withRightChecksums(forged) else { continue }
      for name in names { _ = read.lookup(name) { _ in true } }
      #expect(read.allEntries.prefix(10_000).reduce(0) { count, _ in count + 1 } <= 10_000)
      _ = LayeredNameIndex(base: read).merged(key: Self.key)
    }
  }

  /// Counts are no reason to stop, however large: the gate would stop with them.
  @Test func `forged counts of protected names neither stop a merge nor a change`() throws {
    var builder = NameIndex.Builder(key: Self.key)
    builder.protect(try DomainName(presentation: "safe.example"), .subtree)
    let octets = Self.octets(of: builder.build())
    let header = try NameIndex(image: octets).storage.header
    let extras = NameImage.headerSize + header.body - header.notes - header.extras
    for count in [[0, 0, 0, 0], [255, 255, 255, 255]] as [[UInt8]] {
      var forged = octets
      for extra in 0..<(header.extras / NameTable.extraSize) {
        let at = extras + extra * NameTable.extraSize + 16
        forged.replaceSubrange(at..<(at + 4), with: count)
      }
      let read = try NameIndex.withRightChecksums(forged)
      var above = NameIndex.Builder(key: Self.key)
      above.protect(try DomainName(presentation: "other.example"), .exact)
      let merged = try above.build(NameIndex.Plan(base: read))
      let other = try DomainName(presentation: "other.example")
      #expect(merged.lookup(other) { _ in true }.isProtected)

      var layered = LayeredNameIndex(base: read)
      layered.protect(other, .exact)
      layered.unprotect(try DomainName(presentation: "safe.example"), .subtree)
      #expect(layered.lookup(other) { _ in true }.isProtected)
    }
  }

  @Test func `notes come back as they were given`() throws {
    var plan = NameIndex.Plan()
    plan.notes = { Array("what the owner wants to know".utf8) }
    let index = try NameIndex.Builder(key: Self.key).build(plan)
    #expect(try NameIndex(image: Self.octets(of: index)).notes == plan.notes())
  }

  @Test func `names that were spilled make the same index`() throws {
    let spill = MemorySpill()
    var spilled = NameIndex.Builder(key: Self.key, expecting: 200_000, spill: spill)
    var plain = NameIndex.Builder(key: Self.key)
    for number in 0..<RuleNumber(20_000) {
      let name = try DomainName(presentation: "n\(number % 15_000).example\(number % 7).com")
      spilled.block(name, .subtree, rule: number)
      plain.block(name, .subtree, rule: number)
    }
    let index = try spilled.build(NameIndex.Plan())
    #expect(spill.parts.isEmpty)
    #expect(spill.taken > 4)
    #expect(
      Set(index.entries.map(EntryState.init)) == Set(plain.build().entries.map(EntryState.init)))
  }

  @Test func `a base is carried over with other numbers, and names in both are combined`() throws {
    var below = NameIndex.Builder(key: Self.key)
    for number in 0..<RuleNumber(30_000) {
      below.block(
        try DomainName(presentation: "n\(number).example"), .exact, rule: number % 3)
    }
    below.protect(try DomainName(presentation: "safe.example"), .subtree)
    let base = below.build()
    var above = NameIndex.Builder(key: Self.key, expecting: 100_000)
    for number in 0..<RuleNumber(20_000) {
      above.block(
        try DomainName(presentation: "n\(number * 3).example"), .exact, rule: 70_000)
    }
    var plan = NameIndex.Plan(base: base) {
      $0 == 1 ? nil : $0 + 10
    } combine: {
      $0 * 1_000 + $1
    }
    plan.keepsProtections = false
    let index = try above.build(plan)
    for number in 0..<RuleNumber(60_000) {
      let name = try DomainName(presentation: "n\(number).example")
      let below: RuleNumber? = number >= 30_000 || number % 3 == 1 ? nil : number % 3 + 10
      let expected = number % 3 == 0 ? below.map { $0 * 1_000 + 70_000 } ?? 70_000 : below
      #expect(index.lookup(name) { _ in true }.rule == expected)
    }
    let safe = try DomainName(presentation: "safe.example")
    #expect(!index.lookup(safe) { _ in true }.isProtected)
    #expect(!index.lookup(.root) { _ in true }.hasProtectedBelow)
  }

  @Test func `a name of usual length takes at most 32 octets, with its number`() throws {
    var random = SeededGenerator(seed: 30)
    var builder = NameIndex.Builder(key: Self.key, expecting: 100_000)
    var texts: [String] = []
    for number in 0..<100_000 {
      let ending = ["com", "net", "io", "co.uk", "top"][number % 5]
      texts.append("\(String(random.next(), radix: 36).prefix(14)).\(ending)")
      builder.block(try DomainName(presentation: texts[number]), .subtree, rule: 7)
    }
    let index = builder.build()
    #expect(index.memoryFootprint < 32 * 100_000)
    // A million queries, half of them for names below listed ones.
    let listed = Set(texts)
    for round in 0..<1_000_000 {
      let text = texts[Int(random.next() % 100_000)]
      let asked = round % 2 == 0 ? text : "x" + text
      let name = try #require(texts.isEmpty ? nil : Self.wire(asked))
      let isFound = index.lookup(name.span) { _ in true }.rule == 7
      if isFound != listed.contains(asked) { Issue.record("\(asked)") }
    }
  }

  /// Quick, for a million names.
  private static func wire(_ text: String) -> [UInt8]? {
    var octets: [UInt8] = [0]
    var start = 0
    for octet in text.utf8 {
      if octet == UInt8(ascii: ".") {
        start = octets.count
        octets.append(0)
      } else {
        octets.append(octet)
        octets[start] += 1
      }
    }
    return octets + [0]
  }
}

/// Keeps what is spilled, to see that it is taken again.
private final class MemorySpill: NameSpill {
  var parts: [Int: [UInt8]] = [:]
  var taken = 0

  func add(_ octets: [UInt8], to part: Int) { parts[part, default: []] += octets }

  func take(_ part: Int) -> [UInt8] {
    taken += 1
    return parts.removeValue(forKey: part) ?? []
  }
}

extension NameIndex {
  /// Reads an image whose octets were changed, after its checksums were made right for them.
  fileprivate static func withRightChecksums(_ octets: [UInt8]) throws -> NameIndex {
    var image = octets
    let fields = (0..<14).map { field in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(image[field * 8 + $1]) << UInt64(8 * $1) }
    }
    var header = NameImage.Header()
    header.valueWidth = Int(fields[2])
    header.key = NameIndex.Key(fields[3], fields[4])
    header.depths = fields[5]
    (header.listed, header.bucketCount) = (Int(fields[6]), Int(fields[7]))
    (header.buckets, header.directory) = (Int(fields[8]), Int(fields[9]))
    (header.tails, header.extras, header.notes) = (
      Int(fields[10]), Int(fields[11]), Int(fields[12])
    )
    let body = NameImage.headerSize..<(NameImage.headerSize + header.body)
    let sums = stride(from: body.lowerBound, to: body.upperBound, by: NameImage.chunkSize).map {
      ImageChecksum.of(Array(image[$0..<min($0 + NameImage.chunkSize, body.upperBound)]))
    }
    image.removeSubrange(body.upperBound...)
    for sum in sums { image.append(number: sum) }
    image.replaceSubrange(0..<NameImage.headerSize, with: header.encoded(over: sums))
    return try NameIndex(image: image)
  }
}
