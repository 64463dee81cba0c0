/// Options put on a message that is encoded already (RFC 6891, Section 6.1.2).
public enum OptionAppending {
  /// The octets of an option before its data: its code and its length.
  public static let headerLength = 4

  /// Appends an option to those of the message's OPT record.
  ///
  /// - Returns: Whether it was appended. It is not where the octets are no message, where there is no
  ///   OPT record or it is not the last one, and where the message or the record would grow too long;
  ///   then nothing is changed.
  @discardableResult
  public static func append(_ option: EDNSOption, to message: inout [UInt8]) -> Bool {
    guard let record = lastOPT(of: message.span) else { return false }
    let length = record.data.count + headerLength + option.data.count
    guard let length = UInt16(exactly: length),
      message.count + headerLength + option.data.count <= Message.maximumLength
    else { return false }
    message[record.data.lowerBound - 2] = UInt8(truncatingIfNeeded: length >> 8)
    message[record.data.lowerBound - 1] = UInt8(truncatingIfNeeded: length)
    message += option.code.rawValue.bigEndianOctets
    message += UInt16(option.data.count).bigEndianOctets
    message += option.data
    return true
  }

  /// Appends padding, so that the message is as long as a multiple of so many octets, or as the
  /// longest message (RFC 7830; RFC 8467, Section 4.1).
  ///
  /// - Returns: Whether it was appended; see ``append(_:to:)``.
  @discardableResult
  public static func pad(_ message: inout [UInt8], toMultipleOf block: Int) -> Bool {
    let least = message.count + headerLength
    let padded = min((least + block - 1) / block * block, Message.maximumLength)
    guard padded >= least else { return false }
    let zeros = [UInt8](repeating: 0, count: padded - least)
    return append(EDNSOption(code: .padding, data: zeros), to: &message)
  }

  private static func lastOPT(of message: Span<UInt8>) -> RecordOutline? {
    do throws(WireError) {
      let header = try Header(parsing: message)
      var offset = Header.length
      for _ in 0..<header.questionCount {
        offset = try NameExtent(of: message, at: offset).end + 4
      }
      var walk = RecordWalk(header: header, from: offset)
      var last: RecordOutline?
      while let record = try walk.next(in: message) { last = record }
      return last?.type == .opt ? last : nil
    } catch {
      return nil
    }
  }
}
