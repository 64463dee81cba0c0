internal import Conduct
internal import Enforcement
internal import Foundation
internal import Records

/// What the sample platform shows: where to read, as account holders, what was decided.
struct DemoAccounts: Sendable {
  /// The page of a restriction against which an appeal is open.
  let appealed: String
  /// The page of a restriction that nobody has appealed.
  let fresh: String
  /// A suspension that waits for an officer.
  let waiting: String?
}

extension DemoStore {
  private static let folder = "Examples/conduct"

  /// The octets of a file that belongs to the program.
  private static func sample(_ path: String) throws -> [UInt8] {
    guard let place = PolicyFolder.beside(path),
      let data = FileManager.default.contents(atPath: place)
    else { throw DeskFault("the sample \(path) is not found beside the program") }
    return Array(data)
  }

  /// Fills a sample platform the whole way: a ladder, rules that two officers let live, accounts,
  /// posts, and an appeal.
  ///
  /// Nothing is left out for the demonstration.
  func fillAccounts(
    _ desk: Desk, administrator: String, author: String, other: String
  ) async throws -> DemoAccounts {
    func act(_ task: ConductTask, _ token: String, _ file: [UInt8] = []) async throws {
      try await perform(.conduct(task), desk, token, file: file)
    }
    var input = PlatformInput()
    input.name = "Sample Platform"
    input.language = "zh-Hans"
    input.territory = ["CN"]
    input.postsArePublic = true
    try await act(.platformSet(id: "sample", input, isNew: true), administrator)
    try await act(
      .ladderAdopt(platform: "sample", fileName: "ladder.yaml"), administrator,
      try Self.sample(Self.folder + "/ladder.yaml"))
    let posts = try Self.sample(Self.folder + "/posts.jsonl")
    try await act(
      .ruleAdd(fileName: "rules.yaml"), author, try Self.sample(Self.folder + "/rules.yaml"))
    for rule in ["no-solicitation@1", "no-token-sale@1"] {
      try await act(.ruleTrial(rule: rule, platform: "sample", accept: true), author, posts)
      for (stage, share) in [("shadow", nil), ("share", 1_000), ("live", nil)] as [(String, Int?)] {
        try await act(
          .ruleStage(rule: rule, stage: stage, share: share, reason: "sample data"), other)
      }
    }
    try await act(
      .accountRegister(platform: "sample"), author,
      try Self.sample(Self.folder + "/accounts.jsonl"))
    for line in posts.split(separator: 0x0A) {
      try await act(
        .ingest(platform: "sample"), author, try Self.published(Array(line), at: desk.journal.now))
    }
    return try await appeal(desk)
  }

  /// A sample post, as if it had been published now: who was warned before is known by the time.
  private static func published(_ line: [UInt8], at moment: Instant) throws -> [UInt8] {
    guard case .object(var members)? = JSONValue(line) else {
      throw DeskFault("a sample post cannot be read")
    }
    members["published"] = .text(moment.description)
    return try JSONText.encode(JSONValue.object(members))
  }

  /// One account holder has read the notice, and appeals.
  private func appeal(_ desk: Desk) async throws -> DemoAccounts {
    let book = desk.conductBook
    let sanctions = book.sanctions.page(after: nil, limit: 100).things
    let key = try desk.conduct.appealKey()
    func page(_ account: String) throws -> String {
      guard
        let found = sanctions.last(where: {
          $0.state == .imposed && book.accounts[$0.account]?.entry.identity.key == account
        })
      else { throw DeskFault("the sample posts led to nothing on \(account)") }
      return key.token(for: found.id)
    }
    let (appealed, fresh) = (try page("coin-circle"), try page("moon-signals"))
    for token in [appealed, fresh] {
      guard let id = key.sanction(of: token) else { continue }
      try await desk.act(.recordNoticeDelivery(id), by: .system)
    }
    _ = try await desk.fileAppeal(
      "这个账号只转发行业新闻，没有推销任何代币。请人工复核。", token: appealed)
    return DemoAccounts(
      appealed: "/appeal/\(appealed)", fresh: "/appeal/\(fresh)",
      waiting: sanctions.first { $0.state == .proposed }?.id.description)
  }
}
