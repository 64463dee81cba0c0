internal import DomainNames
internal import Enforcement
internal import TransparencyLog

/// The form of events on the record, version 1.
///
/// What is hashed must never change: a new form gets a
/// new number, and this one is read for ever.
///
/// The leaf is canonical JSON (RFC 8785): `version`, `kind`, `time`, `actor` (`person` or `system`),
/// a random `nonce`, the public `data`, and `commitments` to the sealed fields by name.
enum EventCoding {
  static let version: Int64 = 1

  /// The public and the sealed part of a change.
  struct Parts {
    var kind: String
    var data: [(String, CanonicalJSON)] = []
    var sealed: [(String, CanonicalJSON)] = []
  }

  /// Makes the entry of an event.
  static func entry(for event: Event, random: RandomOctets) throws(StoreError) -> Entry {
    var parts = parts(of: event.change)
    var actor = "system"
    if case .person(let name) = event.actor {
      actor = "person"
      parts.sealed.append(("actor", .string(name.text)))
    }
    do {
      let sealed = try parts.sealed.map { name, value in
        guard let salt = CommitmentSalt(bytes: random.octets(CommitmentSalt.byteCount)) else {
          throw StoreError.corrupt("no salt could be made")
        }
        return SealedField(name: name, salt: salt, value: try value.canonicalBytes)
      }
      let leaf: CanonicalJSON = [
        "version": .integer(version),
        "kind": .string(parts.kind),
        "time": .string(event.time.description),
        "actor": .string(actor),
        "nonce": .string(hexadecimal(random.octets(16))),
        "data": .object(CanonicalJSON.Object(parts.data)),
        "commitments": .object(
          CanonicalJSON.Object(sealed.map { ($0.name, .string($0.commitment.digest.hex)) })),
      ]
      let bytes = try leaf.canonicalBytes
      guard bytes.count <= Entry.maximumLeaf else {
        throw StoreError.corrupt("an entry of \(bytes.count) octets is too long")
      }
      return Entry(leaf: bytes, sealed: sealed)
    } catch let error as StoreError {
      throw error
    } catch {
      throw .corrupt("an event cannot be written down: \(error)")
    }
  }

  /// Refuses an order whose terms take more room than an entry has: fields are bounded by
  /// characters, and a character may have any number of octets.
  static func demandRoom(for event: Event) throws(Refusal) {
    switch event.change {
    case .orderReceived(_, let receipt), .orderAmended(_, _, let receipt, _):
      let terms = receipt.terms
      let texts = [terms.reference, terms.authority, terms.basis, terms.jurisdiction ?? ""]
      let octets = texts.reduce(0) { $0 + $1.utf8.count }
      guard octets <= longestTerms else {
        throw Refusal(
          .badField,
          "reference, authority, basis and jurisdiction take \(octets) octets together; at most"
            + " \(longestTerms) are allowed")
      }
    case .conduct(let change): try demandRoom(for: change)
    case .recordOpened, .personAdded, .tokenReplaced, .orderAssessed, .lineSettled,
      .orderConfirmed, .orderInForce, .orderSuspended, .orderResumed, .orderRevoked,
      .orderExpired, .lineChanged, .actionRefused, .clockCorrected, .contestReceived,
      .siteWatched, .siteDropped, .caseChanged:
      break
    }
  }

  /// Octets of an order's public texts; written as JSON, one octet may become six.
  private static let longestTerms = 10_000

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hexadecimal(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * octets.count)
    for octet in octets {
      text.append(digits[Int(octet >> 4)])
      text.append(digits[Int(octet & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: - Writing

extension EventCoding {
  static func parts(of change: Change) -> Parts {
    switch change {
    case .recordOpened(let origin):
      return Parts(kind: "record.opened", data: [("origin", .string(origin))])
    case .personAdded(let name, let role, let digest):
      return Parts(
        kind: "person.added", data: [("role", .string(role.rawValue))],
        sealed: [("person", .string(name.text)), ("token", .string(hexadecimal(digest)))])
    case .tokenReplaced(let name, let digest):
      return Parts(
        kind: "person.token-replaced",
        sealed: [("person", .string(name.text)), ("token", .string(hexadecimal(digest)))])
    case .orderReceived(let id, let receipt):
      return received("order.received", id, version: 1, receipt)
    case .orderAmended(let id, let version, let receipt, let difference):
      var parts = received("order.amended", id, version: version, receipt)
      parts.data.append(
        (
          "difference",
          [
            "added": .integer(Int64(difference.added)),
            "removed": .integer(Int64(difference.removed)),
            "kept": .integer(Int64(difference.kept)),
          ]
        ))
      return parts
    case .orderAssessed(let id, let version, let summary):
      return Parts(
        kind: "order.assessed",
        data: about(id, version) + [
          ("targets_root", .string(summary.targetsRoot)), ("tally", json(summary.tally)),
        ])
    case .lineSettled(let id, let version, let line, let settlement):
      return settled(id, version, line, settlement)
    case .orderConfirmed(let id, let version):
      return Parts(kind: "order.confirmed", data: about(id, version))
    case .orderInForce(let id, let version, let due):
      return Parts(
        kind: "order.in-force", data: about(id, version) + [("due", .string(due.description))])
    case .orderSuspended(let id, let reason): return reasoned("order.suspended", id, reason)
    case .orderResumed(let id, let reason): return reasoned("order.resumed", id, reason)
    case .orderRevoked(let id, let reason): return reasoned("order.revoked", id, reason)
    case .orderExpired(let id, let due):
      return Parts(
        kind: "order.expired",
        data: [("order", .string(id.text)), ("due", .string(due.description))])
    case .lineChanged(let id, let version, let line, let change):
      return self.parts(of: change, of: line, in: id, version)
    case .actionRefused(let action, let id, let refusal):
      var parts = Parts(
        kind: "action.refused",
        data: [("action", .string(action)), ("code", .string(refusal.code.rawValue))],
        sealed: [("text", .string(refusal.text))])
      if let id { parts.data.append(("order", .string(id.text))) }
      return parts
    case .clockCorrected(let from, let reason):
      return Parts(
        kind: "clock.corrected", data: [("from", .string(from.description))],
        sealed: [("reason", .string(reason))])
    case .contestReceived(let contest): return contested(contest)
    case .siteWatched(let site, let reason):
      return self.parts(of: "site.watched", site, reason: reason)
    case .siteDropped(let site, let reason):
      return self.parts(of: "site.dropped", site, reason: reason)
    case .caseChanged(let id, let change): return self.parts(of: change, in: id)
    case .conduct(let change): return self.parts(of: change)
    }
  }

  private static func contested(_ contest: Contest) -> Parts {
    var parts = Parts(
      kind: "contest.received", sealed: [("statement", .string(contest.statement))])
    if let order = contest.order { parts.data.append(("order", .string(order.text))) }
    if let name = contest.name { parts.sealed.append(("name", .string(name.description))) }
    if let contact = contest.contact { parts.sealed.append(("contact", .string(contact))) }
    return parts
  }

  static func about(_ id: OrderID, _ version: Int) -> [(String, CanonicalJSON)] {
    [("order", .string(id.text)), ("order_version", .integer(Int64(version)))]
  }

  private static func reasoned(_ kind: String, _ id: OrderID, _ reason: String) -> Parts {
    Parts(
      kind: kind, data: [("order", .string(id.text))], sealed: [("reason", .string(reason))])
  }

  private static func received(
    _ kind: String, _ id: OrderID, version: Int, _ receipt: OrderReceipt
  ) -> Parts {
    let terms = receipt.terms
    var data = about(id, version)
    data += [
      ("reference", .string(terms.reference)), ("authority", .string(terms.authority)),
      ("basis", .string(terms.basis)), ("issued", .string(terms.issued.description)),
      ("effective", .string(terms.effective.description)),
      ("expires", .string(terms.expires.description)), ("mode", .string(terms.mode.rawValue)),
      ("answer", .string(terms.answer.rawValue)), ("origin", .string(terms.origin.rawValue)),
      (
        "source",
        [
          "sha256": .string(receipt.source.digest), "bytes": .integer(Int64(receipt.source.bytes)),
          "format": .string(receipt.source.format),
        ]
      ),
    ]
    if let jurisdiction = terms.jurisdiction {
      data.append(("jurisdiction", .string(jurisdiction)))
    }
    if let deadline = terms.deadline { data.append(("deadline", .string(deadline.description))) }
    var sealed: [(String, CanonicalJSON)] = []
    if let contact = terms.contact { sealed.append(("contact", .string(contact))) }
    if let note = terms.note { sealed.append(("note", .string(note))) }
    return Parts(kind: kind, data: data, sealed: sealed)
  }

  private static func settled(
    _ id: OrderID, _ version: Int, _ line: LineID, _ settlement: Settlement
  ) -> Parts {
    var parts = Parts(
      kind: "order.line-settled",
      data: about(id, version) + [("line", .string(line.description))],
      sealed: [("reason", .string(settlement.reason))])
    switch settlement.outcome {
    case .accepted: parts.data.append(("outcome", "accepted"))
    case .dropped: parts.data.append(("outcome", "dropped"))
    case .read(let name, let scope):
      parts.data.append(("outcome", "read"))
      parts.data.append(("scope", .string(scope.rawValue)))
      parts.sealed.append(("name", .string(name.description)))
    }
    return parts
  }

  static func json(_ tally: Tally) -> CanonicalJSON {
    .object(
      CanonicalJSON.Object(
        Decision.allCases.map { ($0.rawValue, .integer(Int64(tally[$0]))) }))
  }
}
