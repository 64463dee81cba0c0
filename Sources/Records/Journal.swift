public import Enforcement
internal import Foundation
internal import GRDB
internal import Synchronization
public import TransparencyLog

/// The record: every decision, in order, on disk before it takes effect.
///
/// One process has it at a time. Commands are decided against the register, and what they bring
/// about is written in one transaction with its views and a signed checkpoint. Commands that wait
/// together are committed together.
public final class Journal: Sendable {
  let storage: Storage
  let key: NoteSigningKey
  private let lock: DirectoryLock
  private let clock: @Sendable () -> Instant
  private let random: RandomOctets
  private let state: Mutex<State>
  /// Held from reading the state to swapping in the next, so that writes follow each other.
  private let writing = Mutex(())
  private let queue = CommitQueue()
  private let observer: Mutex<(@Sendable ([RecordedEvent]) -> Void)?> = Mutex(nil)

  struct State {
    var register: Register
    var frontier: TreeFrontier
    /// Why no more is written: it is not known how a write ended, or the record is damaged.
    var stopped: StoreError?
  }

  /// At most this many events that time brought about go into one transaction.
  static let dueLimit = 4_000

  /// How far behind the newest event the clock may be before nothing is written: clocks are
  /// corrected by small steps all the time.
  public static let clockTolerance = Duration.seconds(5)

  /// Opens the record of a data directory, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - directory: the data directory.
  ///   - origin: the name that a new log gets, such as `log.example/cordon`.
  ///   - clock: says what time it is.
  ///   - random: makes salts and nonces.
  /// - Throws: ``StoreError``.
  public init(
    directory: String,
    origin: String,
    clock: @escaping @Sendable () -> Instant,
    random: RandomOctets = .system
  ) throws(StoreError) {
    lock = try DirectoryLock(directory: directory)
    storage = try Storage(directory: directory)
    self.clock = clock
    self.random = random
    let storage = storage
    do {
      let size = try storage.pool.read { db in
        try Int64.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0
      }
      key = try LogKey.load(from: directory, origin: origin, isNew: size == 0, random: random)
      state = Mutex(try storage.pool.read { [key] db in try Self.loadState(db, key: key) })
    } catch {
      throw StoreError(error, directory: directory)
    }
    if state.withLock({ $0.frontier.size == 0 }) {
      let opened = Change.recordOpened(origin: "\(key.name)")
      try write { writer, now throws in
        [try writer.append(Event(time: now, actor: .system, change: opened), targets: nil)]
      }
    }
  }

  /// Reads what writing rests on; where it does not fit together, the record can be read and checked,
  /// but nothing is added: a log that goes on after a loss would tell two histories.
  private static func loadState(_ db: Database, key: NoteSigningKey) throws -> State {
    let size = try Int64.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0
    let frontier = try StoredNodes(db: db).frontier(ofSize: UInt64(size))
    var state = State(register: Register(), frontier: frontier, stopped: nil)
    guard size > 0 else { return state }
    do {
      let checkpoint = try Self.checkpoint(in: db, key: key)
      guard checkpoint.size == frontier.size, checkpoint.root == frontier.root else {
        throw StoreError.corrupt("the checkpoint is not that of the \(size) entries")
      }
      state.register = try Views.register(db)
      let viewed = try Int64.fetchOne(db, sql: "SELECT entries FROM view_state") ?? 0
      guard viewed == size else {
        throw StoreError.corrupt(
          "the views are of \(viewed) entries, not \(size): run `cordon record rebuild`")
      }
    } catch {
      state.stopped = StoreError(error, directory: "")
    }
    return state
  }

  /// Everything decided so far.
  public var register: Register { state.withLock { $0.register } }

  /// Why nothing can be added; nil while something can.
  public var fault: StoreError? { state.withLock { $0.stopped } }

  /// The number of entries.
  public var size: UInt64 { state.withLock { $0.frontier.size } }

  /// The name of the log, and the key that verifies its checkpoints.
  public var verifierKey: VerifierKey { key.verifier }

  /// The moment that the journal takes for now.
  public var now: Instant { clock() }

  /// Sets who is told of events after they are on the disk and before their command is answered.
  ///
  /// What takes effect takes effect there, so that whoever asked finds it done.
  public func observe(_ body: @escaping @Sendable ([RecordedEvent]) -> Void) {
    observer.withLock { $0 = body }
  }
}

// MARK: - Writing

extension Journal {
  /// What a command came to.
  public enum Outcome: Sendable {
    /// The events are on the disk, and in effect.
    case recorded([RecordedEvent])
    /// The law of the house forbids it. Where the attempt belongs on the record, it is there.
    case refused(Refusal)
  }

  /// Decides a command and records what it brings about.
  ///
  /// - Parameters:
  ///   - command: what is asked for.
  ///   - actor: who asks.
  ///   - targets: the sealed targets, with a command that brings an order or amendment in.
  /// - Returns: the outcome, once it is on the disk.
  /// - Throws: ``StoreError``; then nothing has happened.
  public func perform(
    _ command: Command, by actor: Actor, targets: SealedTargets? = nil
  ) async throws(StoreError) -> Outcome {
    let request = CommitRequest(command: command, actor: actor, targets: targets)
    return try await queue.submit(request) { batch in self.commitBatch(batch) }
  }

  /// Decides commands one after the other, and records what they bring about together.
  ///
  /// - Parameters:
  ///   - commands: what is asked for; each gets its own answer.
  ///   - actor: who asks.
  /// - Returns: the outcomes in the order of the commands, once all are on the disk.
  /// - Throws: ``StoreError``; then nothing of at most ``batchLimit`` commands has happened, of more
  ///   perhaps the first.
  public func perform(
    _ commands: [Command], by actor: Actor
  ) async throws(StoreError) -> [Outcome] {
    var outcomes: [Outcome] = []
    var rest = commands[...]
    while !rest.isEmpty {
      let requests = rest.prefix(Self.batchLimit).map { command in
        CommitRequest(command: command, actor: actor, targets: nil)
      }
      rest = rest.dropFirst(requests.count)
      let results = try await queue.submit(requests) { batch in self.commitBatch(batch) }
      for result in results { outcomes.append(try result.get()) }
    }
    return outcomes
  }

  /// At most this many commands are recorded together.
  public static let batchLimit = CommitQueue.batchLimit

  /// Records what time has brought about, if anything.
  @discardableResult
  public func catchUp() throws(StoreError) -> [RecordedEvent] {
    guard !register.dueEvents(at: clock()).isEmpty else { return [] }
    return try write { _, _ in [] }
  }

  private func commitBatch(_ batch: [CommitRequest]) -> [Result<Outcome, StoreError>] {
    // Who accepts the clock writes alone: nothing else may bear a time before the newest event's.
    guard batch.count == 1 || !batch.contains(where: \.command.correctsClock) else {
      return batch.flatMap { commitBatch([$0]) }
    }
    var outcomes: [Outcome] = []
    do throws(StoreError) {
      try write(allowingClockBehind: batch.contains { $0.command.correctsClock }) {
        writer, now throws in
        outcomes = []
        var all: [RecordedEvent] = []
        for request in batch {
          let (outcome, recorded) = try Self.perform(request, with: &writer, at: now)
          outcomes.append(outcome)
          all += recorded
        }
        return all
      }
      return outcomes.map { .success($0) }
    } catch {
      return batch.map { _ in .failure(error) }
    }
  }

  private static func perform(
    _ request: CommitRequest, with writer: inout JournalWriter, at now: Instant
  ) throws -> (Outcome, [RecordedEvent]) {
    let events: [Event]
    do throws(Refusal) {
      events = try writer.register.decide(request.command, by: request.actor, at: now)
      for event in events { try EventCoding.demandRoom(for: event) }
    } catch {
      guard error.code.isRecorded, writer.register.knows(request.actor),
        writer.register.lastEvent.map({ $0 <= now }) ?? true
      else {
        return (.refused(error), [])
      }
      let attempt = Change.actionRefused(
        action: request.command.action, request.command.order, error)
      let event = Event(time: now, actor: request.actor, change: attempt)
      return (.refused(error), [try writer.append(event, targets: nil)])
    }
    let recorded = try events.map { try writer.append($0, targets: request.targets) }
    return (.recorded(recorded), recorded)
  }

  /// Records what time brought about and what the body adds, and signs a checkpoint.
  ///
  /// Where much fell due at one moment, it goes into transactions of bounded size before the body's:
  /// a crash between them loses nothing, since the rest falls due again.
  @discardableResult
  private func write(
    allowingClockBehind: Bool = false,
    _ body: (inout JournalWriter, Instant) throws -> [RecordedEvent]
  ) throws(StoreError) -> [RecordedEvent] {
    try writing.withLock { _ throws(StoreError) in
      try writeLocked(allowingClockBehind: allowingClockBehind, body)
    }
  }

  private func writeLocked(
    allowingClockBehind: Bool,
    _ body: (inout JournalWriter, Instant) throws -> [RecordedEvent]
  ) throws(StoreError) -> [RecordedEvent] {
    let before = state.withLock { $0 }
    if let fault = before.stopped { throw fault }
    let now = try moment(after: before.register.lastEvent, allowingBehind: allowingClockBehind)
    var due = before.register.dueEvents(at: now)[...]
    var recorded: [RecordedEvent] = []
    while due.count > Self.dueLimit {
      recorded += try transact(due.prefix(Self.dueLimit), at: now) { _, _ in [] }
      due = due.dropFirst(Self.dueLimit)
    }
    return try recorded + transact(due, at: now, body)
  }

  /// Records what time brought about and what the body adds, in one transaction with a checkpoint.
  private func transact(
    _ due: ArraySlice<Event>, at now: Instant,
    _ body: (inout JournalWriter, Instant) throws -> [RecordedEvent]
  ) throws(StoreError) -> [RecordedEvent] {
    try storage.demandFreeSpace()
    let before = state.withLock { $0 }
    var written: (JournalWriter, [RecordedEvent])?
    do {
      written = try storage.pool.write { db in
        var writer = JournalWriter(
          db: db, key: key, random: random, frontier: before.frontier, register: before.register)
        var recorded = try due.map { try writer.append($0, targets: nil) }
        recorded += try body(&writer, now)
        if !recorded.isEmpty { try writer.signCheckpoint() }
        return (writer, recorded)
      }
    } catch {
      throw noted(error)
    }
    guard let (writer, recorded) = written else { return [] }
    state.withLock {
      $0.register = writer.register
      $0.frontier = writer.frontier
    }
    if recorded.contains(where: \.event.change.erases) { storage.sweep() }
    if !recorded.isEmpty { observer.withLock { $0 }?(recorded) }
    return recorded
  }

  /// Time on the record never runs backwards.
  private func moment(
    after last: Instant?, allowingBehind: Bool
  ) throws(StoreError) -> Instant {
    let now = clock()
    guard let last, now < last else { return now }
    if allowingBehind { return now }
    guard last.duration(since: now) <= Self.clockTolerance else {
      throw .clockBehind(now: now.description, lastEvent: last.description)
    }
    return last
  }

  /// A full disk, or another program that holds the database, fails the batch and no more; after any
  /// other fault of the database it is not known what is on the disk, and only a restart can tell.
  private func noted(_ error: any Error) -> StoreError {
    let fault = StoreError(error, directory: storage.directory)
    switch fault {
    case .database(let reason), .corrupt(let reason):
      state.withLock { $0.stopped = .stopped(reason: reason) }
    case .inUse, .notWritable, .diskFull, .clockBehind, .newerSchema, .busy, .stopped, .noEntry:
      break
    }
    return fault
  }
}

extension Journal {
  /// Lets a body mend the views while nobody writes, and reads the register from them again.
  func mendViews<Value: Sendable>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try writing.withLock { _ throws(StoreError) in
      do {
        let (value, mended) = try storage.writeLargely { [key] db in
          (try body(db), try Self.loadState(db, key: key))
        }
        state.withLock { state in
          // After a write that ended without a known result only a restart helps.
          if case .stopped = state.stopped { return }
          state = mended
        }
        return value
      } catch {
        throw StoreError(error, directory: storage.directory)
      }
    }
  }
}

extension Change {
  /// Whether personal data was deleted with it.
  fileprivate var erases: Bool {
    if case .conduct(.partyErased) = self { true } else { false }
  }
}

extension Command {
  /// Whether the command is there to accept that the clock was ahead.
  fileprivate var correctsClock: Bool {
    if case .correctClock = self { true } else { false }
  }
}

extension Register {
  /// Whether an actor is someone; only their attempts go on the record.
  fileprivate func knows(_ actor: Actor) -> Bool {
    switch actor {
    case .system: false
    case .person(let name): people[name] != nil
    }
  }
}
