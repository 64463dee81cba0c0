internal import Enforcement

/// Reads the full form of an order, target by target.
struct JSONOrderReader {
  private var scanner: JSONScanner
  private var claim = OrderClaim()
  private var keys: Set<String> = []

  private static let targetsKey = "targets"

  init(_ text: SourceText) {
    scanner = JSONScanner(text)
  }

  /// Reads the one object that the file is.
  mutating func read(into targets: inout TargetCollector) throws(OrderFileError) -> OrderClaim {
    guard try scanner.require() == UInt8(ascii: "{") else {
      throw scanner.fault("an order file is one object, which starts with “{”")
    }
    try scanner.expect("{", "“{”")
    var first = true
    while try scanner.continues(to: "}", first: &first) {
      try readField(into: &targets)
      scanner.within = "the order"
    }
    if scanner.peek() != nil { throw scanner.fault("something follows the end of the order") }
    return claim
  }

  private mutating func readField(into targets: inout TargetCollector) throws(OrderFileError) {
    _ = try scanner.require()
    let line = scanner.line
    let key = try scanner.key()
    guard keys.insert(key).inserted else { throw .duplicateKey(key, line: line) }
    scanner.within = "the field “\(key.shortened)”"
    if key == Self.targetsKey { return try readTargets(into: &targets) }
    guard let field = ClaimField(rawValue: key) else {
      let known = ClaimField.allCases.map(\.rawValue) + [Self.targetsKey]
      throw .unknownKey(key, nearest: NearestWord.to(key, among: known), line: line)
    }
    switch try scanner.value() {
    case .string(let text): claim[keyPath: field.path] = text
    case .null: break
    case .bool(let value): throw wrongType(key, .bool(value), line)
    case .number(let value): throw wrongType(key, .number(value), line)
    case .array(let value): throw wrongType(key, .array(value), line)
    case .object(let value): throw wrongType(key, .object(value), line)
    }
  }

  private func wrongType(_ key: String, _ found: JSONValue, _ line: Int) -> OrderFileError {
    .wrongType(key: key, expected: "a text", found: found.kind, line: line)
  }

  private mutating func readTargets(into targets: inout TargetCollector) throws(OrderFileError) {
    _ = try scanner.require()
    let line = scanner.line
    guard scanner.take("[") else {
      throw .wrongType(
        key: Self.targetsKey, expected: "a list", found: try scanner.value().kind, line: line)
    }
    var first = true
    var position = 0
    scanner.within = "the list of targets"
    while try scanner.continues(to: "]", first: &first) {
      position += 1
      scanner.within = "target \(position)"
      _ = try scanner.require()
      let (line, start) = (scanner.line, scanner.offset)
      let value = try scanner.value()
      let entry = JSONTarget(value, line: line)
      try entry.add(LineID(line: position), raw: scanner.text(from: start), to: &targets)
      scanner.within = "the list of targets, behind target \(position)"
    }
  }
}

/// The order's own fields, in the order in which people write them.
private enum ClaimField: String, CaseIterable {
  case reference, authority, jurisdiction, basis, issued, effective, expires
  case contact, deadline, mode, answer, origin, note

  var path: WritableKeyPath<OrderClaim, String?> {
    switch self {
    case .reference: \.reference
    case .authority: \.authority
    case .jurisdiction: \.jurisdiction
    case .basis: \.basis
    case .issued: \.issued
    case .effective: \.effective
    case .expires: \.expires
    case .contact: \.contact
    case .deadline: \.deadline
    case .mode: \.mode
    case .answer: \.answer
    case .origin: \.origin
    case .note: \.note
    }
  }
}

/// One entry of the list of targets: an object, or a name alone.
private struct JSONTarget {
  private enum Key: String, CaseIterable {
    case name
    case scope
    case party
    case note
  }

  private var fields: [Key: String] = [:]
  private var fault: Quarantine?
  private let line: Int

  init(_ value: JSONValue, line: Int) {
    self.line = line
    switch value {
    case .string(let name): fields[.name] = name
    case .object(let members): take(members)
    case .null, .bool, .number, .array:
      refuse("A target must be an object or a name, but is \(value.kind).")
    }
    if fault == nil, fields[.name] == nil { refuse("The target has no “name”.") }
  }

  func add(_ id: LineID, raw: String, to targets: inout TargetCollector) throws(OrderFileError) {
    let name = fields[.name]
    if let fault {
      return try targets.quarantine(
        id, input: raw, fault, party: fields[.party], note: fields[.note])
    }
    try targets.add(
      id, input: name ?? raw, reading: TargetReader.read(name ?? ""),
      scope: fields[.scope], party: fields[.party], note: fields[.note])
  }

  private mutating func take(_ members: [JSONValue.Member]) {
    var seen: Set<Key> = []
    for member in members {
      guard let key = Key(rawValue: member.key) else {
        let nearest = NearestWord.to(member.key, among: Key.allCases.map(\.rawValue))
        let hint = nearest.map { "; was “\($0)” meant?" } ?? "."
        refuse("A target has no field “\(member.key.shortened)”\(hint)")
        continue
      }
      guard seen.insert(key).inserted else {
        refuse("The target gives “\(key.rawValue)” twice.")
        continue
      }
      switch member.value {
      case .string(let text): fields[key] = text
      case .null: break
      case .bool, .number, .array, .object:
        refuse("“\(key.rawValue)” must be a text, but is \(member.value.kind).")
      }
    }
  }

  private mutating func refuse(_ reason: String) {
    if fault == nil { fault = .badEntry(reason, line: line) }
  }
}
