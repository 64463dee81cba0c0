/// Reads captures back, and believes none whose digests do not hold.
public struct CaptureReader: Sendable {
  /// One record, as it was kept.
  public struct Record: Sendable, Hashable {
    /// The record's own fields, names in lower case.
    public var fields: [String: String]
    /// The block: for an exchange, head and body.
    public var block: [UInt8]
    /// The payload: the body alone.
    public var payload: ArraySlice<UInt8>
  }

  /// How large a record may be once unpacked, in octets.
  public static let recordLimit = 64 << 20

  private let directory: String

  /// Takes the directory of captures.
  public init(directory: String) {
    self.directory = directory
  }

  /// The record that a reference leads to.
  ///
  /// - Throws: ``CaptureError/damaged(file:offset:reason:)`` where the record's length, identifier,
  ///   block digest or payload digest is not what it was.
  public func record(at reference: CaptureReference) throws(CaptureError) -> Record {
    guard !reference.file.contains("/"), reference.file.hasSuffix(".warc.gz"),
      reference.offset >= 0, (1...Self.recordLimit).contains(reference.length)
    else { throw .notReadable(file: reference.file, reason: "it is no file of captures") }
    let packed = try CaptureFile.read(
      reference.file, in: directory, at: reference.offset, count: reference.length)
    func damaged(_ reason: String) -> CaptureError {
      .damaged(file: reference.file, offset: reference.offset, reason: reason)
    }
    guard packed.count == reference.length,
      let octets = Inflation.unpack(packed, wrapping: .gzipOrZlib, limit: Self.recordLimit),
      !octets.isTruncated
    else { throw damaged("the record cannot be unpacked") }
    guard let record = Self.parse(octets.octets) else { throw damaged("it is no record") }
    guard record.fields["warc-record-id"] == "<\(reference.recordID)>" else {
      throw damaged("another record is there")
    }
    guard record.fields["warc-block-digest"] == WARCRecord.digestField(record.block) else {
      throw damaged("the block's digest does not hold")
    }
    guard WARCRecord.hex(record.payload) == reference.payloadDigest else {
      throw damaged("the payload's digest does not hold")
    }
    return record
  }

  /// Takes a record apart.
  static func parse(_ octets: [UInt8]) -> Record? {
    guard let end = octets.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    var fields: [String: String] = [:]
    let lines = String(decoding: octets[..<end.lowerBound], as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: true)
    guard lines.first == "WARC/1.1" else { return nil }
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      fields[line[..<colon].lowercased()] = String(
        line[line.index(after: colon)...].drop { $0 == " " })
    }
    guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0,
      octets.count == end.upperBound + length + 4
    else { return nil }
    let block = Array(octets[end.upperBound..<(end.upperBound + length)])
    return Record(fields: fields, block: block, payload: payload(of: block, fields: fields))
  }

  private static func payload(of block: [UInt8], fields: [String: String]) -> ArraySlice<UInt8> {
    guard fields["content-type"]?.hasPrefix("application/http") == true,
      let head = block.firstRange(of: Array("\r\n\r\n".utf8))
    else { return block[...] }
    return block[head.upperBound...]
  }
}
