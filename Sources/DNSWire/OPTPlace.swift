/// Where the OPT record of a message ends, and where its length stands, so that options can be added.
public struct OPTPlace: Sendable, Hashable {
  /// Where the two octets of RDLENGTH are.
  public let lengthOffset: Int
  /// How many octets of options there are.
  public let length: Int

  /// Finds OPT as the last record of a message that we made ourselves; nil where it is not there.
  ///
  /// It reads no data of records, and allocates nothing.
  public init?(lastIn message: Span<UInt8>) {
    do throws(WireError) {
      let header = try Header(parsing: message)
      guard header.additionalCount > 0 else { return nil }
      var offset = Header.length
      for _ in 0..<header.questionCount { offset = try Self.endOfName(message, at: offset) + 4 }
      let before =
        Int(header.answerCount) + Int(header.authorityCount) + Int(header.additionalCount) - 1
      for _ in 0..<before {
        let fields = try Self.endOfName(message, at: offset)
        offset = fields + 10 + Int(try message.uint16(at: fields + 8))
      }
      guard try message.octet(at: offset) == 0,
        try message.uint16(at: offset + 1) == RecordType.opt.rawValue
      else { return nil }
      lengthOffset = offset + 9
      length = Int(try message.uint16(at: lengthOffset))
      guard lengthOffset + 2 + length == message.count else { return nil }
    } catch {
      return nil
    }
  }

  private static func endOfName(_ message: Span<UInt8>, at start: Int) throws(WireError) -> Int {
    var offset = start
    while true {
      let octet = try message.octet(at: offset)
      if octet == 0 { return offset + 1 }
      if octet >= 0xC0 { return offset + 2 }
      offset += 1 + Int(octet)
    }
  }
}
