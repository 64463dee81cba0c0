internal import DomainNames
internal import Enforcement
internal import Interchange
internal import Records

// MARK: - Orders come in

extension Desk {
  /// A file as it was read and assessed.
  struct ReadOrder {
    let file: OrderFile
    let claim: OrderClaim
    let lines: [AssessedLine]
    let source: SourceFile
  }

  func checkOrder(
    _ input: OrderInput, _ file: [UInt8], _ teller: inout DeskTeller
  ) async throws {
    let order = try read(input, file)
    for line in order.lines { try await teller.tell(LineVerdict(line)) }
    try await teller.tell(CheckSummary(order, receivedAt: journal.now))
  }

  func importOrder(
    _ input: OrderInput, _ file: [UInt8], _ request: DeskRequest, _ teller: inout DeskTeller
  ) async throws {
    let actor = try person(of: request)
    let order = try read(input, file)
    if let known = alreadyReceived(order) {
      try await teller.tell(OrderLine(try journal.register.order(known)))
      return
    }
    let sealed = try SealedTargets(order.lines, random: .system)
    let submission = Submission(
      claim: order.claim, source: order.source, assessment: sealed.summary,
      isRegister: order.file.isRegister)
    let events = try await record(.receiveOrder(submission), by: actor, targets: sealed)
    guard let id = events.lazy.compactMap(\.event.change.order).first else { return }
    try await teller.tell(OrderLine(try journal.register.order(id)))
    teller.remark { style in OrderAdvice.next(journal.register, id, style) }
  }

  /// The same file, brought in again after an answer got lost, is the same order; after that order
  /// has ended, it is a new one.
  private func alreadyReceived(_ order: ReadOrder) -> OrderID? {
    guard let authority = order.claim.authority, let reference = order.claim.reference,
      let id = journal.register.order(authority: authority, reference: reference),
      let known = journal.register.orders[id], known.current.source == order.source,
      known.current.number == 1, !known.state.isFinal
    else { return nil }
    return id
  }

  func amendOrder(
    _ id: String, _ input: OrderInput, _ file: [UInt8], _ request: DeskRequest,
    _ teller: inout DeskTeller
  ) async throws {
    let actor = try person(of: request)
    let known = try journal.register.order(try orderID(id))
    var order = try read(input, file, amending: known.id)
    order = ReadOrder(
      file: order.file, claim: order.claim.completed(from: OrderClaim(known.terms)),
      lines: order.lines, source: order.source)
    let sealed = try SealedTargets(order.lines, random: .system)
    let submission = Submission(
      claim: order.claim, source: order.source, assessment: sealed.summary,
      difference: try difference(order.lines, from: known), isRegister: order.file.isRegister)
    _ = try await record(.amendOrder(known.id, submission), by: actor, targets: sealed)
    try await teller.tell(OrderLine(try journal.register.order(known.id)))
    teller.remark { style in OrderAdvice.next(journal.register, known.id, style) }
  }

  private func difference(
    _ lines: [AssessedLine], from order: Order
  ) throws -> TargetDifference {
    let before = Set(
      try journal.rules(of: order.id, version: order.current.number).map {
        NamedScope(name: $0.name, scope: $0.scope)
      })
    let after = Set(
      lines.filter { $0.decision == .accept || $0.decision == .hold }.compactMap { line in
        line.name.flatMap { name in line.scope.map { NamedScope(name: name, scope: $0) } }
      })
    let kept = before.intersection(after).count
    return TargetDifference(
      added: after.count - kept, removed: before.count - kept, kept: kept)
  }

  func read(
    _ input: OrderInput, _ octets: [UInt8], amending amended: OrderID? = nil
  ) throws -> ReadOrder {
    let format = try input.format.map { text in
      guard let format = OrderFormat(rawValue: text) else {
        let known = OrderFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw DeskFault("the format \(text) is not known; it may be \(known)")
      }
      return format
    }
    let scope = try input.scope.map(self.scope)
    let chosen = format ?? OrderFormat.detected(in: octets, fileName: input.fileName)
    let file = try OrderFile.read(octets, format: chosen, defaultScope: scope)
    let assessor = Assessor(
      basis: try grounds.basis(), defaultScope: scope ?? configuration.defaultScope)
    let inForce = try NamesInForce(journal, besides: amended, targets: file.lines.count)
    let lines = assessor.assess(file.lines) { inForce.order(naming: $0, $1) }
    let source = SourceFile(
      digest: hexadecimalSHA256(of: octets), bytes: octets.count, format: file.format.rawValue)
    return ReadOrder(
      file: file, claim: file.claim.completed(from: try OrderClaim(flags: input.terms)),
      lines: lines, source: source)
  }

  func scope(_ text: String) throws -> Scope {
    guard let scope = Scope(rawValue: text) else {
      throw DeskFault("the scope \(text) is not known; it may be exact or subtree")
    }
    return scope
  }
}

struct NamedScope: Hashable {
  let name: DomainName
  let scope: Scope
}

/// Which order in force names a target already.
private struct NamesInForce {
  /// For more targets than this, all rules are read at once instead of one by one.
  private static let bulk = 5_000

  private let journal: Journal
  private let enforceable: Set<OrderID>
  private var known: [NamedScope: OrderID]?

  init(_ journal: Journal, besides amended: OrderID?, targets: Int) throws {
    self.journal = journal
    let orders = journal.register.orders.values.filter { order in
      order.isEnforceable && order.id != amended
    }
    enforceable = Set(orders.map(\.id))
    guard targets > Self.bulk, !orders.isEmpty else { return }
    var known: [NamedScope: OrderID] = [:]
    for order in orders {
      for rule in try journal.rules(of: order.id, version: order.current.number) {
        known[NamedScope(name: rule.name, scope: rule.scope)] = order.id
      }
    }
    self.known = known
  }

  func order(naming name: DomainName, _ scope: Scope) -> OrderID? {
    guard !enforceable.isEmpty else { return nil }
    if let known { return known[NamedScope(name: name, scope: scope)] }
    let rules = (try? journal.rules(covering: name)) ?? []
    return rules.first { rule in
      rule.name == name && rule.scope == scope && enforceable.contains(rule.order)
    }?.order
  }
}

extension OrderClaim {
  /// The claim that flags make, by field name.
  init(flags: [String: String]) throws {
    self.init()
    for (field, value) in flags {
      switch field {
      case "reference": reference = value
      case "authority": authority = value
      case "jurisdiction": jurisdiction = value
      case "basis": basis = value
      case "issued": issued = value
      case "effective": effective = value
      case "expires": expires = value
      case "contact": contact = value
      case "deadline": deadline = value
      case "mode": mode = value
      case "answer": answer = value
      case "origin": origin = value
      case "note": note = value
      default: throw DeskFault("an order has no field \(field)")
      }
    }
  }

  /// The claim that terms fulfil; an amendment's file need not repeat what stays.
  init(_ terms: OrderTerms) {
    self.init()
    reference = terms.reference
    authority = terms.authority
    jurisdiction = terms.jurisdiction
    basis = terms.basis
    issued = terms.issued.description
    effective = terms.effective.description
    expires = terms.expires.description
    contact = terms.contact
    deadline = terms.deadline?.description
    mode = terms.mode.rawValue
    answer = terms.answer.rawValue
    origin = terms.origin.rawValue
    note = terms.note
  }
}
