internal import DNSWire

extension Message {
  /// This answer as the gate hands it on (see ``Upstream/exchange(_:)``).
  ///
  /// - Parameters:
  ///   - query: what was asked.
  ///   - isAuthentic: whether the data was verified by DNSSEC, by someone we trust.
  /// - Returns: The message on the wire.
  func relayed(for query: UpstreamQuery, isAuthentic: Bool) -> [UInt8] {
    var answer = query.wantsDNSSEC ? self : removingDNSSECRecords(unlessAsked: query.type)
    answer.id = 0
    answer.flags = [.response, .recursionDesired, .recursionAvailable]
    if isAuthentic { answer.flags.insert(.authenticData) }
    if query.checkingDisabled { answer.flags.insert(.checkingDisabled) }
    answer.questions = [
      Question(name: query.name, type: query.type, recordClass: query.recordClass)
    ]
    // Other options are between the upstream and us (RFC 6891, Section 6.1.1).
    let errors = edns?.options.filter { $0.code == .extendedError } ?? []
    answer.edns = errors.isEmpty ? nil : EDNS(options: errors)
    if !responseCode.fitsHeader { answer.responseCode = .servFail }
    return answer.encoded()
  }
}
