public import Enforcement

/// Where a captured record lies, and what its payload must hash to.
public struct CaptureReference: Sendable, Hashable, Codable {
  /// The file's name in the directory of captures.
  public var file: String
  /// Where the record's gzip member begins in the file.
  public var offset: Int
  /// How long the member is, in octets.
  public var length: Int
  /// SHA-256 of the payload, the body as it was sent, in lower-case hexadecimal.
  public var payloadDigest: String
  /// The record's identifier, `urn:uuid:…`.
  public var recordID: String
  /// The address of what was captured.
  public var url: String
  /// When it was captured, in milliseconds since 1970.
  public var milliseconds: Int64

  /// Takes the parts, as they were kept.
  public init(
    file: String, offset: Int, length: Int, payloadDigest: String, recordID: String, url: String,
    time: Instant
  ) {
    self.file = file
    self.offset = offset
    self.length = length
    self.payloadDigest = payloadDigest
    self.recordID = recordID
    self.url = url
    milliseconds = time.milliseconds
  }

  /// When it was captured.
  public var time: Instant { Instant(milliseconds: milliseconds) }
}
