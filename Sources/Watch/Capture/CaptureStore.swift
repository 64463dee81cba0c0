public import Enforcement
internal import Glibc

/// Keeps what was fetched as evidence: WARC 1.1 files in a directory, one gzip member a record.
///
/// A file is only ever appended to. Captures are settled together: whoever is about to write down where
/// they lie waits for ``settle()`` first, and then they are on the disk. What a crash leaves half
/// written behind them is cut when the directory is opened again:
///
///     crash before the write        nothing is there, nothing refers to it
///     crash during the write        whole records stay, the torn one is cut
///     crash before the fsync        any part of it may be there: the same
///     crash after the fsync         the capture stands, whether something refers to it or not
///
/// So a record may be there that no one refers to, and none is missing that someone does.
public actor CaptureStore {
  /// From which size on a new file is begun, in octets.
  public static let fileSize = 100_000_000

  private let disk = DiskExecutor(label: "cordon.watch.capture")
  private let directory: String
  private let software: String
  private let fileSize: Int
  private let lock: CaptureLock
  private let packer: GzipPacker
  private var file: CaptureFile?
  private var random: any RandomNumberGenerator & Sendable
  private var ordinal: Int
  private var isStopped = false

  /// Opens a directory of captures, made if need be, for this process alone.
  ///
  /// - Parameters:
  ///   - directory: where the files are.
  ///   - software: who writes, for the first record of each file: `Cordon/1.0`.
  ///   - fileSize: from which size on a new file is begun.
  ///   - random: where record identifiers come from.
  /// - Throws: ``CaptureError`` where nothing can be written there.
  public init(
    directory: String, software: String, fileSize: Int = CaptureStore.fileSize,
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
  ) throws(CaptureError) {
    lock = try CaptureLock(directory: directory)
    guard let packer = GzipPacker() else {
      throw .notWritable(directory: directory, reason: "no memory to pack captures")
    }
    self.packer = packer
    self.directory = directory
    self.software = software
    self.fileSize = fileSize
    self.random = random
    let last = try CaptureLock.files(in: directory).last
    file = try last.map { name throws(CaptureError) in
      try CaptureFile(reopening: name, in: directory)
    }
    ordinal = last.flatMap(Self.ordinal) ?? 0
  }

  /// It waits for the disk by itself.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    disk.asUnownedSerialExecutor()
  }

  /// Keeps the exchanges of one fetch: for each a request and a response.
  ///
  /// - Parameter hops: redirects first; at least one.
  /// - Returns: where the last response lies.
  /// - Throws: ``CaptureError`` where it is not written.
  public func capture(_ hops: [Exchange]) throws(CaptureError) -> CaptureReference {
    var records: [WARCRecord] = []
    for hop in hops {
      let response = identifier()
      records.append(.request(hop, id: identifier(), response: response))
      if let fault = hop.certificateFault {
        records.append(metadata("certificate-fault: \(fault)\r\n", of: hop, record: response))
      }
      records.append(.response(hop, id: response))
    }
    guard let last = hops.last else {
      throw .notWritten(file: directory, reason: "there is no exchange to keep")
    }
    return try write(records, url: last.url, payload: last.body)
  }

  /// Keeps the answer that a page has not changed since it was captured.
  public func capture(
    unchanged exchange: Exchange, since original: CaptureReference
  ) throws(CaptureError) -> CaptureReference {
    let revisit = identifier()
    let records: [WARCRecord] = [
      .request(exchange, id: identifier(), response: revisit),
      .revisit(exchange, id: revisit, of: original),
    ]
    return try write(records, url: exchange.url, payload: exchange.body)
  }

  /// Keeps what was made from a page: a screenshot, the rendered document.
  ///
  /// - Parameters:
  ///   - resource: what was made.
  ///   - capture: the page it was made from, if that was captured.
  /// - Returns: where it lies.
  /// - Throws: ``CaptureError`` where it is not written.
  public func capture(
    _ resource: CapturedResource, of capture: CaptureReference? = nil
  ) throws(CaptureError) -> CaptureReference {
    var fields = [
      WARCRecord.Field(name: "WARC-Target-URI", value: resource.target),
      WARCRecord.Field(
        name: "WARC-Payload-Digest", value: WARCRecord.digestField(resource.content)),
    ]
    if let capture {
      fields.append(
        WARCRecord.Field(name: "WARC-Concurrent-To", value: "<\(capture.recordID)>"))
    }
    let record = WARCRecord(
      kind: .resource, id: identifier(), time: resource.time, contentType: resource.mediaType,
      fields: fields, block: resource.content)
    return try write([record], url: resource.target, payload: resource.content)
  }

  /// Returns once everything captured so far is on the disk.
  ///
  /// - Throws: ``CaptureError`` where that is not known; then nothing may refer to what was captured
  ///   since it last returned.
  public func settle() throws(CaptureError) {
    guard !isStopped else { throw .stopped(file: directory) }
    do throws(CaptureError) {
      try file?.settle()
    } catch {
      isStopped = true
      throw error
    }
  }

  /// Writes records in one go; the reference is to the last of them.
  private func write(
    _ records: [WARCRecord], url: String, payload: [UInt8]
  ) throws(CaptureError) -> CaptureReference {
    guard !isStopped, let last = records.last else {
      throw .stopped(file: directory)
    }
    var packed: [UInt8] = []
    var begin = 0
    for record in records {
      guard let member = packer.pack(record.octets) else {
        throw .notWritten(file: directory, reason: "no memory to pack \(record.block.count) octets")
      }
      begin = packed.count
      packed += member
    }
    try roll(at: last.time)
    let (name, offset) = try append(packed)
    return CaptureReference(
      file: name, offset: offset + begin, length: packed.count - begin,
      payloadDigest: WARCRecord.hex(payload), recordID: last.id, url: url, time: last.time)
  }

  /// Appends to the open file; answers its name and where the octets begin.
  private func append(_ octets: [UInt8]) throws(CaptureError) -> (name: String, offset: Int) {
    guard let file else { throw .stopped(file: directory) }
    let offset = file.length
    do throws(CaptureError) {
      try file.append(octets)
    } catch {
      if case .stopped = error { isStopped = true }
      throw error
    }
    return (file.name, offset)
  }

  /// Begins a new file where there is none or the last is full.
  private func roll(at time: Instant) throws(CaptureError) {
    if let length = file?.length, (1..<fileSize).contains(length) { return }
    try settle()
    ordinal += 1
    let digits = String(ordinal)
    let padding = String(repeating: "0", count: max(0, 6 - digits.count))
    let stamp = time.description.filter { $0 != "-" && $0 != ":" && $0 != "." }
    let name = "cordon-\(padding)\(digits)-\(stamp).warc.gz"
    file = try CaptureFile(creating: name, in: directory)
    try CaptureFile.syncNames(in: directory)
    let content =
      "software: \(software)\r\nformat: WARC File Format 1.1\r\n"
      + "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
      + "\r\nrobots: obey\r\n"
    let record = WARCRecord(
      kind: .warcinfo, id: identifier(), time: time, contentType: "application/warc-fields",
      fields: [WARCRecord.Field(name: "WARC-Filename", value: name)], block: Array(content.utf8))
    guard let member = packer.pack(record.octets) else {
      throw .notWritten(file: name, reason: "no memory")
    }
    _ = try append(member)
  }

  private func metadata(_ content: String, of exchange: Exchange, record: String) -> WARCRecord {
    WARCRecord(
      kind: .metadata, id: identifier(), time: exchange.time,
      contentType: "application/warc-fields",
      fields: [
        WARCRecord.Field(name: "WARC-Target-URI", value: exchange.url),
        WARCRecord.Field(name: "WARC-Concurrent-To", value: "<\(record)>"),
      ],
      block: Array(content.utf8))
  }

  /// A random UUID (RFC 9562, Section 5.4).
  private func identifier() -> String {
    let high = random.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    func hex(_ value: UInt64, _ width: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let text = Array(hex(high, 16) + hex(low, 16))
    let groups = [text[..<8], text[8..<12], text[12..<16], text[16..<20], text[20...]]
    return "urn:uuid:" + groups.map { String($0) }.joined(separator: "-")
  }

  /// The number in a file's name.
  private static func ordinal(_ name: String) -> Int? {
    name.split(separator: "-").dropFirst().first.flatMap { Int($0) }
  }
}

/// Something made from a page, to be kept with it.
public struct CapturedResource: Sendable, Hashable {
  /// What it shows: `urn:view:` and the page's address for a screenshot.
  public var target: String
  /// Its media type.
  public var mediaType: String
  /// When it was made.
  public var time: Instant
  /// The octets.
  public var content: [UInt8]

  /// Takes the parts.
  public init(target: String, mediaType: String, time: Instant, content: [UInt8]) {
    self.target = target
    self.mediaType = mediaType
    self.time = time
    self.content = content
  }
}
