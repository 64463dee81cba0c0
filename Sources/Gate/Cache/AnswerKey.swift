internal import DNSWire
internal import DomainNames

/// What an answer is found by: a hash of the question, and the bits that make answers differ.
struct AnswerKey: Sendable {
  let hash: UInt
  let bits: Bits

  /// What of a query, beside the question, makes its answer another one.
  struct Bits: OptionSet, Sendable, Hashable, BitwiseCopyable {
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

  /// Random numbers, other ones for each cache, so that nobody can choose names that collide.
  struct Secret: Sendable {
    fileprivate let seed = UInt64.random(in: .min ... .max)
    fileprivate let inner = UInt64.random(in: .min ... .max) | 1
    fileprivate let last = UInt64.random(in: .min ... .max) | 1
  }

  /// The key of a query; it allocates nothing.
  @inline(__always)
  init(_ query: QuestionView, in datagram: Span<UInt8>, _ secret: Secret) {
    bits = Bits(query)
    hash = Self.hash(
      of: datagram.extracting(query.name), query.type, query.recordClass, bits, secret)
  }

  /// The key of a query to an upstream.
  init(_ query: UpstreamQuery, _ secret: Secret) {
    bits = Bits(wantsDNSSEC: query.wantsDNSSEC, checkingDisabled: query.checkingDisabled)
    hash = Self.hash(of: query.name.wire.span, query.type, query.recordClass, bits, secret)
  }

  /// Each step multiplies eight octets in lower case with a secret number and folds the halves.
  @inline(__always)
  private static func hash(
    of name: Span<UInt8>, _ type: RecordType, _ recordClass: RecordClass, _ bits: Bits,
    _ secret: Secret
  ) -> UInt {
    let count = name.count
    var state = secret.seed
    var at = 0
    while at &+ 8 <= count {
      let word: UInt64 = name.number(at: at)
      state = fold(state ^ word.asciiLowercasedOctets, secret.inner)
      at &+= 8
    }
    var rest: UInt64 = 0
    if count >= 8 {
      // Once more the last eight octets: names of different lengths differ in what follows.
      rest = name.number(at: count &- 8, as: UInt64.self).asciiLowercasedOctets
    } else {
      for place in 0..<count { rest = rest << 8 | UInt64(name[place].asciiLowercased) }
    }
    state = fold(state ^ rest, secret.inner)
    let others =
      UInt64(count) << 40 | UInt64(type.rawValue) << 24 | UInt64(recordClass.rawValue) << 8
      | UInt64(bits.rawValue)
    return UInt(fold(state ^ others, secret.last))
  }

  @inline(__always)
  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}

extension AnswerKey.Bits {
  @inline(__always)
  init(_ query: QuestionView) {
    self.init(
      wantsDNSSEC: query.dnssecOK,
      checkingDisabled: query.header.flags.contains(.checkingDisabled))
  }
}
