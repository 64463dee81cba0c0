public import Logging
internal import NIOCore
internal import NIOPosix

/// Takes posts from a Redis stream, as one of a consumer group.
///
/// A message is acknowledged once everything that follows from it is on the disk, so that none is
/// lost; one that is read twice counts once, since the record knows the post. What a crash leaves
/// behind:
///
/// 1. read, not screened: the message is pending, and read again at the next start, or by another
///    consumer after ``Settings/reclaimAfter``;
/// 2. on the record, not acknowledged: read again, and the same answer;
/// 3. acknowledged: done. The dead letter of a bad message goes in the same transaction.
public struct StreamIntake: Sendable {
  /// Where posts come from, and how they are taken.
  public struct Settings: Sendable, Hashable {
    /// The server.
    public var address: RedisAddress
    /// The stream's key.
    public var stream: String
    /// The consumer group; it is made where there is none, from the stream's beginning.
    public var group: String
    /// This consumer's name in the group; the same after a restart.
    public var consumer: String
    /// The key of the stream of messages that are no posts.
    public var deadLetters: String
    /// About how many dead letters are kept.
    public var deadLetterLimit = 10_000
    /// The most messages read at once.
    public var batch = 1_000
    /// For so long another consumer may hold a message before it is taken over.
    public var reclaimAfter = Duration.seconds(60)
    /// A message that was read so often and never acknowledged is given up: each time the program
    /// ended, or the connection did.
    public var deliveryLimit = 5
    /// The pauses while posts cannot be screened or the record cannot be written: the first, which
    /// doubles up to the longest.
    public var pauses = Duration.milliseconds(100)...Duration.seconds(10)

    /// Takes the parts; dead letters go to the stream's key with `:dead` behind it.
    public init(address: RedisAddress, stream: String, group: String, consumer: String) {
      self.address = address
      self.stream = stream
      self.group = group
      self.consumer = consumer
      deadLetters = stream + ":dead"
    }
  }

  private let settings: Settings
  private let screen: @Sendable ([UInt8]) async throws -> ScreenedBatch
  private let logger: Logger

  /// The longest pause between two attempts.
  private static let longestPause = Duration.seconds(30)

  /// Takes the settings and what screens a batch.
  public init(
    settings: Settings, logger: Logger,
    screen: @escaping @Sendable ([UInt8]) async throws -> ScreenedBatch
  ) {
    self.settings = settings
    self.logger = logger
    self.screen = screen
  }

  /// Takes posts until the task is cancelled; a server that is gone is asked again.
  public func run() async {
    var pause = Duration.milliseconds(200)
    while !Task.isCancelled {
      do {
        try await RedisConnection.with(
          settings.address, group: .singletonMultiThreadedEventLoopGroup
        ) { connection in
          pause = .milliseconds(200)
          try await takeAll(&connection)
        }
      } catch {
        guard !Task.isCancelled else { return }
        logger.warning(
          "posts from a stream wait",
          metadata: ["stream": "\(settings.stream)", "why": "\(error)"])
      }
      do { try await Task.sleep(for: pause) } catch { return }
      pause = min(Self.longestPause, pause * 2)
    }
  }

  private func takeAll(_ connection: inout RedisConnection) async throws {
    try await makeGroup(&connection)
    try await takeOwnPending(&connection)
    var reclaimed = ContinuousClock.now
    while !Task.isCancelled {
      if reclaimed.duration(to: .now) >= settings.reclaimAfter {
        try await takeOver(&connection)
        reclaimed = .now
      }
      let wait = min(Duration.seconds(2), settings.reclaimAfter).components
      let milliseconds = wait.seconds * 1_000 + wait.attoseconds / 1_000_000_000_000_000
      let messages = try await read(
        &connection, count: settings.batch, block: max(1, milliseconds), from: ">")
      try await take(messages, &connection)
    }
  }
}

// MARK: - Reading

extension StreamIntake {
  private func makeGroup(_ connection: inout RedisConnection) async throws {
    do {
      _ = try await connection.send([
        "XGROUP", "CREATE", settings.stream, settings.group, "0", "MKSTREAM",
      ])
    } catch RedisFailure.refused(_, let reason) where reason.hasPrefix("BUSYGROUP") {}
  }

  /// Takes what this consumer read before it ended: one by one, so that a message that ends the
  /// program does so alone, and is given up in the end.
  private func takeOwnPending(_ connection: inout RedisConnection) async throws {
    while !Task.isCancelled {
      let messages = try await read(&connection, count: 1, block: nil, from: "0")
      guard let message = messages.first else { return }
      try await takeUnlessWornOut([message], &connection)
    }
  }

  /// Takes over what other consumers have read and not acknowledged for long.
  private func takeOver(_ connection: inout RedisConnection) async throws {
    var start = "0-0"
    repeat {
      let idle = settings.reclaimAfter.components.seconds * 1_000
      let answer = try await connection.send([
        "XAUTOCLAIM", settings.stream, settings.group, settings.consumer, "\(idle)", start,
        "COUNT", "\(settings.batch)",
      ])
      guard let parts = answer.elements, parts.count >= 2, let next = parts[0].text,
        let messages = StreamMessage.list(parts[1])
      else { throw RedisFailure.unreadable(command: "XAUTOCLAIM") }
      try await takeUnlessWornOut(messages, &connection)
      start = next
    } while start != "0-0" && !Task.isCancelled
  }

  private func read(
    _ connection: inout RedisConnection, count: Int, block: Int64?, from id: String
  ) async throws -> [StreamMessage] {
    var command = [
      "XREADGROUP", "GROUP", settings.group, settings.consumer, "COUNT", "\(count)",
    ]
    if let block { command += ["BLOCK", "\(block)"] }
    let answer = try await connection.send(command + ["STREAMS", settings.stream, id])
    if answer == .null { return [] }
    guard let streams = answer.pairs else { throw RedisFailure.unreadable(command: "XREADGROUP") }
    var messages: [StreamMessage] = []
    for (_, entries) in streams {
      guard let list = StreamMessage.list(entries) else {
        throw RedisFailure.unreadable(command: "XREADGROUP")
      }
      messages += list
    }
    return messages
  }

  /// Gives up those that were read too often; takes the others.
  private func takeUnlessWornOut(
    _ messages: [StreamMessage], _ connection: inout RedisConnection
  ) async throws {
    guard let first = messages.first, let last = messages.last else { return }
    let answer = try await connection.send([
      "XPENDING", settings.stream, settings.group, first.id, last.id, "\(settings.batch)",
      settings.consumer,
    ])
    guard let rows = answer.elements else { throw RedisFailure.unreadable(command: "XPENDING") }
    var wornOut: Set<String> = []
    for row in rows {
      guard let row = row.elements, row.count == 4, let id = row[0].text,
        case .integer(let deliveries) = row[3]
      else { throw RedisFailure.unreadable(command: "XPENDING") }
      if deliveries > settings.deliveryLimit { wornOut.insert(id) }
    }
    let reason = "read \(settings.deliveryLimit) times and never taken in"
    try await settle(
      messages.filter { wornOut.contains($0.id) }.map { ($0, reason) }, [], &connection)
    try await take(messages.filter { !wornOut.contains($0.id) }, &connection)
  }
}

// MARK: - Taking in

extension StreamIntake {
  /// Screens messages and settles them, as many at once as a batch takes; while the record cannot be
  /// written, they wait.
  private func take(
    _ messages: [StreamMessage], _ connection: inout RedisConnection
  ) async throws {
    var rest = messages.map { message in
      (message: message, line: message.fields == nil ? [] : message.line + [0x0A])
    }[...]
    while let first = rest.first {
      guard first.line.count <= Screener.octetLimit else {
        let reason = "larger than \(Screener.octetLimit >> 20) MiB"
        try await settle([(first.message, reason)], [], &connection)
        rest.removeFirst()
        continue
      }
      var octets = 0
      let portion = rest.prefix {
        octets += $0.line.count; return octets <= Screener.octetLimit
      }
      try await take(
        portion.map(\.message), batch: portion.flatMap(\.line), &connection)
      rest = rest.dropFirst(portion.count)
    }
  }

  private func take(
    _ messages: [StreamMessage], batch: [UInt8], _ connection: inout RedisConnection
  ) async throws {
    let present = messages.filter { $0.fields != nil }
    let screened = present.isEmpty ? ScreenedBatch() : try await screened(batch)
    let bad = screened.faults.compactMap { fault in
      present.indices.contains(fault.line - 1) ? (present[fault.line - 1], fault.text) : nil
    }
    let badIDs = Set(bad.map(\.0.id))
    try await settle(bad, messages.filter { !badIDs.contains($0.id) }, &connection)
  }

  /// Screens a batch, again and again while the record cannot be written or too much is under way.
  ///
  /// That is no fault of its messages: they are not read anew meanwhile, which would count against
  /// them. Where it takes so long that the connection ends, they are read once more, and known.
  private func screened(_ batch: [UInt8]) async throws -> ScreenedBatch {
    var pause = settings.pauses.lowerBound
    while true {
      do {
        return try await screen(batch)
      } catch {
        logger.warning(
          "posts from a stream wait",
          metadata: ["stream": "\(settings.stream)", "why": "\(error)"])
      }
      try await Task.sleep(for: pause)
      pause = min(settings.pauses.upperBound, pause * 2)
    }
  }

  /// Moves bad messages to the dead letters and acknowledges all, in one transaction.
  ///
  /// A dead letter tells the message and the reason, and none of its words: those stay in the stream
  /// until the platform trims it.
  private func settle(
    _ bad: [(message: StreamMessage, reason: String)], _ good: [StreamMessage],
    _ connection: inout RedisConnection
  ) async throws {
    guard !(bad.isEmpty && good.isEmpty) else { return }
    var commands = [["MULTI"]]
    for (message, reason) in bad {
      commands.append([
        "XADD", settings.deadLetters, "MAXLEN", "~", "\(settings.deadLetterLimit)", "*",
        "message", message.id, "reason", reason,
      ])
    }
    commands.append(
      ["XACK", settings.stream, settings.group] + (bad.map(\.message) + good).map(\.id))
    let answers = try await connection.send(all: commands + [["EXEC"]])
    guard let results = answers.last?.elements, results.count == commands.count - 1 else {
      throw RedisFailure.unreadable(command: "EXEC")
    }
    for case .failure(let reason) in results {
      throw RedisFailure.refused(command: "EXEC", reason: reason)
    }
    if !bad.isEmpty {
      logger.warning(
        "messages were no posts",
        metadata: [
          "stream": "\(settings.stream)", "count": "\(bad.count)", "first": "\(bad[0].reason)",
        ])
    }
  }
}
