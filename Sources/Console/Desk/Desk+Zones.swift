internal import DomainNames
internal import Enforcement
internal import Interchange
internal import Records

// MARK: - The rules in force, in another system's form

extension Desk {
  func exportZone(
    _ format: String, _ zone: String, _ teller: inout DeskTeller
  ) async throws {
    let rules = try rulesInForce(at: journal.now)
    let protected = protections(try grounds.protectedAtGate(), thatMatterTo: rules)
    var chunks: [[UInt8]] = []
    var deviations: [ZoneDeviation] = []
    switch format {
    case "json":
      JSONRulesWriter(generatedAt: journal.now).write(rules) { chunks.append($0) }
    case "hosts":
      deviations = HostsWriter(protectedNames: protected).write(rules) { chunks.append($0) }
    case "rpz":
      guard let apex = try? DomainName(presentation: zone), !apex.isRoot else {
        throw DeskFault("\"\(zone)\" cannot be the name of a zone")
      }
      let writer = RPZWriter(
        zone: apex, serial: zoneSerial(), addresses: blockPageAddresses(),
        protectedNames: protected)
      deviations = writer.write(rules) { chunks.append($0) }
    default:
      throw DeskFault("rules cannot be exported to \(format) yet; they can to json, hosts or rpz")
    }
    for chunk in chunks { try await teller.raw(chunk) }
    try await teller.flush()
    for deviation in deviations.prefix(20) { try await teller.warn("note: \(deviation)") }
    if deviations.count > 20 {
      try await teller.warn("note: and \(deviations.count - 20) more like these")
    }
  }

  /// The protected names that a rule would hit; others would only get in the way of the lists that
  /// the other system has besides.
  private func protections(
    _ names: [DomainName], thatMatterTo rules: [EnforcedRule]
  ) -> [DomainName] {
    let subtrees = Set(rules.filter { $0.scope == .subtree }.map(\.name))
    let hosts = Set(rules.map(\.name))
    return names.filter { name in
      hosts.contains(name) || name.ancestors.contains(where: subtrees.contains)
    }
  }

  /// Every name that an order in force blocks or observes at a moment.
  func rulesInForce(at moment: Instant) throws -> [EnforcedRule] {
    var rules: [EnforcedRule] = []
    for order in journal.register.orders.values.sorted(by: { $0.id < $1.id })
    where order.state == .inForce && order.terms.effective <= moment
      && moment < order.terms.expires
    {
      let terms = order.terms
      let paused = order.current.pausedLines
      for rule in try journal.rules(of: order.id, version: order.current.number)
      where paused[rule.line] == nil {
        rules.append(
          EnforcedRule(
            name: rule.name, scope: rule.scope, answer: terms.answer, mode: terms.mode,
            order: order.id, reference: terms.reference, authority: terms.authority,
            until: terms.expires))
      }
    }
    return rules
  }

  /// The number of the last event that changed the rules.
  private func zoneSerial() -> UInt32 {
    UInt32(truncatingIfNeeded: (try? journal.lastRuleChange()) ?? 0)
  }

  private func blockPageAddresses() -> [BlockPageAddress] {
    configuration.blockPageTexts.compactMap(BlockPageAddress.init)
  }
}

extension DeskTeller {
  /// A sentence on standard error.
  func warn(_ text: String) async throws {
    try await output.err(text)
  }
}
