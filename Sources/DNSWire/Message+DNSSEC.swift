extension Message {
  /// The message for an asker that did not set DO: without the records that only serve DNSSEC.
  ///
  /// Records of the type that was asked for stay (RFC 4035, Section 3.2.1); for ANY the answer section
  /// stays as it is.
  ///
  /// - Parameter asked: the type asked for; that of the first question where none is given.
  /// - Returns: The message without those records.
  public func removingDNSSECRecords(unlessAsked asked: RecordType? = nil) -> Message {
    let asked = asked ?? questions.first?.type
    let isUnwanted = { (record: Record) in record.type.servesDNSSEC && record.type != asked }
    var message = self
    if asked != .any { message.answers.removeAll(where: isUnwanted) }
    message.authorities.removeAll(where: isUnwanted)
    message.additionals.removeAll(where: isUnwanted)
    return message
  }
}

extension RecordType {
  /// Whether records of this type only serve to verify others (RFC 4034; RFC 5155).
  public var servesDNSSEC: Bool {
    switch self {
    case .rrsig, .nsec, .nsec3, .dnskey, .ds: true
    default: false
    }
  }
}
