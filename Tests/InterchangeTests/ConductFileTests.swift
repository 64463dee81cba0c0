import Enforcement
import Foundation
import Interchange
import Testing

struct ConductFileTests {
  private static func shipped(_ path: String) throws -> [UInt8] {
    let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: home.appendingPathComponent("Policies/" + path)))
  }

  @Test func `the shipped ladder climbs from a warning to a closing`() throws {
    let ladder = try LadderFile.read(
      Self.shipped("ladders/standard.yaml"), fileName: "standard.yaml")
    #expect(ladder.rungs.first?.sanction.kind == .warn)
    #expect(ladder.rungs.last?.sanction.kind == .close)
    #expect(ladder.rungs.map(\.points) == ladder.rungs.map(\.points).sorted())
    for rung in ladder.rungs {
      #expect(rung.approvals >= rung.sanction.kind.leastApprovals)
      #expect(rung.needsWarning == (rung.sanction.kind != .warn))
    }
  }

  @Test func `every shipped rule makes an infraction that the shipped ladder weighs`() throws {
    let author = try #require(Actor(text: "ann"))
    let rules = try RuleFile.read(
      Self.shipped("rules/standard.yaml"), fileName: "standard.yaml", author: author)
    let ladder = try LadderFile.read(
      Self.shipped("ladders/standard.yaml"), fileName: "standard.yaml")
    #expect(Set(rules.map(\.category)) == Set(FindingCategory.allCases))
    for rule in rules {
      #expect(ladder.infractions.contains { $0.kind == rule.kind })
      #expect(rule.stage == .draft)
      #expect(rule.author == author)
    }
  }

  @Test(arguments: ["cn-2014", "eu-dsa", "eu-tco", "uk-osa"])
  func `a shipped profile keeps records as long as an appeal has`(name: String) throws {
    let profile = try ProfileFile.read(
      Self.shipped("profiles/\(name).yaml"), fileName: "\(name).yaml")
    #expect(profile.name.text == name)
    #expect(profile.terms.keepDays >= profile.terms.appealDays)
    #expect(profile.terms.appealDays >= 184)
    #expect(profile.terms.answerDays == (name == "eu-tco" ? 14 : nil))
  }

  @Test(arguments: [
    "profile: x\nappeal_days: 0\nreport_hours: 1\nkeep_days: 9",
    "profile: x\nappeal_days: 9\nreport_hours: 1",
    "profile: x\nappeal_days: 9\nanswer_days: 0\nreport_hours: 1\nkeep_days: 9",
    "profile: X y\nappeal_days: 9\nreport_hours: 1\nkeep_days: 9",
    "profile: x\nappeal_days: 9\nreport_hours: 1\nkeep_days: 9\nkeep_day: 9",
  ])
  func `a profile with a fault is refused`(text: String) {
    #expect(throws: PolicyFileError.self) {
      try ProfileFile.read(Array(text.utf8), fileName: "x.yaml")
    }
  }

  @Test(arguments: [
    ("points: x", "points", "no number"), ("pionts: 3", "rungs", "points"),
    ("points: 3, sanction: warn, days: 3", "sanction", "no days"),
    ("points: 3, sanction: restrict, days: 3", "sanction", "what is restricted"),
    ("points: 3, sanction: suspend", "sanction", "needs days"),
    ("points: 3, sanction: suspend, days: 3, needs_warning: maybe", "needs_warning", "true"),
    ("points: 3, sanction: clsoe", "sanction", "close"),
    ("points: 3, sanction: warn, least_share: 1001", "least_share", "1001"),
  ])
  func `a fault in a ladder names its line and key`(rung: String, key: String, word: String) {
    let text = """
      ladder: x
      version: 1
      infractions: [{kind: a, points: 1, gravity: minor}]
      rungs:
        - {\(rung)}
      """
    let fault = #expect(throws: PolicyFileError.self) {
      try LadderFile.read(Array(text.utf8), fileName: "x.yaml")
    }
    let sentence = fault.map { "\($0)" } ?? ""
    #expect(sentence.contains(key) && sentence.contains(word), "\(sentence)")
    #expect(sentence.contains("5"), "\(sentence)")
  }

  @Test func `a rule that is given twice is refused`() {
    let rule = "{rule: a, version: 1, category: venue, least_score: 0.5, kind: k, clause: c}"
    #expect(throws: PolicyFileError.self) {
      try RuleFile.read(
        Array("rules: [\(rule), \(rule)]".utf8), fileName: "x.yaml", author: .system)
    }
  }
}
