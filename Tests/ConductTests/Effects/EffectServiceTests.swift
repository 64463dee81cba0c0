import Egress
import Enforcement
import Records
import Testing

@testable import Conduct

struct EffectServiceTests {
  private func service(_ office: TestOffice, backoff: Backoff = Backoff(first: .milliseconds(1)))
    throws
    -> EffectService
  {
    var settings = EffectService.Settings()
    settings.rules.exceptions = ["127.0.0.0/8"].compactMap { AddressException($0) }
    settings.backoff = backoff
    return try EffectService(
      journal: office.journal, secrets: WebhookSecretStore(directory: office.folder.path),
      appealKey: try AppealKey(directory: office.folder.path), settings: settings, logger: quiet)
  }

  /// Runs a body with an office whose platform listens.
  private func withPlatform(
    _ body: @escaping @Sendable (TestOffice, TestPlatform) async throws -> Void
  ) async throws {
    let platform = TestPlatform()
    try await platform.run { address in
      let office = try await TestOffice.open(webhook: address)
      platform.know(try WebhookSecretStore(directory: office.folder.path).rotate(office.platform))
      try await body(office, platform)
    }
  }

  /// Runs the service until so many messages were acted on, and then until they are noted.
  private func tell(_ count: Int, _ service: EffectService, _ platform: TestPlatform) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await service.run() }
      await platform.waitUntilDone(count)
      while try service.journal.effectTally().pending > 0 { await Task.yield() }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  /// Moves the clock past the pause after each failure until so many messages were taken.
  private func waitUntilTaken(_ count: Int, _ service: EffectService, _ clock: TestClock) async {
    var failures = 0
    while service.figures.taken < count {
      if service.figures.failures > failures {
        failures += 1
        clock.advance(.seconds(1))
      }
      await Task.yield()
    }
  }

  @Test func `a sanction reaches the platform whole, and its answer is on the record`() async throws
  {
    try await withPlatform { office, platform in
      _ = try await office.screen([Line.post("1", Line.sale)])
      try await tell(1, try service(office), platform)
      let message = try #require(platform.done.first)
      let payload = try message.payload()
      #expect(payload.type == "sanction.imposed" && payload.data.kind == "restrict")
      #expect(payload.data.account == "u-1" && payload.data.restrictions == ["posting", "links"])
      #expect(payload.data.until == "2026-11-30T00:00:00Z")
      #expect(
        payload.data.notice.items.map(\.kind) == [
          "decision", "facts", "rule", "term", "territory", "automation", "appeal",
        ])
      #expect(payload.data.notice.text.contains("Post 1 of 2026-11-22 10:00 UTC"))
      let key = try AppealKey(directory: office.folder.path)
      let token = try #require(payload.data.appeal?.token)
      #expect(key.sanction(of: token)?.description == payload.data.sanction)
      #expect(payload.data.notice.text.contains(token))
      let id = try #require(SanctionID(text: payload.data.sanction))
      let sanction = try #require(office.journal.register.conduct.sanctions[id])
      #expect(sanction.confirmed != nil && sanction.delivered != nil)
      #expect(platform.badSignatures == 0)
    }
  }

  @Test func `a platform that fails is told again under the same id`() async throws {
    try await withPlatform { office, platform in
      platform.answer([500, 302, 503])
      _ = try await office.screen([Line.post("1", Line.sale)])
      let service = try service(office)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await service.run() }
        await waitUntilTaken(1, service, office.clock)
        group.cancelAll()
        try await group.waitForAll()
      }
      #expect(platform.arrived.count == 4 && platform.done.count == 1)
      #expect(Set(platform.arrived.map(\.id)).count == 1)
      #expect(service.figures.failures == 3)
    }
  }

  @Test func `messages of one account arrive in order whatever fails`() async throws {
    try await withPlatform { office, platform in
      platform.answer([200, 500, 200, 500, 500, 200, 200, 500])
      let service = try service(office)
      for account in ["u-1", "u-2", "u-3"] {
        _ = try await office.screen([
          Line.post("\(account)-a", Line.soliciting, account: account),
          Line.post("\(account)-b", Line.sale, account: account),
        ])
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await service.run() }
        await waitUntilTaken(6, service, office.clock)
        platform.answer([503, 200, 500])
        office.clock.advance(.seconds(8 * 86_400))
        try office.journal.catchUp()
        await waitUntilTaken(9, service, office.clock)
        group.cancelAll()
        try await group.waitForAll()
      }
      #expect(service.figures.failures == 6 && platform.done.count == 9)
      for account in ["u-1", "u-2", "u-3"] {
        let own = try platform.done.map { try $0.payload() }.filter { $0.data.account == account }
        #expect(own.map(\.data.sequence) == [1, 2, 3])
        #expect(own.map(\.data.kind) == ["warn", "restrict", "restrict"])
        #expect(own.last?.type == "sanction.lifted" && own.last?.data.cause == "due")
      }
    }
  }

  @Test
  func `a message that was taken and not noted is sent again under its id, and changes nothing`()
    async throws
  {
    try await withPlatform { office, platform in
      _ = try await office.screen([Line.post("1", Line.sale)])
      let effect = try #require(try office.journal.pendingEffects().first)
      // The copy is the record as it would be had the program ended before it noted the answer.
      _ = try AppealKey(directory: office.folder.path)
      let copy = try office.copied()
      try await tell(1, try service(office), platform)
      #expect(try office.journal.pendingEffects().isEmpty)
      try await withThrowingTaskGroup(of: Void.self) { group in
        let again = try service(copy)
        group.addTask { await again.run() }
        while try copy.journal.effectTally().pending > 0 { await Task.yield() }
        group.cancelAll()
        try await group.waitForAll()
      }
      #expect(platform.arrived.map(\.id) == [effect.webhookID, effect.webhookID])
      #expect(platform.arrived[0].body == platform.arrived[1].body)
      #expect(platform.done.count == 1)
      #expect(copy.journal.register.conduct.sanctions.values.allSatisfy { $0.confirmed != nil })
    }
  }

  @Test func `a platform that wants no more messages is given up, and people see it`() async throws
  {
    try await withPlatform { office, platform in
      platform.answer([410])
      _ = try await office.screen([Line.post("1", Line.sale)])
      let service = try service(office)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await service.run() }
        while try office.journal.effectTally().failed == 0 { await Task.yield() }
        group.cancelAll()
        try await group.waitForAll()
      }
      #expect(platform.arrived.count == 1)
      #expect(try office.journal.failedEffects().first?.lastError?.contains("no more") == true)
    }
  }

  @Test func `what waits too long is told to people`() async throws {
    let office = try await TestOffice.open(webhook: "http://127.0.0.1:1/hook")
    _ = try await office.screen([Line.post("1", Line.sale)])
    let service = try service(office, backoff: Backoff())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await service.run() }
      while service.figures.failures == 0 { await Task.yield() }
      #expect(!service.figures.isOverdue)
      office.clock.advance(.seconds(3_600))
      while !service.figures.isOverdue { await Task.yield() }
      group.cancelAll()
      try await group.waitForAll()
    }
    #expect(service.figures.waitingSince == Instant("2026-11-23T00:00:00Z"))
  }
}
