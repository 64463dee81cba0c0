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
    guard (1...Self.recordLimit).contains(reference.length) else {
      throw .notReadable(
        file: reference.file, reason: "no record is \(reference.length) octets long")
    }
    let (record, length) = try read(
      reference.file, at: reference.offset, payloadDigest: reference.payloadDigest)
    guard length == reference.length, record.fields["warc-record-id"] == "<\(reference.recordID)>"
    else {
      throw .damaged(
        file: reference.file, offset: reference.offset, reason: "another record is there")
    }
    return record
  }

  /// The record that begins at an offset of a file, where its payload is what it should be.
  ///
  /// - Parameters:
  ///   - file: the file's name in the directory.
  ///   - offset: where the record's gzip member begins.
  ///   - payloadDigest: SHA-256 of the payload in lower-case hexadecimal.
  /// - Returns: the record.
  /// - Throws: ``CaptureError/damaged(file:offset:reason:)`` where the record is not whole, or its
  ///   block or payload is not what it was.
  public func record(
    in file: String, at offset: Int, payloadDigest: String
  ) throws(CaptureError) -> Record {
    try read(file, at: offset, payloadDigest: payloadDigest).record
  }

  private func read(
    _ file: String, at offset: Int, payloadDigest: String
  ) throws(CaptureError) -> (record: Record, length: Int) {
    guard !file.contains("/"), file.hasSuffix(".warc.gz"), offset >= 0 else {
      throw .notReadable(file: file, reason: "it is no file of captures")
    }
    func damaged(_ reason: String) -> CaptureError {
      .damaged(file: file, offset: offset, reason: reason)
    }
    guard let (octets, length) = try member(of: file, at: offset) else {
      throw damaged("the record cannot be unpacked")
    }
    guard let record = Self.parse(octets) else { throw damaged("it is no record") }
    guard record.fields["warc-block-digest"] == WARCRecord.digestField(record.block) else {
      throw damaged("the block's digest does not hold")
    }
    guard WARCRecord.hex(record.payload) == payloadDigest else {
      throw damaged("the payload's digest does not hold")
    }
    return (record, length)
  }

  /// Unpacks the one member that begins at an offset; nil where there is no whole one.
  private func member(
    of file: String, at offset: Int
  ) throws(CaptureError) -> (octets: [UInt8], length: Int)? {
    guard let stream = InflateStream(.gzip) else { return nil }
    var octets: [UInt8] = []
    var scratch = [UInt8](repeating: 0, count: 64 << 10)
    var length = 0
    while octets.count <= Self.recordLimit {
      let packed = try CaptureFile.read(
        file, in: directory, at: offset + length, count: CaptureFile.chunk)
      guard !packed.isEmpty else { return nil }
      var start = 0
      while start < packed.count, octets.count <= Self.recordLimit {
        let step = stream.step(packed, from: start, into: &scratch, room: scratch.count)
        start += step.consumed
        octets.append(contentsOf: scratch[..<step.produced])
        switch step.outcome {
        case .more: continue
        case .end: return (octets, length + start)
        case .stuck: return nil
        }
      }
      length += start
    }
    return nil
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
