/// Why octets are not a DNS message.
///
/// Offsets count from the message's first octet.
public enum WireError: Error, Sendable, Hashable {
  /// The message ends inside the item that needs the octet at `offset`.
  case truncated(at: Int)
  /// A label starts with an octet that is neither a length up to 63 nor a pointer.
  case labelType(at: Int)
  /// A compression pointer does not lead to an earlier name (RFC 1035, Section 4.1.4).
  case pointer(at: Int, target: Int)
  /// A name follows more compression pointers than a name has labels.
  case tooManyPointers(at: Int)
  /// A name has more than 255 octets (RFC 1035, Section 2.3.4).
  case nameTooLong(at: Int)
  /// A name is compressed where that is not allowed.
  case compressedName(at: Int)
  /// A record's data, which starts at the offset, does not have the form of its type.
  case recordData(RecordType, at: Int)
  /// An OPT record is not in the additional section or not at the root (RFC 6891, Section 6.1).
  case misplacedOPT(at: Int)
  /// There is a second OPT record (RFC 6891, Section 6.1.1).
  case secondOPT(at: Int)
  /// An option of EDNS is longer than the OPT record that holds it.
  case ednsOption(at: Int)
  /// Octets follow the end of the last record.
  case trailingOctets(Int)
  /// A frame on a stream announces fewer octets than a header has.
  case frameTooShort(octets: Int)
  /// A frame on a stream announces more octets than are taken.
  case frameTooLong(octets: Int, limit: Int)
  /// More octets of a stream are waiting than are kept.
  case tooManyWaiting(octets: Int, limit: Int)
}

extension WireError: CustomStringConvertible {
  /// The reason as a sentence.
  public var description: String {
    switch self {
    case .truncated(let offset):
      "the message ends too early: octet \(offset) is needed and not there"
    case .labelType(let offset):
      "the label at octet \(offset) has an unknown kind of length"
    case .pointer(let offset, let target):
      "the compression pointer at octet \(offset) leads to octet \(target), not to an earlier name"
    case .tooManyPointers(let offset):
      "the name at octet \(offset) goes through too many compression pointers"
    case .nameTooLong(let offset):
      "the name at octet \(offset) is longer than 255 octets"
    case .compressedName(let offset):
      "the name at octet \(offset) is compressed, which is not allowed there"
    case .recordData(let type, let offset):
      "the data at octet \(offset) is not that of a record of type \(type)"
    case .misplacedOPT(let offset):
      "the OPT record at octet \(offset) is not at the root of the additional section"
    case .secondOPT(let offset):
      "the OPT record at octet \(offset) is the second one; only one is allowed"
    case .ednsOption(let offset):
      "the EDNS option at octet \(offset) is longer than its record"
    case .trailingOctets(let count):
      "\(count) octets follow the end of the message"
    case .frameTooShort(let octets):
      "a frame announces \(octets) octets; a message has at least \(Header.length)"
    case .frameTooLong(let octets, let limit):
      "a frame announces \(octets) octets; at most \(limit) are taken"
    case .tooManyWaiting(let octets, let limit):
      "\(octets) octets are waiting to be read; at most \(limit) are kept"
    }
  }
}
