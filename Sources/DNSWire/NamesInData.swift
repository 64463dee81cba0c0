/// Where the data of a record of a well-known type holds names that may be compressed.
///
/// RFC 3597, Section 4 lists the types; only names in these are ever decompressed. Data of every
/// other type, known or not, passes untouched.
struct NamesInData: Sendable, Hashable {
  /// Octets of fixed fields in front.
  var leading = 0
  /// Character strings after those (RFC 1035, Section 3.3).
  var strings = 0
  /// Names after those.
  var names = 1
  /// Octets after the names; nil where any number may follow.
  var trailing: Int? = 0
  /// Whether a writer may compress the names (the types of RFC 1035 only).
  var mayCompress = true

  /// The form of a type's data; nil for types without names that may be compressed.
  init?(_ type: RecordType) {
    switch type {
    case .ns, .md, .mf, .cname, .mb, .mg, .mr, .ptr:
      break
    case .soa:
      names = 2
      trailing = 20
    case .minfo:
      names = 2
    case .mx:
      leading = 2
    case .rp:
      names = 2
      mayCompress = false
    case .afsdb, .rt:
      leading = 2
      mayCompress = false
    case .px:
      leading = 2
      names = 2
      mayCompress = false
    case .srv:
      leading = 6
      mayCompress = false
    case .naptr:
      leading = 4
      strings = 3
      mayCompress = false
    case .sig:
      leading = 18
      trailing = nil
      mayCompress = false
    case .nxt:
      trailing = nil
      mayCompress = false
    default:
      return nil
    }
  }

  /// The offset of the first name in data that starts at an offset; nil where the data is too short.
  func firstName(of message: Span<UInt8>, in data: Range<Int>) -> Int? {
    var offset = data.lowerBound + leading
    for _ in 0..<strings {
      guard offset < data.upperBound, offset < message.count else { return nil }
      offset += Int(message[offset]) + 1
    }
    return offset < data.upperBound ? offset : nil
  }

  /// Checks data and gives its length without compression.
  func uncompressedLength(
    of message: Span<UInt8>, in data: Range<Int>, type: RecordType
  ) throws(WireError) -> Int {
    let fault = WireError.recordData(type, at: data.lowerBound)
    guard var offset = firstName(of: message, in: data) else { throw fault }
    var length = data.count
    for _ in 0..<names {
      let extent = try NameExtent(of: message, at: offset)
      length += extent.length - (extent.end - offset)
      offset = extent.end
      guard offset <= data.upperBound else { throw fault }
    }
    guard length <= Int(UInt16.max) else { throw fault }
    guard trailing == nil || trailing == data.upperBound - offset else { throw fault }
    return length
  }
}

extension Span where Element == UInt8 {
  /// A copy of a record's data in which every name that may be compressed is written out.
  func uncompressedData(in data: Range<Int>, type: RecordType) throws(WireError) -> [UInt8] {
    guard !data.isEmpty, let form = NamesInData(type) else { return try octets(in: data) }
    guard var offset = form.firstName(of: self, in: data) else {
      throw .recordData(type, at: data.lowerBound)
    }
    var copy = try octets(in: data.lowerBound..<offset)
    for _ in 0..<form.names { offset = try appendName(at: offset, to: &copy) }
    guard offset <= data.upperBound else { throw .recordData(type, at: data.lowerBound) }
    copy += try octets(in: offset..<data.upperBound)
    return copy
  }
}
