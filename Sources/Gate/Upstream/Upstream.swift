internal import DNSWire
internal import DomainNames

/// Who resolves the names that no rule blocks.
protocol Upstream: Sendable {
  /// Resolves a question.
  ///
  /// - Returns: A whole message without signature of its own: id 0, the question in lower case, QR, RD
  ///   and RA set, AA and TC clear. It has OPT only where there are extended errors to pass on, and
  ///   records that only serve DNSSEC only where the query wants them. Make it a ``KeptAnswer`` to
  ///   keep it and to write it to whoever asked.
  /// - Throws: ``UpstreamFailure``; then the asker gets SERVFAIL with the failure's extended error.
  func exchange(_ query: UpstreamQuery) async throws(UpstreamFailure) -> [UInt8]
}

/// What an upstream is asked; equal queries have the same answer.
struct UpstreamQuery: Sendable, Hashable {
  /// The name asked for.
  var name: DomainName
  /// The type asked for.
  var type: RecordType
  /// The class asked for.
  var recordClass = RecordClass.internet
  /// DO: the asker wants DNSSEC records (RFC 3225).
  var wantsDNSSEC = false
  /// CD: the asker verifies by itself and takes unverified data too (RFC 4035, Section 3.2.2).
  var checkingDisabled = false
}

extension UpstreamQuery {
  /// The question of a datagram that was parsed.
  ///
  /// - Throws: ``WireError`` where `datagram` is not the one `view` was read from.
  init(_ view: QuestionView, in datagram: Span<UInt8>) throws(WireError) {
    let question = try view.question(in: datagram)
    self.init(
      name: question.name, type: view.type, recordClass: view.recordClass,
      wantsDNSSEC: view.dnssecOK,
      checkingDisabled: view.header.flags.contains(.checkingDisabled))
  }
}
