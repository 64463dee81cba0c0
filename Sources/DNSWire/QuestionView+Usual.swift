extension QuestionView {
  /// Reads a query of the form that nearly all have: one question, and no record but an OPT at the end.
  ///
  /// What it reads it reads as the whole check does, in one pass; nil is for everything else, right
  /// or wrong.
  init?(usual datagram: Span<UInt8>) {
    let octets = datagram.bytes
    let count = octets.byteCount
    // The shortest query asks for the root.
    guard count >= Header.length + 5 else { return nil }
    let head = octets.number(at: 0, as: UInt64.self)
    let tail = octets.number(at: 8, as: UInt32.self)
    // QR and opcode 0, one question, no answers; no authority, at most one additional record.
    guard head & 0x0000_F800_FFFF_FFFF == 0x0000_0000_0001_0000, tail <= 1 else { return nil }
    var end = Header.length
    while true {
      let label = Int(octets.octet(at: end))
      end &+= 1 &+ label
      // The type and class have to follow in any case.
      guard label <= 63, end &+ 4 <= count else { return nil }
      if label == 0 { break }
    }
    guard end &- Header.length <= LabelWalk.maximumNameLength else { return nil }
    let question = octets.number(at: end, as: UInt32.self)
    let edns: EDNSView?
    if tail == 1 {
      guard let found = EDNSView(last: end &+ 4, in: datagram) else { return nil }
      edns = found
    } else {
      guard end &+ 4 == count else { return nil }
      edns = nil
    }
    let bits = UInt16(truncatingIfNeeded: head >> 32)
    self.init(
      header: Header(
        id: UInt16(truncatingIfNeeded: head >> 48),
        flags: HeaderFlags(rawValue: bits & HeaderFlags.all.rawValue),
        responseCode: ResponseCode(rawValue: bits & 0x0F),
        questionCount: 1, additionalCount: UInt16(truncatingIfNeeded: tail)),
      name: Header.length..<end,
      type: RecordType(rawValue: UInt16(truncatingIfNeeded: question >> 16)),
      recordClass: RecordClass(rawValue: UInt16(truncatingIfNeeded: question)), edns: edns)
  }
}

extension QuestionView.EDNSView {
  /// Reads an OPT that ends a datagram, with whole options; nil for anything else.
  fileprivate init?(last start: Int, in datagram: Span<UInt8>) {
    let octets = datagram.bytes
    guard start &+ 11 <= octets.byteCount, octets.octet(at: start) == 0,
      octets.number(at: start &+ 1, as: UInt16.self) == RecordType.opt.rawValue
    else { return nil }
    let fields = EDNSFields(ttl: octets.number(at: start &+ 5, as: UInt32.self))
    let end = start &+ 11 &+ Int(octets.number(at: start &+ 9, as: UInt16.self))
    guard end == octets.byteCount else { return nil }
    var option = start &+ 11
    while option < end {
      guard option &+ 4 <= end else { return nil }
      option &+= 4 &+ Int(octets.number(at: option &+ 2, as: UInt16.self))
    }
    guard option == end else { return nil }
    self.init(
      udpSize: octets.number(at: start &+ 3, as: UInt16.self), version: fields.version,
      dnssecOK: fields.dnssecOK, options: (start &+ 11)..<end)
  }
}

extension RawSpan {
  /// A number in network order; the span checks that it is within.
  @inline(__always)
  fileprivate func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Number.Type
  ) -> Number {
    unsafeLoadUnaligned(fromByteOffset: offset, as: type).bigEndian
  }

  @inline(__always)
  fileprivate func octet(at offset: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}
