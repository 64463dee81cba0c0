import DomainNames
import Enforcement
import Testing
import TransparencyLog

@testable import Records

@Suite("Sealed targets") struct SealedTargetsTests {
  /// The root of a list of leaves, by the words of RFC 6962, Section 2.1.
  static func slowRoot(_ leaves: [Digest]) -> Digest {
    guard leaves.count > 1 else { return leaves.first ?? Digest.sha256(of: []) }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    let left = slowRoot(Array(leaves[..<half]))
    let right = slowRoot(Array(leaves[half...]))
    return Digest.sha256(of: [1] + left.bytes + right.bytes)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100])
  func `the root is the Merkle root over the commitments`(count: Int) throws {
    let lines = (0..<count).map { AssessedLine.target($0 + 1, "venue-\($0).example") }
    let sealed = try SealedTargets(lines, random: .seeded(UInt64(count)))
    let leaves = sealed.rows.map { row in
      let commitment = Digest.sha256(
        of: Array("cordon/commit/v1".utf8) + [0] + row.salt.bytes + row.value)
      return Digest.sha256(of: [0] + commitment.bytes)
    }
    #expect(sealed.summary.targetsRoot == Self.slowRoot(leaves).hex)
    #expect(sealed.summary.tally.accept == count)
  }

  @Test func `a target is one canonical line of JSON, for ever the same`() throws {
    let line = AssessedLine(
      source: SourceLine(
        id: LineID(line: 12, part: 2), input: "hxxp://ᴠenue[.]example/\u{7}",
        reading: .name(domain("venue.example"), .url), party: "Venue 有限公司", note: "a \"note\""),
      decision: .hold, name: domain("xn--fiqs8s.example"), scope: .exact,
      reasons: [Reason(code: "popular", text: "it is popular")])
    let sealed = try SealedTargets([line], random: .constant(0x5A))
    #expect(
      String(decoding: sealed.rows[0].value, as: UTF8.self) == """
        {"decision":"hold","input":"hxxp://ᴠenue[.]example/\\u0007","line":"12.2",\
        "name":"xn--fiqs8s.example","note":"a \\"note\\"","party":"Venue 有限公司",\
        "reasons":[{"code":"popular","text":"it is popular"}],"scope":"exact"}
        """)
    #expect(
      sealed.summary.targetsRoot
        == "a41069c4bc8928ae0646bd3b057b91113246cfc637af2a8dec426a1331c7c5d5")
    #expect(sealed.summary.openLines == [LineID(line: 12, part: 2): .hold])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `what is sealed is read back whole`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let lines = (1...40).map { number in
      var line = AssessedLine.target(
        number, "venue-\(number).example", random.pick(Decision.allCases),
        random.pick(Scope.allCases))
      line.source.note = random.chance(1, in: 2) ? "note \u{1F642} \(number)" : nil
      line.source.party = random.chance(1, in: 2) ? "" : nil
      return line
    }
    let sealed = try SealedTargets(lines, random: .seeded(seed))
    for (line, row) in zip(lines, sealed.rows) {
      #expect(
        TargetCoding.target(row.value)
          == RecordedTarget(
            line: line.source.id, input: line.source.input, decision: line.decision,
            name: line.name, scope: line.scope, party: line.source.party, note: line.source.note,
            reasons: line.reasons))
    }
    #expect(
      sealed.summary.openLines.keys.sorted()
        == lines.filter { $0.decision == .hold || $0.decision == .quarantine }.map(\.source.id))
    #expect(Set(sealed.rows.map(\.salt.bytes)).count == lines.count)
  }

  @Test func `octets that are no target read as none`() {
    for text in [
      "", "{}", "[]", "{\"line\":\"x\"}", "{\"decision\":\"maybe\",\"input\":\"\",\"line\":\"1\"}",
    ] {
      #expect(TargetCoding.target(Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test func `the system's octets have the length that was asked for, and differ`() {
    for count in [0, 1, 7, 8, 9, 16, 32, 33] {
      #expect(RandomOctets.system.octets(count).count == count)
    }
    #expect(RandomOctets.system.octets(32) != RandomOctets.system.octets(32))
  }
}
