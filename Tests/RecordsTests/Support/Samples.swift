import DomainNames
import Enforcement
import Synchronization
import TransparencyLog

@testable import Records

func domain(_ text: String) -> DomainName { try! DomainName(presentation: text) }
func instant(_ text: String) -> Instant { Instant(text)! }
func person(_ text: String) -> PersonName { PersonName(text)! }

/// A clock that a test moves.
final class Clock: Sendable {
  private let moment: Mutex<Instant>

  init(_ text: String = "2018-08-23T12:00:00Z") { moment = Mutex(instant(text)) }

  var now: Instant { moment.withLock { $0 } }

  func set(_ text: String) { moment.withLock { $0 = instant(text) } }

  func wait(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
}

extension AssessedLine {
  /// A target with its name, in a line of its own.
  static func target(
    _ line: Int, _ name: String, _ decision: Decision = .accept, _ scope: Scope = .subtree
  ) -> AssessedLine {
    let name = decision == .quarantine ? nil : domain(name)
    return AssessedLine(
      source: SourceLine(
        id: LineID(line: line), input: "\(name?.description ?? "??")",
        reading: name.map { .name($0, .plain) }
          ?? .unreadable(Unreadable(code: "no-name", text: "cannot be read")),
        party: "Party \(line)"),
      decision: decision, name: name, scope: name == nil ? nil : scope,
      reasons: decision == .accept ? [] : [Reason(code: "sample", text: "a reason")])
  }
}

extension OrderClaim {
  /// A claim with everything that every order must say.
  static func sample(
    _ reference: String = "IFRR-2018-117", effective: String? = "2018-08-24",
    expires: String = "2019-08-24"
  ) -> OrderClaim {
    var claim = OrderClaim()
    claim.reference = reference
    claim.authority = "Example Financial Supervisor"
    claim.basis = "Payment Services Act s. 12(3)"
    claim.issued = "2018-08-23"
    claim.effective = effective
    claim.expires = expires
    return claim
  }
}

/// An order on its way in: the command's submission, and the targets beside it.
struct Parcel {
  var submission: Submission
  var targets: SealedTargets

  init(
    _ claim: OrderClaim = .sample(), _ lines: [AssessedLine] = [.target(1, "venue.example")],
    random: RandomOctets = .seeded(1)
  ) throws {
    targets = try SealedTargets(lines, random: random)
    submission = Submission(
      claim: claim,
      source: SourceFile(digest: String(repeating: "ab", count: 32), bytes: 1_024, format: "json"),
      assessment: targets.summary,
      difference: TargetDifference(added: lines.count, removed: 0, kept: 0))
  }
}

/// A journal in a folder of its own, with a clock and people of every role.
final class Office: Sendable {
  let folder: Folder
  let clock: Clock
  let journal: Journal

  static let administrator = Actor.person(person("ada"))
  static let clerk = Actor.person(person("carl"))
  static let officer = Actor.person(person("olga"))
  static let second = Actor.person(person("otto"))
  static let reviewer = Actor.person(person("rita"))
  static let auditor = Actor.person(person("axel"))

  static let staff: [(Actor, Role)] = [
    (administrator, .administrator), (clerk, .clerk), (officer, .officer), (second, .officer),
    (reviewer, .reviewer), (auditor, .auditor),
  ]

  private init(_ folder: Folder, _ clock: Clock, _ journal: Journal) {
    self.folder = folder
    self.clock = clock
    self.journal = journal
  }

  /// Opens an empty record and adds everyone.
  static func open(seed: UInt64 = 7) async throws -> Office {
    let (folder, clock) = (try Folder(), Clock())
    let journal = try Journal.open(folder, clock, seed: seed)
    for (number, (actor, role)) in staff.enumerated() {
      guard case .person(let name) = actor else { continue }
      let token = digest(of: UInt8(number + 1))
      let by = number == 0 ? Actor.system : administrator
      _ = try await journal.record(.addPerson(name, role, tokenDigest: token), by)
    }
    return Office(folder, clock, journal)
  }

  static func digest(of octet: UInt8) -> [UInt8] { [UInt8](repeating: octet, count: 32) }

  /// Brings an order in and has it confirmed.
  func orderInForce(_ parcel: Parcel) async throws -> OrderID {
    let id = try await journal.receive(parcel)
    _ = try await journal.record(.confirmOrder(id), Self.officer)
    return id
  }
}

extension Journal {
  static func open(
    _ folder: Folder, _ clock: Clock, seed: UInt64 = 7
  ) throws(StoreError) -> Journal {
    try Journal(
      directory: folder.path, origin: "log.example/test", clock: { clock.now },
      random: .seeded(seed))
  }

  /// Has a command recorded; a refusal is thrown.
  func record(
    _ command: Command, _ actor: Actor, targets: SealedTargets? = nil
  ) async throws -> [RecordedEvent] {
    switch try await perform(command, by: actor, targets: targets) {
    case .recorded(let events): return events
    case .refused(let refusal): throw refusal
    }
  }

  func receive(_ parcel: Parcel, by actor: Actor = Office.clerk) async throws -> OrderID {
    let events = try await record(
      .receiveOrder(parcel.submission), actor, targets: parcel.targets)
    return events.lazy.compactMap(\.event.change.order).first!
  }

  /// Why a command is refused; nil where it is not.
  func refusal(of command: Command, _ actor: Actor) async throws -> Refusal? {
    switch try await perform(command, by: actor) {
    case .recorded: nil
    case .refused(let refusal): refusal
    }
  }

  /// All entries, as they are read back.
  func events() throws(StoreError) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    for index in 0..<size { events.append(try event(at: index)) }
    return events
  }
}
