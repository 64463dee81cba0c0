internal import CPrefetch

/// Where the entries of a name would lie: found for many names at once, ahead of their lookups, so
/// that the memory of one is on its way while the others are worked on.
///
/// In a table of millions of names each lookup waits for memory twice, for the directory and for the
/// bucket: most of its time. A probe decides nothing; lookups answer the same without it, but have to
/// hash the name again.
public struct NameProbe: Sendable {
  /// The hashes of up to four suffixes that can matter, from the root outward.
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0
  /// Where they begin in the name, an octet each, and how many labels they have.
  private var starts: UInt32 = 0
  private var labels: UInt32 = 0
  private(set) var count = 0
  /// Octets of the name, without the root label; -1 where there is none, or more such suffixes than
  /// there is room for.
  private(set) var length = -1
  /// Whether the name has no capitals, so that its suffixes can be taken from it as it stands.
  private(set) var isVerbatim = true

  /// A probe of nothing.
  public init() {}

  @inline(__always)
  fileprivate mutating func add(_ suffix: NameSuffix, of length: Int) {
    switch count {
    case 0: first = suffix.hash
    case 1: second = suffix.hash
    case 2: third = suffix.hash
    case 3: fourth = suffix.hash
    default: break
    }
    let shift = UInt32(truncatingIfNeeded: count) &* 8
    starts |= UInt32(truncatingIfNeeded: length &- suffix.octets.count) << shift
    labels |= UInt32(truncatingIfNeeded: suffix.labels) << shift
    isVerbatim = suffix.isVerbatim
    count &+= 1
  }

  @inline(__always)
  fileprivate mutating func finish(_ length: Int) {
    self.length = count <= 4 ? length : -1
  }

  /// A suffix that matters, by its place from the root outward, of a name in lower case that was
  /// probed: the same octets, but for their place in memory.
  @inline(__always)
  func suffix(_ place: Int, of name: UnsafeRawBufferPointer) -> NameSuffix? {
    let shift = UInt32(truncatingIfNeeded: place) &* 8
    let start = Int((starts >> shift) & 0xFF)
    guard start <= name.count, let octets = name.baseAddress else { return nil }
    return NameSuffix(
      octets: UnsafeRawBufferPointer(start: octets + start, count: name.count &- start),
      labels: Int((labels >> shift) & 0xFF), hash: hash(place), isWhole: start == 0,
      isVerbatim: true)
  }

  /// The hash of a suffix that matters, by its place from the root outward.
  @inline(__always)
  func hash(_ place: Int) -> UInt64 {
    switch place {
    case 0: first
    case 1: second
    case 2: third
    default: fourth
    }
  }

  @inline(__always)
  fileprivate func forEach(_ body: (UInt64) -> Void) {
    for place in 0..<min(count, 4) { body(hash(place)) }
  }
}

extension LayeredNameIndex {
  /// Asks for the directory's entries of a name that begins at an octet of a message.
  ///
  /// - Parameters:
  ///   - message: any octets; where no name begins there, nothing is asked for.
  ///   - start: where the name begins.
  /// - Returns: what ``fetchRecords(of:)`` needs, and ``lookup(_:probed:accept:)`` can use.
  public func probe(_ message: Span<UInt8>, at start: Int) -> NameProbe {
    base.table.probe(
      message, at: start, hash: base.hash, under: overlay.isEmptyTable ? nil : overlay.table)
  }

  /// Asks for the buckets of a probe's names; best some lookups after the probe.
  public func fetchRecords(of probe: NameProbe) {
    base.table.fetchRecords(of: probe)
  }
}

/// Safety: addresses are only asked for, not read, but for the directory's entries, whose buckets are
/// computed from hashes here. Of a name that is looked up with a probe no octet beyond its end is read,
/// whatever was probed.
extension NameTable {
  fileprivate func probe(
    _ message: Span<UInt8>, at start: Int, hash: NameHash, under overlay: NameTable?
  ) -> NameProbe {
    var probe = NameProbe()
    var end = start
    while end < message.count, message[end] != 0, end - start < DomainName.maximumLength {
      end += Int(message[end]) + 1
    }
    guard end < message.count, end - start < DomainName.maximumLength else { return probe }
    message.withUnsafeBytes { octets in
      let name = UnsafeRawBufferPointer(rebasing: octets[start..<end])
      let slack = octets.count - end
      let depths = depths | (overlay?.depths ?? 0)
      let isName = hash.forEachSuffix(
        of: name, slack: slack, depths: depths, signs: signs(under: overlay)
      ) { suffix in
        // A bucket ends where the next begins, which its own line may not say.
        let outline = directory + bucket(of: suffix.hash) &* Self.outlineSize
        cordon_prefetch(outline)
        cordon_prefetch(outline + Self.outlineSize)
        probe.add(suffix, of: name.count)
      }
      if isName { probe.finish(name.count) }
    }
    return probe
  }

  fileprivate func fetchRecords(of probe: NameProbe) {
    probe.forEach { hash in
      let bucket = bucket(of: hash)
      guard mayHave(hash, in: bucket) else { return }
      // A bucket lies in one to three lines; none is asked for in vain but perhaps a second.
      let start = start(of: bucket)
      cordon_prefetch(buckets + start)
      cordon_prefetch(buckets + (start &+ 64))
      cordon_prefetch(buckets + (self.start(of: bucket &+ 1) &- 1))
    }
  }
}
