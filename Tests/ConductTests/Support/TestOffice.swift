import Detection
import Enforcement
import Foundation
import Interchange
import Logging
import Records
import Synchronization

@testable import Conduct

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
  private let moment: Mutex<Instant>

  init(_ start: Instant = Instant("2026-11-23T00:00:00Z")!) {
    moment = Mutex(start)
  }

  var now: Instant { moment.withLock { $0 } }

  func advance(_ time: Duration) { moment.withLock { $0 = $0 + time } }
}

/// A data directory that is removed with its owner.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "conduct-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Whether a word stands in any file.
  func holds(_ word: String) throws -> Bool {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    return names.contains { name in
      FileManager.default.contents(atPath: path + "/" + name)?
        .range(of: Data(word.utf8)) != nil
    }
  }
}

/// The detector that the program ships with.
enum ShippedDetector {
  static let detector: Detector = {
    let folder = #filePath.components(separatedBy: "/Tests/")[0] + "/Policies/detection"
    let names = try! FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    func octets(_ name: String) -> [UInt8] {
      Array(FileManager.default.contents(atPath: folder + "/" + name)!)
    }
    let packs = names.filter { $0.hasSuffix(".yaml") && $0 != "model.yaml" }.map {
      try! PackFile.read(octets($0), fileName: $0)
    }
    let model = try! ModelFile.read(octets("model.yaml"), fileName: "model.yaml")
    return try! Detector(packs: packs, model: model)
  }()
}

/// A record with a platform, its ladder, and two rules that are live.
final class TestOffice: Sendable {
  let folder: TestFolder
  let clock: TestClock
  let journal: Journal
  let platform = Slug(text: "agora")!

  static let administrator = Actor.person(PersonName("ada")!)
  static let officer = Actor.person(PersonName("olga")!)
  static let second = Actor.person(PersonName("otto")!)

  private init(_ folder: TestFolder, _ clock: TestClock, _ journal: Journal) {
    self.folder = folder
    self.clock = clock
    self.journal = journal
  }

  static func open(
    webhook: String? = nil, postsArePublic: Bool = true, breaker: ConductRule.Breaker = .init(),
    stage: RuleStage = .live
  ) async throws -> TestOffice {
    let (folder, clock) = (try TestFolder(), TestClock())
    let office = TestOffice(folder, clock, try journal(folder, clock))
    let staff: [(Actor, Role)] = [
      (administrator, .administrator), (officer, .officer), (second, .officer),
    ]
    for (number, (actor, role)) in staff.enumerated() {
      guard case .person(let name) = actor else { continue }
      let token = [UInt8](repeating: UInt8(number + 1), count: 32)
      try await office.do(
        .addPerson(name, role, tokenDigest: token), number == 0 ? .system : administrator)
    }
    try await office.conduct(
      .setPlatform(
        Platform(
          id: office.platform, name: "Agora", language: "en", territory: ["DE"],
          terms: PlatformTerms(), appealAddress: "https://agora.example", webhook: webhook,
          postsArePublic: postsArePublic)), administrator)
    try await office.conduct(.adoptLadder(platform: office.platform, ladder), administrator)
    try await office.write("no-solicitation", .solicitation, breaker, stage)
    try await office.write("no-token-sale", .tokenSale, breaker, stage)
    return office
  }

  /// The same record in another folder, as a crash at this moment would leave it.
  func copied() throws -> TestOffice {
    let copy = try TestFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.copyItem(
        atPath: folder.path + "/" + name, toPath: copy.path + "/" + name)
    }
    return TestOffice(copy, clock, try Self.journal(copy, clock))
  }

  static func journal(_ folder: TestFolder, _ clock: TestClock) throws -> Journal {
    try Journal(directory: folder.path, origin: "log.example/test", clock: { clock.now })
  }

  static let ladder = Ladder(
    name: Slug(text: "standard")!, version: 1,
    infractions: [
      .init(kind: Slug(text: "solicitation")!, points: 10, gravity: .minor, decayDays: 90),
      .init(kind: Slug(text: "token-sale")!, points: 40, gravity: .serious, decayDays: nil),
    ],
    rungs: [
      .init(points: 10, sanction: SanctionTerms(kind: .warn), needsWarning: false),
      .init(
        points: 40,
        sanction: SanctionTerms(kind: .restrict, restrictions: [.posting, .links], days: 7),
        needsWarning: false),
      .init(points: 80, sanction: SanctionTerms(kind: .suspend, days: 30), needsWarning: false),
    ],
    windowDays: 90)

  func write(
    _ name: String, _ category: FindingCategory, _ breaker: ConductRule.Breaker, _ stage: RuleStage
  ) async throws {
    let reference = RuleReference(rule: Slug(text: name)!, version: 1)
    try await conduct(
      .writeRule(
        ConductRule(
          reference: reference, category: category, leastScore: 0.5, platforms: [], accounts: [],
          kind: Slug(text: category.rawValue)!, clause: "Terms of use, section 4",
          asksPerson: false, breaker: breaker, stage: .draft, author: Self.officer)),
      Self.officer)
    let trial = ContentDigest(hex: String(repeating: "ab", count: 32))!
    for next in [RuleStage.tested(trial: trial), .shadow, .share(500), .live] {
      try await conduct(.stageRule(reference, next, reason: "tried"), Self.second)
      if next == stage { return }
    }
  }

  @discardableResult
  func conduct(_ command: ConductCommand, _ actor: Actor = .system) async throws
    -> [RecordedEvent]
  {
    try await self.do(.conduct(command), actor)
  }

  @discardableResult
  func `do`(_ command: Command, _ actor: Actor) async throws -> [RecordedEvent] {
    switch try await journal.perform(command, by: actor) {
    case .recorded(let events): return events
    case .refused(let refusal): throw refusal
    }
  }

  func screener(workers: Int = 2, counts: PostCounts? = nil) throws -> Screener {
    try Screener(
      detector: ShippedDetector.detector, journal: journal, counts: counts, workers: workers)
  }

  func screen(_ lines: [String]) async throws -> [Answer] {
    let screened = try await screener().screen(
      Array((lines.joined(separator: "\n") + "\n").utf8), of: platform)
    return try Answer.read(screened.answers)
  }
}

/// One answer line, read by another reader.
struct Answer: Decodable, Equatable {
  struct Sanction: Decodable, Equatable {
    let id: String
    let kind: String
    let until: String?
    let state: String
  }
  struct Evidence: Decodable, Equatable {
    struct Place: Decodable, Equatable {
      let part: String
      let start: Int
      let end: Int
    }
    let signal: String
    let text: String
    let `where`: Place
    let weight: Double
  }

  let id: String?
  let verdict: String?
  let score: Double?
  let evidence: [Evidence]?
  let infraction: String?
  let sanction: Sanction?
  let line: Int?
  let error: String?

  static func read(_ octets: [UInt8]) throws -> [Answer] {
    try octets.split(separator: 0x0A).map {
      try JSONDecoder().decode(Answer.self, from: Data($0))
    }
  }
}

/// Lines of posts.
enum Line {
  static let soliciting =
    "Register at Binance with my referral link and use code FARM10: 20% off all trading fees,"
    + " welcome bonus for new users. Join our group and start trading Bitcoin now!"
  static let sale =
    "代币私募开放认购：私募价 0.05 USDT，软顶 500 ETH，硬顶 2000 ETH，支持 USDT、ETH 打币，立即认购，名额有限，认购地址进群领取。"
  static let talk = "The library opens at nine, and the council meets on Monday."

  static func post(
    _ id: String, _ text: String = talk, account: String = "u-1", extra: String = ""
  ) -> String {
    #"{"id":"\#(id)","account":"\#(account)","published":"2026-11-22T10:00:00Z","text":"\#(text)"\#(extra)}"#
  }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
