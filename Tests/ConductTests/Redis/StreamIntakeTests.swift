import Enforcement
import Foundation
import NIOPosix
import Records
import Synchronization
import Testing

@testable import Conduct

@Suite(.enabled(if: TestRedis.program != nil, "redis-server is not installed"), .serialized)
struct StreamIntakeTests {
  private func settings(_ redis: TestRedis, consumer: String = "one") -> StreamIntake.Settings {
    var settings = StreamIntake.Settings(
      address: redis.address, stream: "posts", group: "cordon", consumer: consumer)
    settings.batch = 50
    return settings
  }

  private func intake(
    _ settings: StreamIntake.Settings, _ office: TestOffice
  ) throws -> StreamIntake {
    let screener = try office.screener()
    let platform = office.platform
    return StreamIntake(settings: settings, logger: quiet) {
      try await screener.screen($0, of: platform)
    }
  }

  /// Runs intakes until a condition holds.
  private func run(
    _ intakes: [StreamIntake], until isDone: () async throws -> Bool
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for intake in intakes { group.addTask { await intake.run() } }
      while try await !isDone() { await Task.yield() }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private func isSettled(_ redis: TestRedis, _ count: Int) async throws -> Bool {
    guard try await redis.length("posts") == count,
      let groups = try? await redis.command(["XINFO", "GROUPS", "posts"]).elements,
      let group = groups.first, let facts = facts(group), facts["lag"] == .integer(0)
    else { return false }
    return facts["pending"] == .integer(0)
  }

  private func facts(_ value: RESPValue) -> [String: RESPValue]? {
    let flat: [RESPValue]
    switch value {
    case .map(let list), .array(let list): flat = list
    case _: return nil
    }
    var facts: [String: RESPValue] = [:]
    for index in stride(from: 0, to: flat.count - 1, by: 2) {
      facts[flat[index].text ?? ""] = flat[index + 1]
    }
    return facts
  }

  @Test func `posts of a stream are screened, and acknowledged once they are on the record`()
    async throws
  {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    for number in 0..<120 {
      let text = number % 40 == 0 ? Line.soliciting : Line.talk
      try await redis.command(["XADD", "posts", "*", "post", Line.post("p\(number)", text)])
    }
    try await redis.command([
      "XADD", "posts", "*", "id", "f1", "account", "u\"9", "published", "2026-11-22T10:00:00Z",
      "text", Line.sale, "links", "https://a.example/b https://c.example/d", "public", "true",
    ])
    let intake = try intake(settings(redis), office)
    try await run([intake]) { try await isSettled(redis, 121) }
    let book = office.journal.register.conduct
    #expect(book.infractions.count == 4)
    #expect(book.account(on: office.platform, key: "u\"9")?.strikes.count == 1)
    #expect(try await redis.length("posts:dead") == 0)
  }

  @Test
  func `messages that are no posts go to the dead letters with the reason and without their words`()
    async throws
  {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    try await redis.command(["XADD", "posts", "*", "post", Line.post("1", Line.soliciting)])
    try await redis.command(["XADD", "posts", "*", "post", "{\"id\":\"2\",\n\"text\":\"xyzzy\""])
    try await redis.command(["XADD", "posts", "*", "something", "else"])
    try await redis.command([
      "XADD", "posts", "*", "post", Line.post("4", "xyzzy", extra: #","public":false"#),
    ])
    try await redis.command(["XADD", "posts", "*", "post", Line.post("5", Line.soliciting)])
    try await run([intake(settings(redis), office)]) { try await isSettled(redis, 5) }
    #expect(office.journal.register.conduct.infractions.count == 2)
    let dead = try await redis.command(["XRANGE", "posts:dead", "-", "+"])
    let letters = try #require(StreamMessage.list(dead))
    #expect(letters.count == 3)
    for letter in letters {
      #expect(letter.fields?.map(\.name) == ["message", "reason"])
      let text = letter.fields?.map { String(decoding: $0.value, as: UTF8.self) }.joined() ?? ""
      #expect(!text.contains("xyzzy"))
    }
  }

  @Test func `what a consumer read before it ended is read again, and counts once`() async throws {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    for number in 0..<20 {
      try await redis.command([
        "XADD", "posts", "*", "post", Line.post("p\(number)", Line.soliciting),
      ])
    }
    try await redis.command(["XGROUP", "CREATE", "posts", "cordon", "0"])
    // Read by this consumer and put on the record, and never acknowledged: the program ended.
    _ = try await redis.command([
      "XREADGROUP", "GROUP", "cordon", "one", "COUNT", "10", "STREAMS", "posts", ">",
    ])
    _ = try await office.screen((0..<5).map { Line.post("p\($0)", Line.soliciting) })
    #expect(try await redis.pending("posts", "cordon") == 10)
    try await run([intake(settings(redis), office)]) { try await isSettled(redis, 20) }
    #expect(office.journal.register.conduct.infractions.count == 20)
  }

  @Test func `what another consumer left behind is taken over`() async throws {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    for number in 0..<10 {
      try await redis.command([
        "XADD", "posts", "*", "post", Line.post("p\(number)", Line.soliciting),
      ])
    }
    try await redis.command(["XGROUP", "CREATE", "posts", "cordon", "0"])
    _ = try await redis.command([
      "XREADGROUP", "GROUP", "cordon", "gone", "COUNT", "10", "STREAMS", "posts", ">",
    ])
    var settings = settings(redis)
    settings.reclaimAfter = .milliseconds(1)
    try await run([intake(settings, office)]) { try await isSettled(redis, 10) }
    #expect(office.journal.register.conduct.infractions.count == 10)
  }

  @Test func `a message that was read again and again is given up`() async throws {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    try await redis.command(["XADD", "posts", "*", "post", Line.post("1", Line.soliciting)])
    try await redis.command(["XGROUP", "CREATE", "posts", "cordon", "0"])
    for _ in 0..<6 {
      _ = try await redis.command([
        "XREADGROUP", "GROUP", "cordon", "one", "COUNT", "10", "STREAMS", "posts", "0",
      ])
      _ = try await redis.command([
        "XREADGROUP", "GROUP", "cordon", "one", "COUNT", "10", "STREAMS", "posts", ">",
      ])
    }
    try await run([intake(settings(redis), office)]) { try await isSettled(redis, 1) }
    #expect(office.journal.register.conduct.infractions.count == 0)
    #expect(try await redis.length("posts:dead") == 1)
  }

  @Test func `a server that ends and comes back loses nothing`() async throws {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    try await redis.command(["XADD", "posts", "*", "post", Line.post("1", Line.soliciting)])
    let intake = try intake(settings(redis), office)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await intake.run() }
      while try await !isSettled(redis, 1) { await Task.yield() }
      redis.kill()
      try await redis.start()
      try await redis.command(["XADD", "posts", "*", "post", Line.post("2", Line.soliciting)])
      while try await !isSettled(redis, 2) { await Task.yield() }
      group.cancelAll()
      try await group.waitForAll()
    }
    #expect(office.journal.register.conduct.infractions.count == 2)
  }

  @Test func `messages wait while nothing can be recorded`() async throws {
    struct Failure: Error {}
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    try await redis.command(["XADD", "posts", "*", "post", Line.post("1", Line.soliciting)])
    // So often that a message would be given up, were each failure held against it.
    let failures = Mutex(100)
    var settings = settings(redis)
    settings.pauses = .milliseconds(1)...(.milliseconds(1))
    let screener = try office.screener()
    let platform = office.platform
    let intake = StreamIntake(settings: settings, logger: quiet) { batch in
      let fails = failures.withLock { left in
        defer { left = max(0, left - 1) }
        return left > 0
      }
      if fails { throw Failure() }
      return try await screener.screen(batch, of: platform)
    }
    try await run([intake]) { try await isSettled(redis, 1) }
    #expect(office.journal.register.conduct.infractions.count == 1)
    #expect(failures.withLock { $0 } == 0)
    #expect(try await redis.length("posts:dead") == 0)
  }

  @Test func `messages that are too much for one batch are taken one part after the other`()
    async throws
  {
    let (redis, office) = (try await TestRedis(), try await TestOffice.open())
    let long = String(repeating: "a ", count: 30_000) + Line.soliciting
    for number in 0..<200 {
      try await redis.command(["XADD", "posts", "*", "post", Line.post("p\(number)", long)])
    }
    try await redis.command([
      "XADD", "posts", "*", "post", String(repeating: "x", count: Screener.octetLimit),
    ])
    try await redis.command(["XADD", "posts", "*", "post", Line.post("last", Line.soliciting)])
    var settings = settings(redis)
    settings.batch = 1_000
    let sizes = Mutex<[Int]>([])
    let intake = StreamIntake(settings: settings, logger: quiet) { batch in
      sizes.withLock { $0.append(batch.count) }
      return try await office.screener().screen(batch, of: office.platform)
    }
    try await run([intake]) { try await isSettled(redis, 202) }
    #expect(sizes.withLock { $0.count } > 1)
    #expect(sizes.withLock { $0.allSatisfy { $0 <= Screener.octetLimit } })
    #expect(try await redis.length("posts:dead") == 1)
    let last = Hit.digest(platform: office.platform, post: "last")
    #expect(office.journal.register.conduct.infraction(ofPost: last) != nil)
  }

  @Test func `over TLS, with certificates of both and a user of its own, posts are taken`()
    async throws
  {
    let (redis, office) = (try await TestRedis(secure: true), try await TestOffice.open())
    try await redis.command(["XADD", "posts", "*", "post", Line.post("1", Line.soliciting)])
    var settings = settings(redis)
    settings.address.password = nil
    settings.address.credentials = try redis.credentials("intake\nanother-secret\n")
    try await run([try intake(settings, office)]) { try await isSettled(redis, 1) }
    #expect(office.journal.register.conduct.infractions.count == 1)
  }

  @Test func `a server that cannot show who it is, or asks who we are in vain, is not spoken to`()
    async throws
  {
    let redis = try await TestRedis(secure: true)
    func ask(_ change: (inout RedisAddress) throws -> Void) async throws {
      var address = redis.address
      try change(&address)
      _ = try await RedisConnection.with(
        address, group: .singletonMultiThreadedEventLoopGroup
      ) { try await $0.send(["PING"]) }
    }
    try await ask { _ in }
    await #expect(throws: (any Error).self) { try await ask { $0.tls?.name = "other.example" } }
    await #expect(throws: (any Error).self) { try await ask { $0.tls?.name = nil } }
    await #expect(throws: (any Error).self) { try await ask { $0.tls?.authority = nil } }
    await #expect(throws: (any Error).self) { try await ask { $0.tls = nil } }
    await #expect(throws: (any Error).self) {
      try await ask { address in
        address.tls?.certificate = nil
        address.tls?.key = nil
      }
    }
    await #expect(throws: RedisFailure.self) { try await ask { $0.password = "no secret" } }
    await #expect(throws: PrivateFileFault.self) {
      try await ask { $0.credentials = try redis.credentials("a secret", mode: 0o644) }
    }
    try await ask { $0.credentials = try redis.credentials("a secret\n") }
  }
}

struct RedisAddressTests {
  @Test(arguments: [
    ("redis.example", "redis.example:6379", false),
    ("redis.example:6380", "redis.example:6380", false),
    ("redis://redis.example", "redis.example:6379", false),
    ("rediss://redis.example:6390", "redis.example:6390", true),
    ("rediss://[::1]:6390", "::1:6390", true), ("/run/redis.sock", "/run/redis.sock", false),
  ])
  func `an address is read`(text: String, place: String, isSecure: Bool) throws {
    let address = try #require(RedisAddress(text))
    #expect(address.place == place && (address.tls != nil) == isSecure)
  }

  @Test(arguments: [
    "", "redis.example:", "redis.example:70000", "rediss://", "rediss:///run/redis.sock",
    "rediss://user:secret@redis.example", "redis.example/0", "redis.example?x", "a b",
  ])
  func `what is none, or holds a secret, is refused`(text: String) {
    #expect(RedisAddress(text) == nil)
  }
}
