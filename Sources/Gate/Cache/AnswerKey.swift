internal import DNSWire
internal import DomainNames

/// What an answer is found by: a hash of the question, and the bits that make answers differ.
///
/// The hash is Swift's, keyed anew in each process: nobody can choose names that collide.
struct AnswerKey: Sendable {
  let hash: UInt
  let bits: Bits

  /// What of a query, beside the question, makes its answer another one.
  struct Bits: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    /// DO.
    static let wantsDNSSEC = Bits(rawValue: 1)
    /// CD.
    static let checkingDisabled = Bits(rawValue: 2)

    init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    init(wantsDNSSEC: Bool, checkingDisabled: Bool) {
      self = []
      if wantsDNSSEC { insert(.wantsDNSSEC) }
      if checkingDisabled { insert(.checkingDisabled) }
    }
  }

  /// The key of a query; it allocates nothing.
  init(_ query: QuestionView, in datagram: Span<UInt8>) {
    bits = Bits(query)
    hash = Self.hash(
      of: datagram.extracting(query.name), query.type, query.recordClass, bits)
  }

  /// The key of a query to an upstream.
  init(_ query: UpstreamQuery) {
    bits = Bits(wantsDNSSEC: query.wantsDNSSEC, checkingDisabled: query.checkingDisabled)
    hash = Self.hash(of: query.name.wire.span, query.type, query.recordClass, bits)
  }

  private static func hash(
    of name: Span<UInt8>, _ type: RecordType, _ recordClass: RecordClass, _ bits: Bits
  ) -> UInt {
    var hasher = Hasher()
    var word: UInt64 = 0
    for place in name.indices {
      word = word << 8 | UInt64(name[place].asciiLowercased)
      if place & 7 == 7 {
        hasher.combine(word)
        word = 0
      }
    }
    hasher.combine(word)
    hasher.combine(
      UInt64(type.rawValue) << 24 | UInt64(recordClass.rawValue) << 8 | UInt64(bits.rawValue))
    return UInt(bitPattern: hasher.finalize())
  }
}

extension AnswerKey.Bits {
  init(_ query: QuestionView) {
    self.init(
      wantsDNSSEC: query.dnssecOK,
      checkingDisabled: query.header.flags.contains(.checkingDisabled))
  }
}
