internal import DomainNames
internal import Enforcement
internal import TransparencyLog

extension EventCoding {
  /// Reads an event back.
  ///
  /// - Parameters:
  ///   - leaf: the leaf as it was hashed.
  ///   - sealed: the sealed values that are still there, by name. An erased one reads as `(erased)`.
  ///   - openLines: the lines that wait, of an assessment; they stand with the targets.
  /// - Returns: the event.
  /// - Throws: ``StoreError`` where the entry does not say what it must.
  static func event(
    leaf: [UInt8], sealed: [String: [UInt8]], openLines: () throws(StoreError) -> [LineID: Decision]
  ) throws(StoreError) -> Event {
    guard let json = try? CanonicalJSON(parsing: leaf, requireCanonical: true) else {
      throw .corrupt("the leaf is not canonical JSON")
    }
    return try event(json, sealed: sealed, openLines: openLines)
  }

  /// Reads an event back from a leaf that was parsed.
  static func event(
    _ json: CanonicalJSON, sealed: [String: [UInt8]],
    openLines: () throws(StoreError) -> [LineID: Decision]
  ) throws(StoreError) -> Event {
    guard json["version"]?.integer == version else {
      throw .corrupt("the entry has a form that this program does not know")
    }
    var fields = EntryFields(json: json, sealed: sealed)
    let time = try fields.instant("time", in: json)
    let actor: Actor
    switch json["actor"]?.string {
    case "system": actor = .system
    case "person": actor = .person(try fields.person("actor"))
    default: throw .corrupt("the entry names no actor")
    }
    let change = try fields.change(by: actor, openLines: openLines)
    return Event(time: time, actor: actor, change: change)
  }
}

/// The fields of one entry, read with errors that name what is missing.
struct EntryFields {
  let json: CanonicalJSON
  let data: CanonicalJSON
  let sealed: [String: [UInt8]]

  init(json: CanonicalJSON, sealed: [String: [UInt8]]) {
    self.json = json
    self.data = json["data"] ?? .null
    self.sealed = sealed
  }

  mutating func change(
    by actor: Actor, openLines: () throws(StoreError) -> [LineID: Decision]
  ) throws(StoreError) -> Change {
    let kind = try text("kind", in: json)
    switch kind {
    case "record.opened": return .recordOpened(origin: try text("origin"))
    case "person.added":
      return .personAdded(try person("person"), try choice("role"), tokenDigest: try token())
    case "person.token-replaced":
      return .tokenReplaced(try person("person"), tokenDigest: try token())
    case "order.received": return .orderReceived(try order(), try receipt())
    case "order.amended":
      return .orderAmended(try order(), version: try version(), try receipt(), try difference())
    case "order.assessed":
      return .orderAssessed(
        try order(), version: try version(),
        AssessmentSummary(
          tally: try tally(), targetsRoot: try text("targets_root"), openLines: try openLines()))
    case "order.line-settled":
      return .lineSettled(
        try order(), version: try version(), try line(), try settlement(by: actor))
    case "order.confirmed": return .orderConfirmed(try order(), version: try version())
    case "order.in-force":
      return .orderInForce(try order(), version: try version(), due: try instant("due", in: data))
    case "order.suspended": return .orderSuspended(try order(), reason: sealedText("reason"))
    case "order.resumed": return .orderResumed(try order(), reason: sealedText("reason"))
    case "order.revoked": return .orderRevoked(try order(), reason: sealedText("reason"))
    case "order.expired": return .orderExpired(try order(), due: try instant("due", in: data))
    case "order.line-paused", "order.line-resumed": return try lineChange(kind)
    case "action.refused":
      return .actionRefused(
        action: try text("action"), data["order"] == nil ? nil : try order(),
        Refusal(try choice("code"), sealedText("text")))
    case "clock.corrected":
      return .clockCorrected(from: try instant("from", in: data), reason: sealedText("reason"))
    case "contest.received": return .contestReceived(try contest())
    case "site.watched": return .siteWatched(try site(), reason: sealedText("reason"))
    case "site.dropped": return .siteDropped(try site(), reason: sealedText("reason"))
    default:
      if let change = try caseChange(kind) { return change }
      guard let change = try conductChange(kind) else {
        throw .corrupt("the entry is of an unknown kind, \(kind)")
      }
      return .conduct(change)
    }
  }

  // MARK: Single fields

  func text(_ name: String) throws(StoreError) -> String { try text(name, in: data) }

  func text(_ name: String, in object: CanonicalJSON) throws(StoreError) -> String {
    try Self.text(name, in: object)
  }

  static func text(_ name: String, in object: CanonicalJSON) throws(StoreError) -> String {
    guard let text = object[name]?.string else { throw .corrupt("the entry has no \(name)") }
    return text
  }

  func number(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Int {
    try Self.number(name, in: object)
  }

  static func number(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Int {
    guard let number = object[name]?.integer else { throw .corrupt("the entry has no \(name)") }
    return Int(number)
  }

  func instant(_ name: String, in object: CanonicalJSON) throws(StoreError) -> Instant {
    guard let instant = Instant(try text(name, in: object)) else {
      throw .corrupt("\(name) of the entry is no time")
    }
    return instant
  }

  func choice<Choice: RawRepresentable<String>>(_ name: String) throws(StoreError) -> Choice {
    try choice(name, in: data)
  }

  func choice<Choice: RawRepresentable<String>>(
    _ name: String, in object: CanonicalJSON
  ) throws(StoreError) -> Choice {
    guard let choice = Choice(rawValue: try text(name, in: object)) else {
      throw .corrupt("\(name) of the entry has an unknown value")
    }
    return choice
  }

  func order() throws(StoreError) -> OrderID {
    guard let order = OrderID(try text("order")) else { throw .corrupt("the entry names no order") }
    return order
  }

  func version() throws(StoreError) -> Int { try number("order_version", in: data) }

  func line() throws(StoreError) -> LineID {
    guard let line = LineID(try text("line")) else { throw .corrupt("the entry names no line") }
    return line
  }

  func sealedValue(_ name: String) -> String? {
    guard let value = sealed[name] else { return nil }
    return (try? CanonicalJSON(parsing: value, requireCanonical: true))?.string
  }

  func sealedText(_ name: String) -> String { sealedValue(name) ?? "(erased)" }

  func person(_ name: String) throws(StoreError) -> PersonName {
    guard let person = PersonName(sealedValue(name) ?? "erased") else {
      throw .corrupt("\(name) of the entry is no person's name")
    }
    return person
  }

  func token() throws(StoreError) -> [UInt8] {
    guard let text = sealedValue("token") else { return [] }
    guard let digest = Digest(hex: text) else { throw .corrupt("token of the entry is no digest") }
    return digest.bytes
  }

  // MARK: Groups of fields

  func receipt() throws(StoreError) -> OrderReceipt {
    var terms = OrderTerms(
      reference: try text("reference"), authority: try text("authority"),
      basis: try text("basis"), issued: try instant("issued", in: data),
      effective: try instant("effective", in: data), expires: try instant("expires", in: data))
    terms.mode = try choice("mode")
    terms.answer = try choice("answer")
    terms.origin = try choice("origin")
    terms.jurisdiction = data["jurisdiction"]?.string
    terms.deadline = data["deadline"] == nil ? nil : try instant("deadline", in: data)
    terms.contact = sealedValue("contact")
    terms.note = sealedValue("note")
    guard let source = data["source"] else { throw .corrupt("the entry has no source") }
    return OrderReceipt(
      terms: terms,
      source: SourceFile(
        digest: try text("sha256", in: source), bytes: try number("bytes", in: source),
        format: try text("format", in: source)))
  }

  func difference() throws(StoreError) -> TargetDifference {
    guard let object = data["difference"] else { throw .corrupt("the entry has no difference") }
    return TargetDifference(
      added: try number("added", in: object), removed: try number("removed", in: object),
      kept: try number("kept", in: object))
  }

  func tally() throws(StoreError) -> Tally {
    guard let object = data["tally"] else { throw .corrupt("the entry has no tally") }
    var tally = Tally()
    for decision in Decision.allCases {
      tally[decision] = try number(decision.rawValue, in: object)
    }
    return tally
  }

  func contest() throws(StoreError) -> Contest {
    Contest(
      order: data["order"] == nil ? nil : try order(),
      name: sealedValue("name").flatMap { try? DomainName(presentation: $0) },
      statement: sealedText("statement"), contact: sealedValue("contact"))
  }

  func settlement(by actor: Actor) throws(StoreError) -> Settlement {
    let outcome: Settlement.Outcome
    switch try text("outcome") {
    case "accepted": outcome = .accepted
    case "dropped": outcome = .dropped
    case "read":
      guard let name = sealedValue("name").flatMap({ try? DomainName(presentation: $0) }) else {
        throw .corrupt("the entry settles a line with a name that is not there")
      }
      outcome = .read(as: name, scope: try choice("scope"))
    default: throw .corrupt("the entry settles a line in an unknown way")
    }
    return Settlement(outcome: outcome, reason: sealedText("reason"), by: actor)
  }
}
