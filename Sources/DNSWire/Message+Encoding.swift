internal import DomainNames

extension Message {
  /// The message on the wire, never longer than `limit` octets.
  ///
  /// Owner names are compressed, and names in the data of the types of RFC 1035 where that keeps
  /// their case (RFC 3597, Section 4). The question keeps the asker's case. OPT comes last, but for
  /// a transaction's signature, which has to (RFC 8945, Section 5.1).
  ///
  /// What does not fit is shortened, one step after the other until it does:
  /// 1. the extended errors lose their text (RFC 8914, Section 3),
  /// 2. the extended errors go,
  /// 3. all records go and a response gets TC (RFC 2181, Section 9); question and OPT stay,
  /// 4. the other options go, then OPT, then the questions.
  ///
  /// One question with its OPT fits from 298 octets on, so step 4 goes beyond options only below that.
  /// A response code above 15 without OPT is written as SERVFAIL.
  ///
  /// - Parameter limit: at least 12, the header, and at most ``maximumLength``; outside of that the
  ///   nearer of the two counts.
  /// - Returns: The octets, never more than `limit`.
  public func encoded(limit: Int = Message.maximumLength) -> [UInt8] {
    let limit = min(max(limit, Header.length), Self.maximumLength)
    if let octets = written(within: limit) { return octets }
    var message = self
    for shortening in Shortening.allCases {
      message.apply(shortening)
      if let octets = message.written(within: limit) { return octets }
    }
    return message.header.encoded
  }

  /// What is done, in this order, to a message that is too long.
  private enum Shortening: CaseIterable {
    case extraText
    case extendedErrors
    case records
    case options
    case edns
    case questions
  }

  private mutating func apply(_ shortening: Shortening) {
    switch shortening {
    case .extraText: edns?.removeExtraText()
    case .extendedErrors: edns?.options.removeAll { $0.code == .extendedError }
    case .records:
      answers = []
      authorities = []
      additionals = []
      if isResponse { flags.insert(.truncated) }
    case .options: edns?.options = []
    case .edns: edns = nil
    case .questions: questions = []
    }
  }

  private var header: Header {
    Header(
      id: id, flags: flags, opcode: opcode,
      responseCode: edns == nil ? responseCode : ResponseCode(rawValue: responseCode.rawValue & 15),
      questionCount: UInt16(clamping: questions.count),
      answerCount: UInt16(clamping: answers.count),
      authorityCount: UInt16(clamping: authorities.count),
      additionalCount: UInt16(clamping: additionals.count + (edns == nil ? 0 : 1)))
  }

  /// The message as it is; nil where it is longer than the limit.
  private func written(within limit: Int) -> [UInt8]? {
    // Fewer than 65,536 of each are certain: every question and record takes at least five octets.
    var writer = WireWriter(limit: limit)
    writer.append(header.encoded)
    for question in questions { writer.append(question) }
    for record in answers { writer.append(record) }
    for record in authorities { writer.append(record) }
    let signature = additionals.last.flatMap { $0.isTransactionSignature ? $0 : nil }
    for record in signature == nil ? additionals[...] : additionals.dropLast() {
      writer.append(record)
    }
    if let edns { writer.append(edns, responseCode: responseCode) }
    if let signature { writer.append(signature) }
    return writer.overflowed ? nil : writer.octets
  }
}

extension EDNS {
  fileprivate mutating func removeExtraText() {
    for index in options.indices where options[index].code == .extendedError {
      options[index].data = Array(options[index].data.prefix(ExtendedError.codeLength))
    }
  }
}

extension Record {
  /// Whether this signs the message before it and so must stay last (RFC 8945; RFC 2931).
  fileprivate var isTransactionSignature: Bool { type == .tsig || type == .sig }
}

extension WireWriter {
  fileprivate mutating func append(_ question: Question) {
    append(name: question.wireName, like: .octets)
    append(question.type.rawValue)
    append(question.recordClass.rawValue)
  }

  fileprivate mutating func append(_ record: Record) {
    append(name: record.owner.wire, like: .name)
    append(record.type.rawValue)
    append(record.recordClass.rawValue)
    append(record.ttl)
    appendCounted { writer in writer.append(data: record.rdata, of: record.type) }
  }

  fileprivate mutating func append(_ edns: EDNS, responseCode: ResponseCode) {
    let fields = EDNSFields(
      extendedResponseCode: UInt8(truncatingIfNeeded: responseCode.rawValue >> 4),
      version: edns.version,
      dnssecOK: edns.dnssecOK)
    append(UInt8(0))
    append(RecordType.opt.rawValue)
    append(edns.udpSize)
    append(fields.ttl)
    appendCounted { writer in
      for option in edns.options {
        writer.append(option.code.rawValue)
        writer.appendCounted { writer in writer.append(option.data) }
      }
    }
  }

  /// Writes something with its length in 16 bits in front.
  private mutating func appendCounted(_ write: (inout WireWriter) -> Void) {
    let place = octets.count
    append(UInt16(0))
    let start = octets.count
    write(&self)
    // The writer's limit is below 2¹⁶, so the length fits.
    replace(at: place, with: UInt16(truncatingIfNeeded: octets.count - start))
  }

  /// Writes a record's data, with its names compressed where its type allows it.
  private mutating func append(data: [UInt8], of type: RecordType) {
    guard let form = NamesInData(type), form.mayCompress, let names = form.nameRanges(in: data)
    else { return append(data) }
    append(data[..<form.leading])
    for name in names { append(name: Array(data[name]), like: .octets) }
    append(data[(names.last?.upperBound ?? form.leading)...])
  }
}

extension NamesInData {
  /// Where the names stand in uncompressed data; nil where the data is not of this form.
  fileprivate func nameRanges(in data: [UInt8]) -> [Range<Int>]? {
    let octets = data.span
    guard var offset = firstName(of: octets, in: data.indices) else { return nil }
    var ranges: [Range<Int>] = []
    for _ in 0..<names {
      guard let extent = try? NameExtent(of: octets, at: offset), !extent.isCompressed else {
        return nil
      }
      ranges.append(offset..<extent.end)
      offset = extent.end
    }
    return ranges
  }
}
