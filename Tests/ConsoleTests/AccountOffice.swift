import Conduct
import Enforcement
import Foundation
import HTTPTypes
import Records
import Testing

@testable import Console

/// A platform with a ladder, a live rule and some accounts, and people of every role who come by
/// every way in: verbs, the API, and the account holder's page.
struct AccountOffice {
  static let platform = Slug(text: "agora")!
  static let accounts = ["ann", "bea", "cai", "dan"]
  static let people: [(name: String, role: Role)] = [
    ("ada", .administrator), ("olga", .officer), ("otto", .officer), ("oren", .officer),
    ("rita", .reviewer), ("rosa", .reviewer), ("carl", .clerk), ("axel", .auditor),
  ]

  let web: WebOffice
  let tokens: [String: String]

  var book: ConductBook { web.journal.register.conduct }
  var desk: Desk { web.desk }

  init() async throws {
    web = try await WebOffice()
    var tokens: [String: String] = [:]
    let founder = Actor.person(try #require(PersonName("\(WebOffice.canary).ada")))
    for (name, role) in Self.people {
      let token = AccessToken.make()
      _ = try await web.desk.record(
        .addPerson(
          try #require(PersonName(name)), role, tokenDigest: AccessToken.digest(of: token)),
        by: founder)
      tokens[name] = token
    }
    self.tokens = tokens
    try await found()
  }

  static func person(_ name: String) -> Actor { .person(PersonName(name)!) }

  private func found() async throws {
    let (ada, olga, otto) = (Self.person("ada"), Self.person("olga"), Self.person("otto"))
    try await desk.act(
      .setPlatform(
        Platform(
          id: Self.platform, name: "Agora", language: "en", territory: ["DE"],
          terms: PlatformTerms(), appealAddress: "http://console.test:8480", webhook: nil,
          postsArePublic: true)), by: ada)
    try await desk.act(
      .adoptLadder(
        platform: Self.platform,
        Ladder(
          name: Slug(text: "short")!, version: 1,
          infractions: [
            .init(kind: Slug(text: "solicitation")!, points: 4, gravity: .serious, decayDays: nil)
          ],
          rungs: [
            .init(points: 4, sanction: SanctionTerms(kind: .warn), needsWarning: false),
            .init(
              points: 8, sanction: SanctionTerms(kind: .suspend, days: 30), needsWarning: false),
            .init(points: 16, sanction: SanctionTerms(kind: .close), needsWarning: false),
          ], windowDays: 90)), by: ada)
    let rule = RuleReference(rule: Slug(text: "no-solicitation")!, version: 1)
    try await desk.act(
      .writeRule(
        ConductRule(
          reference: rule, category: .solicitation, leastScore: 0.5, platforms: [], accounts: [],
          kind: Slug(text: "solicitation")!, clause: "section 5", asksPerson: false,
          breaker: .init(), stage: .draft, author: olga)), by: olga)
    let trial = ContentDigest(hex: String(repeating: "ab", count: 32))!
    for stage in [RuleStage.tested(trial: trial), .shadow, .share(1_000), .live] {
      try await desk.act(.stageRule(rule, stage, reason: "tried"), by: otto)
    }
  }

  /// A post that breaks the rule.
  func strike(_ account: String, number: Int) async throws {
    let post = ContentDigest(
      hex: String(repeating: "0", count: 56) + String(format: "%08x", number))!
    let infraction = Infraction(
      category: .solicitation, score: 1,
      rule: RuleReference(rule: Slug(text: "no-solicitation")!, version: 1),
      kind: Slug(text: "solicitation")!, post: post, content: post,
      published: web.journal.now, postsSeen: 1, packs: [], held: nil,
      evidence: InfractionEvidence(
        post: "p-\(number)", language: "en", pieces: [], traits: []))
    try await desk.act(
      .reportInfractions(
        platform: Self.platform,
        [InfractionReport(account: AccountIdentity(key: account), infraction: infraction)]),
      by: .system)
  }

  /// Does a verb; whether it was done.
  func verb(_ task: ConductTask, as name: String) async -> Bool {
    await desk.handle(
      DeskRequest(task: .conduct(task), token: tokens[name]), file: [],
      output: DeskOutput(out: { _ in }, err: { _ in })) == .done
  }

  /// Asks the API; whether it was done.
  func call(
    _ path: String, _ body: [String: Any], as name: String, _ reader: WebReader
  ) async throws -> Bool {
    let octets = try JSONSerialization.data(withJSONObject: body)
    let answer = try await reader.ask(
      "/api/v1/" + path, .post,
      ["content-type": "application/json", "authorization": "Bearer \(tokens[name] ?? "")"],
      body: String(decoding: octets, as: UTF8.self))
    #expect(answer.status < 500 && answer.status != 401, "\(path): \(answer.text)")
    return answer.status < 300
  }
}
