import Testing

@testable import Enforcement

@Suite struct `Who may do what about accounts` {
  /// One of each command, of things that are not there where that can be.
  private static let commands: [ConductCommand] = [
    .setPlatform(.sample("harbor")), .adoptLadder(platform: Desk.meadow, .sample(version: 2)),
    .writeRule(.sample("new", .venue, kind: "promotion")),
    .stageRule(.sample("new"), .shadow, reason: "r"), .breakRule(.sample("new"), reason: "r"),
    .revertRule(.sample("new"), reason: "r"),
    .setParty(nil, PartyEntry(name: "Orchid", kind: .firm)),
    .registerAccounts(platform: Desk.meadow, []),
    .reviewAccount(AccountID(count: 9), .sample()),
    .reportInfractions(platform: Desk.meadow, []),
    .settleInfraction(InfractionID(count: 9), .count, reason: "r"),
    .proposeSanction(AccountID(count: 9), .warning, infractions: [], clause: "c", reason: "r"),
    .approveSanction(SanctionID(count: 9), reason: "r"),
    .declineSanction(SanctionID(count: 9), reason: "r"),
    .liftSanction(SanctionID(count: 9), reason: "r"), .confirmSanction(SanctionID(count: 9)),
    .recordNoticeDelivery(SanctionID(count: 9)), .fileAppeal(SanctionID(count: 9), text: "t"),
    .answerAppeal(AppealID(count: 9), text: "t"),
    .decideAppeal(AppealID(count: 9), .upheld, reason: "r"),
    .settleLead(LeadID(count: 9), .same, reason: "r"),
    .proposeBatch(.lift, [AccountID(count: 9)], reason: "r"),
    .moveBatch(BatchID(count: 9), .declined, reason: "r"),
    .makeReport(.dsa, [SanctionID(count: 9)], corrects: nil, content: .sample(1), key: "k"),
    .receiveReport(ReportID(count: 9), receipt: "r"), .setHold(AccountID(count: 9), reason: "r"),
    .eraseParty(PartyID(count: 9)),
  ]

  private static let shared: Set = ["conduct.settle", "conduct.lead"]
  private static let allowed: [String: Set<String>] = [
    "carl": [], "axel": ["account.hold"],
    "rita": shared.union([
      "account.review", "appeal.file", "appeal.answer", "appeal.decide",
    ]),
    "meadow": [
      "account.party", "account.review", "account.register", "conduct.ingest", "account.confirm",
      "account.deliver",
    ],
    "system": [
      "conduct.break", "conduct.ingest", "account.confirm", "account.deliver", "appeal.file",
      "appeal.answer", "report.make", "report.receive",
    ],
  ]

  @Test func `a clerk proposes nothing, a platform does its own, the system what falls to it`()
    throws
  {
    let desk = try Desk.ofConduct()
    for (name, actions) in Self.allowed {
      let actor: Actor = name == "system" ? .system : .named(name)
      for command in Self.commands {
        let isAllowed = desk.refusal(of: command, by: actor)?.code != .notAllowed
        #expect(isAllowed == actions.contains(command.action), "\(name) \(command.action)")
      }
    }
  }

  @Test func `platforms, ladders and what is erased are an administrator's`() throws {
    let desk = try Desk.ofConduct()
    let administrators: Set = [
      "conduct.platform", "conduct.ladder", "record.erase", "account.hold",
    ]
    let platforms: Set = ["conduct.ingest", "account.confirm", "account.deliver"]
    for command in Self.commands {
      let officer = desk.refusal(of: command, by: Desk.officer)?.code != .notAllowed
      let admin = desk.refusal(of: command, by: Desk.admin)?.code != .notAllowed
      #expect(officer == !administrators.union(platforms).contains(command.action))
      #expect(admin == !platforms.contains(command.action), "\(command.action)")
    }
  }

  @Test func `each command has a verb of its own, and names what is not there`() throws {
    let desk = try Desk.ofConduct()
    #expect(Set(Self.commands.map(\.action)).count == Self.commands.count)
    for command in Self.commands {
      for actor in [Desk.admin, Desk.platform] {
        guard let refusal = desk.refusal(of: command, by: actor), refusal.text.contains("no ")
        else { continue }
        #expect(!refusal.text.contains("Optional("))
      }
    }
    let unknown = desk.refusal(
      of: .liftSanction(SanctionID(count: 9), reason: "r"), by: Desk.officer)
    #expect(unknown?.code == .unknownNumber && unknown?.text.contains("s-9") == true)
  }

  @Test func `a platform touches nothing of another's`() throws {
    var desk = try Desk.ofConduct()
    try desk.conduct(.setPlatform(.sample("harbor")), by: Desk.admin)
    try desk.post(1)
    try desk.conduct(.setParty(nil, PartyEntry(name: "Orchid", kind: .firm)), by: Desk.platform)
    let harbor = Actor.named("harbor")
    for command in [
      ConductCommand.registerAccounts(platform: Desk.meadow, []),
      .reportInfractions(platform: Desk.meadow, []), .confirmSanction(SanctionID(count: 1)),
      .recordNoticeDelivery(SanctionID(count: 1)),
      .setParty(PartyID(count: 1), PartyEntry(name: "Orchid & Sons", kind: .firm)),
    ] {
      #expect(desk.refusal(of: command, by: harbor)?.code == .notAllowed, "\(command.action)")
      #expect(desk.refusal(of: command, by: Desk.platform) == nil, "\(command.action)")
    }
  }

  @Test func `a platform's person bears a short name`() throws {
    let desk = try Desk.ofConduct()
    let add = Command.addPerson(person("Not.A.Slug"), .platform, tokenDigest: [1])
    #expect(desk.refusal(of: add, by: Desk.admin)?.code == .badField)
  }

  @Test(
    arguments: [
      { $0.name = "" }, { $0.language = "x y" }, { $0.territory = [] },
      { $0.territory = ["china"] },
      { $0.terms.appealDays = 0 }, { $0.terms.keepDays = 3 }, { $0.terms.reportHours = 0 },
      { $0.appealAddress = "https://cordon.example/" }, { $0.webhook = "ftp://x" },
    ] as [@Sendable (inout Platform) -> Void])
  func `a platform without what notices need is refused`(
    damage: @Sendable (inout Platform) -> Void
  ) throws {
    let desk = try Desk.ofConduct()
    var platform = Platform.sample()
    damage(&platform)
    #expect(desk.refusal(of: .setPlatform(platform), by: Desk.admin)?.code == .badField)
  }

  @Test(
    arguments: [
      { $0.version = 1 }, { $0.windowDays = 0 }, { $0.infractions = [] }, { $0.rungs = [] },
      { $0.infractions[0].points = 0 }, { $0.infractions[1].kind = $0.infractions[0].kind },
      { $0.rungs.swapAt(0, 1) }, { $0.rungs[1].sanction = .warning },
      { $0.rungs[2].sanction.days = 400 }, { $0.rungs[3].points = $0.rungs[2].points },
    ] as [@Sendable (inout Ladder) -> Void])
  func `a ladder that does not rise, or does not add up, is refused`(
    damage: @Sendable (inout Ladder) -> Void
  ) throws {
    let desk = try Desk.ofConduct()
    var ladder = Ladder.sample(version: 2)
    ladder.windowDays = 60
    #expect(desk.refusal(of: .adoptLadder(platform: Desk.meadow, ladder), by: Desk.admin) == nil)
    damage(&ladder)
    let refusal = desk.refusal(of: .adoptLadder(platform: Desk.meadow, ladder), by: Desk.admin)
    #expect(refusal?.code == .badField)
  }
}
