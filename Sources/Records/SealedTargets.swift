internal import DomainNames
public import Enforcement
internal import TransparencyLog

/// The assessed targets of an order, each sealed, under one Merkle root.
///
/// An order may name millions, and a name may be a person's, so the entry holds the root alone
/// (RFC 6962 hashing over the commitments); each target can be proved, or erased, by itself.
public struct SealedTargets: Sendable {
  /// One target with its salt.
  struct Row: Sendable {
    let salt: CommitmentSalt
    /// Canonical JSON of the assessed target.
    let value: [UInt8]

    var leaf: Digest { TreeHash.leaf(Commitment(to: value, salt: salt).digest.bytes) }
  }

  /// A target that is enforced as it stands.
  struct Accepted: Sendable {
    let position: Int
    let line: LineID
    let name: DomainName
    let scope: Scope
  }

  let rows: [Row]
  /// The accepted targets, so that the view of rules need not read them back.
  let accepted: [Accepted]
  /// What the event of the assessment says.
  public let summary: AssessmentSummary

  /// Seals assessed targets.
  ///
  /// - Throws: ``StoreError`` where a target cannot be written down.
  public init(_ lines: [AssessedLine], random: RandomOctets) throws(StoreError) {
    var rows: [Row] = []
    rows.reserveCapacity(lines.count)
    var frontier = TreeFrontier()
    var open: [LineID: Decision] = [:]
    var accepted: [Accepted] = []
    for line in lines {
      guard let salt = CommitmentSalt(bytes: random.octets(CommitmentSalt.byteCount)),
        let value = try? TargetCoding.json(line).canonicalBytes
      else { throw .corrupt("line \(line.source.id) cannot be written down") }
      let row = Row(salt: salt, value: value)
      _ = frontier.append(row.leaf)
      if line.decision == .accept, let name = line.name, let scope = line.scope {
        accepted.append(
          Accepted(position: rows.count, line: line.source.id, name: name, scope: scope))
      }
      rows.append(row)
      if line.decision.isOpen { open[line.source.id] = line.decision }
    }
    self.rows = rows
    self.accepted = accepted
    self.summary = AssessmentSummary(
      tally: Tally(lines), targetsRoot: frontier.root.hex, openLines: open)
  }
}

extension Decision {
  /// Whether a person has to settle the line.
  var isOpen: Bool {
    switch self {
    case .hold, .quarantine: true
    case .accept, .refuse, .duplicate: false
    }
  }
}

/// An assessed target as canonical JSON.
enum TargetCoding {
  static func json(_ line: AssessedLine) -> CanonicalJSON {
    var members: [(String, CanonicalJSON)] = [
      ("line", .string(line.source.id.description)),
      ("input", .string(line.source.input)),
      ("decision", .string(line.decision.rawValue)),
      (
        "reasons",
        .array(
          line.reasons.map {
            ["code": .string($0.code), "text": .string($0.text)]
          })
      ),
    ]
    if let name = line.name { members.append(("name", .string(name.description))) }
    if let scope = line.scope { members.append(("scope", .string(scope.rawValue))) }
    if let party = line.source.party { members.append(("party", .string(party))) }
    if let note = line.source.note { members.append(("note", .string(note))) }
    return .object(CanonicalJSON.Object(members))
  }

  static func target(_ value: [UInt8]) -> RecordedTarget? {
    guard let json = try? CanonicalJSON(parsing: value, requireCanonical: true),
      let line = json["line"]?.string.flatMap({ LineID($0) }),
      let decision = json["decision"]?.string.flatMap(Decision.init(rawValue:)),
      let input = json["input"]?.string
    else { return nil }
    let reasons = (json["reasons"]?.array ?? []).compactMap { reason in
      reason["code"]?.string.flatMap { code in
        reason["text"]?.string.map { Reason(code: code, text: $0) }
      }
    }
    return RecordedTarget(
      line: line, input: input, decision: decision,
      name: json["name"]?.string.flatMap { try? DomainName(presentation: $0) },
      scope: json["scope"]?.string.flatMap(Scope.init(rawValue:)),
      party: json["party"]?.string, note: json["note"]?.string, reasons: reasons)
  }
}
