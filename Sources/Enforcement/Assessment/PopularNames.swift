public import DomainNames

/// Names that many people use: blocking one, or one above it, or one that looks like it, asks for care.
public struct PopularNames: Sendable {
  private var ranks: [DomainName: Int] = [:]
  private var above: [DomainName: DomainName] = [:]
  private var slips: [UInt64: [DomainName]] = [:]

  /// Names this short have too many neighbours for a slip to mean anything.
  static let shortestSlip = 7

  /// Names past this rank are not compared for slips: the less known a name, the more neighbours
  /// it has by chance.
  static let slipRanks = 10_000

  /// Takes names in order of rank, best first.
  ///
  /// Memory is linear in the text: a name of n characters within the first 10,000 is kept n + 1
  /// times, once whole and once with each character left out.
  public init(ranked names: some Sequence<DomainName>) {
    for name in names where ranks[name] == nil {
      ranks[name] = ranks.count + 1
      for ancestor in name.ancestors where above[ancestor] == nil { above[ancestor] = name }
      if ranks.count <= Self.slipRanks { rememberSlips(of: name) }
    }
  }

  /// The number of names.
  public var count: Int { ranks.count }

  /// The rank of exactly this name, 1 the best.
  public func rank(of name: DomainName) -> Int? { ranks[name] }

  /// The best-ranked name below `name`.
  public func popularName(below name: DomainName) -> DomainName? { above[name] }

  /// The popular name that `name` differs from by one slip, if there is one; the best-ranked.
  ///
  /// A slip is one character more, less, or other, or two neighbours swapped (Damerau, 1964), or
  /// letters of another script that look the same.
  public func lookAlike(of name: DomainName) -> DomainName? {
    guard !ranks.isEmpty, ranks[name] == nil else { return nil }
    let text = name.description
    // Only a label in Punycode can hold letters of another script.
    if name.labels.contains(where: { $0.starts(with: "xn--".utf8) }),
      let popular = try? DomainName(presentation: name.asciiSkeleton),
      ranks[popular] != nil
    {
      return popular
    }
    guard text.utf8.count >= Self.shortestSlip else { return nil }
    let octets = Array(text.utf8)
    return Self.deletions(of: octets).lazy.flatMap { slips[$0] ?? [] }
      .filter { Self.isOneSlip(octets, Array($0.description.utf8)) }
      .min { ranks[$0, default: .max] < ranks[$1, default: .max] }
  }

  private mutating func rememberSlips(of name: DomainName) {
    let text = name.description
    guard text.utf8.count >= Self.shortestSlip else { return }
    for key in Set(Self.deletions(of: Array(text.utf8))) { slips[key, default: []].append(name) }
  }

  /// Hashes of the text, and of the text with each single character left out.
  ///
  /// Two texts one slip apart share one of them; texts that share one are compared in full. The hash
  /// is a polynomial, so that leaving a character out costs no walk over the rest.
  private static func deletions(of octets: [UInt8]) -> [UInt64] {
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    var suffix: UInt64 = 0
    var power: UInt64 = 1
    var tails: [(hash: UInt64, power: UInt64)] = []
    for octet in octets.reversed() {
      tails.append((suffix, power))
      suffix &+= (UInt64(octet) &+ 1) &* power
      power &*= base
    }
    var prefix: UInt64 = 0
    var keys = [suffix]
    for (octet, tail) in zip(octets, tails.reversed()) {
      keys.append(prefix &* tail.power &+ tail.hash)
      prefix = prefix &* base &+ UInt64(octet) &+ 1
    }
    return keys
  }

  /// Whether two texts are exactly one slip apart.
  static func isOneSlip(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let (short, long) = one.count <= other.count ? (one, other) : (other, one)
    guard long.count - short.count <= 1, short != long else { return false }
    let prefix = zip(short, long).prefix { $0 == $1 }.count
    let suffix = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
    if short.count < long.count { return prefix + suffix >= short.count }
    if prefix + suffix >= short.count - 1 { return true }
    return prefix + suffix >= short.count - 2 && short[prefix] == long[prefix + 1]
      && short[prefix + 1] == long[prefix]
  }
}
