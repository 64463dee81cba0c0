import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Interchange

/// Rules for tests, in short.
enum Sample {
  static func name(_ text: String) -> DomainName { try! DomainName(presentation: text) }

  static func rule(
    _ text: String, _ scope: Scope, _ answer: BlockedAnswer = .nxdomain,
    mode: EnforcementMode = .block, order: String = "o-20260824-1"
  ) -> EnforcedRule {
    EnforcedRule(
      name: name(text), scope: scope, answer: answer, mode: mode, order: OrderID(order)!,
      reference: "R-1", authority: "Example “Supervisor”\u{7}",
      until: Instant("2027-08-24")!)
  }
}

@Suite("Rules in other systems' forms") struct ZoneWriterTests {
  private func rpz(
    _ rules: [EnforcedRule], addresses: [String] = [], protected: [String] = [],
    zone: String = "rpz.test"
  ) -> (text: String, deviations: [String]) {
    let writer = RPZWriter(
      zone: Sample.name(zone), serial: 42, addresses: addresses.map { BlockPageAddress($0)! },
      protectedNames: protected.map(Sample.name))
    var octets: [UInt8] = []
    let deviations = writer.write(rules) { octets += $0 }
    return (String(decoding: octets, as: UTF8.self), deviations.map(\.description))
  }

  /// The records alone, each as `owner type data`.
  private func records(
    _ rules: [EnforcedRule], addresses: [String] = [], protected: [String] = []
  ) -> [String] {
    rpz(rules, addresses: addresses, protected: protected).text.split(separator: "\n").dropFirst(5)
      .map { $0.split(separator: " ").filter { $0 != "IN" }.joined(separator: " ") }
  }

  @Test func `a policy zone is written exactly so`() {
    let (text, deviations) = rpz(
      [
        Sample.rule("b.example", .subtree),
        Sample.rule("www.a.example", .exact),
        Sample.rule("c.example", .subtree, .address),
        Sample.rule("d.example", .exact, .nodata),
      ],
      addresses: ["192.0.2.1", "2001:DB8::1"], protected: ["ok.b.example"])
    #expect(
      text == """
        ; Names blocked by order, as a response policy zone.
        $ORIGIN rpz.test.
        $TTL 60
        @ IN SOA localhost. hostmaster.localhost. 42 300 60 604800 60
        @ IN NS localhost.
        www.a.example IN CNAME *.
        b.example IN CNAME *.
        *.b.example IN CNAME .
        ok.b.example IN CNAME rpz-passthru.
        *.ok.b.example IN CNAME rpz-passthru.
        c.example IN A 192.0.2.1
        c.example IN AAAA 2001:db8::1
        *.c.example IN A 192.0.2.1
        *.c.example IN AAAA 2001:db8::1
        d.example IN CNAME *.

        """)
    #expect(deviations == [])
  }

  @Test func `a name between a blocked one and a protected one is not denied`() {
    #expect(
      records([Sample.rule("x.example", .subtree)], protected: ["a.b.x.example"]) == [
        "x.example CNAME *.", "*.x.example CNAME .",
        "b.x.example CNAME *.", "*.b.x.example CNAME .",
        "a.b.x.example CNAME rpz-passthru.", "*.a.b.x.example CNAME rpz-passthru.",
      ])
  }

  @Test func `the most specific rule answers, and what lies below a name keeps its own`() {
    #expect(
      records([
        Sample.rule("x.example", .subtree, .nodata),
        Sample.rule("x.example", .exact, .nxdomain),
        Sample.rule("c.b.x.example", .exact),
        Sample.rule("d.x.example", .subtree),
      ]) == [
        "x.example CNAME *.", "*.x.example CNAME *.",
        "b.x.example CNAME *.", "*.b.x.example CNAME *.",
        "c.b.x.example CNAME *.", "*.c.b.x.example CNAME *.",
        "d.x.example CNAME .", "*.d.x.example CNAME .",
      ])
  }

  @Test func `what a policy zone cannot say is told, not dropped`() {
    let long = Array(repeating: String(repeating: "a", count: 49), count: 5).joined(separator: ".")
    let result = rpz(
      [
        Sample.rule("a.example", .exact, mode: .observe),
        Sample.rule("x.ok.example", .subtree),
        Sample.rule("ok.example", .exact),
        Sample.rule(long, .subtree),
        Sample.rule(String(long.dropFirst(6)), .subtree),
        Sample.rule("32.1.2.0.192.rpz-ip", .exact),
        Sample.rule("*.b.example", .exact),
        Sample.rule("c.example", .subtree, .refused),
        Sample.rule("d.example", .exact, .address),
        Sample.rule(".", .subtree),
      ],
      protected: ["ok.example"])
    #expect(
      result.deviations.map { $0.split(separator: " ", maxSplits: 1)[1] }.sorted()
        == [
          "is answered with no data: no address of a block page was given",
          "is left out: in this form the name means something else",
          "is left out: in this form the name means something else",
          "is left out: in this form the name means something else",
          "is left out: in this zone it has 260 octets, and 255 are the most",
          "is left out: it is protected",
          "is left out: it is protected",
          "is left out: its rule only observes",
          "is not refused but denied: this form cannot refuse",
          """
          is written without the names below it: the wildcard has 256 octets, and 255 are the most
          """,
        ].sorted())
    #expect(!result.text.contains("rpz-ip"))
    #expect(!result.text.contains("x.ok.example"))
    #expect(result.text.contains("c.example IN CNAME .\n*.c.example IN CNAME .\n"))
  }

  @Test func `owners stand in canonical order, once each, whatever the order of the rules`() {
    var random = SeededGenerator(seed: 5)
    let labels = ["a", "b", "A-b", "_x", "z9"]
    for _ in 0..<100 {
      let rules = (0..<30).map { _ in
        let depth = Int.random(in: 1...4, using: &random)
        let text = (0..<depth).map { _ in labels.randomElement(using: &random)! }.joined(
          separator: ".")
        return Sample.rule(
          text, Bool.random(using: &random) ? .exact : .subtree,
          order: "o-\(Int.random(in: 1...3, using: &random))")
      }
      let protected = ["a.b.a", "z9.z9"]
      let text = rpz(rules, protected: protected).text
      #expect(text == rpz(rules.shuffled(using: &random), protected: protected).text)
      let owners = text.split(separator: "\n").dropFirst(5)
        .map { Sample.name(String($0.split(separator: " ")[0])) }
      #expect(zip(owners, owners.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func `the keys of a sort compare as names do`() {
    var random = SeededGenerator(seed: 8)
    let octets: [UInt8] = [0, 1, 2, 0x2A, 0x2D, 0x61, 0x62, 0xFF]
    let names = (0..<200).map { _ in
      let labels = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in octets.randomElement(using: &random)!
        }
      }
      return try! DomainName(labels: labels)
    }
    for (one, other) in zip(names, names.shuffled(using: &random)) {
      #expect(one.canonicalKey.lexicographicallyPrecedes(other.canonicalKey) == (one < other))
      #expect((one.canonicalKey == other.canonicalKey) == (one == other))
    }
  }

  /// What a policy zone answers for a name: the two ways in which readers take wildcards.
  private func answer(
    _ name: DomainName, in zone: [DomainName: String], byClosestEncloser: Bool
  ) -> String? {
    if let own = zone[name] { return own }
    let enclosers = name.ancestors.filter { !$0.isRoot }
    for encloser in enclosers {
      if let wildcard = zone[try! encloser.prepending(label: [0x2A])] { return wildcard }
      let exists = zone.keys.contains { $0.isAtOrBelow(encloser) }
      if byClosestEncloser, exists { return nil }
    }
    return nil
  }

  @Test func `both kinds of reader answer every name as the rules say`() {
    var random = SeededGenerator(seed: 6)
    let labels = ["a", "b", "c"]
    func randomName(_ depth: ClosedRange<Int>) -> String {
      let labels = (0..<Int.random(in: depth, using: &random)).map { _ in
        labels.randomElement(using: &random)!
      }
      return (labels + ["test"]).joined(separator: ".")
    }
    for _ in 0..<150 {
      let rules = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Sample.rule(randomName(1...4), Bool.random(using: &random) ? .exact : .subtree)
      }
      let protected = (0..<Int.random(in: 0...2, using: &random)).map { _ in randomName(1...4) }
      var zone: [DomainName: String] = [:]
      for record in records(rules, protected: protected) {
        let parts = record.split(separator: " ").map { String($0) }
        zone[Sample.name(parts[0])] = parts[2]
      }
      for _ in 0..<60 {
        let name = Sample.name(randomName(1...5))
        let expected = Self.expected(name, rules, protected.map(Sample.name))
        for way in [true, false] {
          let told = answer(name, in: zone, byClosestEncloser: way)
          #expect(
            told == expected || told == nil && expected == "rpz-passthru.", "\(name) \(way)")
        }
      }
    }
  }

  /// What the rules say of a name, in the slowest way.
  private static func expected(
    _ name: DomainName, _ rules: [EnforcedRule], _ protected: [DomainName]
  ) -> String? {
    if protected.contains(where: { name.isAtOrBelow($0) }) { return "rpz-passthru." }
    if rules.contains(where: { $0.scope == .exact && $0.name == name }) { return "*." }
    guard rules.contains(where: { $0.scope == .subtree && name.isAtOrBelow($0.name) }) else {
      return nil
    }
    return protected.contains { $0.isBelow(name) } ? "*." : "."
  }

  @Test func `a hosts file names single hosts and says what it cannot say`() {
    var octets: [UInt8] = []
    let deviations = HostsWriter(protectedNames: [Sample.name("ok.example")]).write([
      Sample.rule("b.example", .subtree), Sample.rule("a.example", .exact),
      Sample.rule("b.example", .exact), Sample.rule("c.example", .exact, mode: .observe),
      Sample.rule("x.ok.example", .exact), Sample.rule("a\\032b.example", .exact),
    ]) { octets += $0 }
    #expect(
      String(decoding: octets, as: UTF8.self) == """
        # Names blocked by order, as a hosts file. Each is sent to an address that leads nowhere.
        # Names: 2. A hosts file names single hosts only.
        # 1 of them are ordered blocked with all names below them. This file cannot say
        # that: the names below stay reachable. A response policy zone blocks them.
        0.0.0.0 a.example
        :: a.example
        0.0.0.0 b.example
        :: b.example

        """)
    #expect(deviations.map(\.kind) == [.reservedName, .observed, .protected])
  }

  @Test func `a hosts file that is written is read back as exact names`() throws {
    var octets: [UInt8] = []
    _ = HostsWriter().write([Sample.rule("b.example", .subtree)]) { octets += $0 }
    let file = try OrderFile.read(octets)
    #expect(file.format == .hosts)
    #expect(file.lines.map(\.short) == ["5 plain b.example", "6 plain b.example"])
    #expect(file.lines.allSatisfy { $0.scope == .exact })
  }

  @Test func `the JSON form says everything, and another reader understands it`() throws {
    var octets: [UInt8] = []
    let moment = try #require(Instant("2026-08-24T10:00:00Z"))
    JSONRulesWriter(generatedAt: moment).write([
      Sample.rule("b.example", .subtree, .refused, mode: .observe),
      Sample.rule("a.example", .exact),
    ]) { octets += $0 }
    #expect(
      String(decoding: octets, as: UTF8.self) == #"""
        {"generated":"2026-08-24T10:00:00Z","count":2,"rules":[
        {"name":"a.example","scope":"exact","answer":"nxdomain","mode":"block","order":"o-20260824-1","reference":"R-1","authority":"Example “Supervisor”\u0007","until":"2027-08-24T00:00:00Z"},
        {"name":"b.example","scope":"subtree","answer":"refused","mode":"observe","order":"o-20260824-1","reference":"R-1","authority":"Example “Supervisor”\u0007","until":"2027-08-24T00:00:00Z"}
        ]}

        """#)
    let judged = try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any]
    let rules = judged?["rules"] as? [[String: String]]
    #expect(rules?.first?["authority"] == "Example “Supervisor”\u{7}")
  }

  @Test func `no rules give an empty form of each kind`() throws {
    #expect(records([]) == [])
    var octets: [UInt8] = []
    JSONRulesWriter(generatedAt: Instant(seconds: 0)).write([]) { octets += $0 }
    let judged = try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any]
    #expect((judged?["rules"] as? [Any])?.isEmpty == true)
  }

  @Test func `a large form comes in pieces, and a sink that fails stops it`() {
    struct Full: Error {}
    let rules = (0..<8_000).map { Sample.rule("host-\($0).example", .subtree) }
    var pieces: [Int] = []
    _ = RPZWriter(zone: Sample.name("rpz"), serial: 1).write(rules) { pieces.append($0.count) }
    #expect(pieces.count > 3)
    #expect(pieces.allSatisfy { $0 < 70_000 })
    var taken = 0
    #expect(throws: Full.self) {
      try HostsWriter().write(rules) { (_: [UInt8]) throws(Full) in
        taken += 1
        if taken == 2 { throw Full() }
      }
    }
    #expect(taken == 2)
  }
}
