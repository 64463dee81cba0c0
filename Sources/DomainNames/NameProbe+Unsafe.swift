internal import CPrefetch

/// Where the entries of a name would lie: found for many names at once, ahead of their lookups, so
/// that the memory of one is on its way while the others are worked on.
///
/// In a table of millions of names each lookup waits for memory twice, for the directory and for the
/// bucket: most of its time. A probe decides nothing; lookups answer the same without it, but have to
/// hash the name again.
public struct NameProbe: Sendable {
  /// The hashes of up to four suffixes, from the root outward.
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0
  private var count = 0
  /// Whether the hashes of all suffixes that matter are here.
  private(set) var isComplete = false

  /// A probe of nothing.
  public init() {}

  @inline(__always)
  fileprivate mutating func add(_ hash: UInt64) {
    switch count {
    case 0: first = hash
    case 1: second = hash
    case 2: third = hash
    case 3: fourth = hash
    default: break
    }
    count &+= 1
  }

  @inline(__always)
  fileprivate mutating func finish() {
    isComplete = count <= 4
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
    base.table.probe(message, at: start, hash: base.hash, depths: depths)
  }

  /// Asks for the buckets of a probe's names; best some lookups after the probe.
  public func fetchRecords(of probe: NameProbe) {
    base.table.fetchRecords(of: probe)
  }
}

/// Safety: addresses are only asked for, not read, but for the directory's entries, whose buckets are
/// computed from hashes here.
extension NameTable {
  fileprivate func probe(
    _ message: Span<UInt8>, at start: Int, hash: NameHash, depths: UInt64
  ) -> NameProbe {
    var probe = NameProbe()
    var end = start
    while end < message.count, message[end] != 0, end - start < DomainName.maximumLength {
      end += Int(message[end]) + 1
    }
    guard end < message.count, end - start < DomainName.maximumLength else { return probe }
    message.withUnsafeBytes { octets in
      let name = UnsafeRawBufferPointer(rebasing: octets[start..<end])
      let isName = hash.forEachSuffix(of: name, depths: depths) { suffix in
        cordon_prefetch(directory + bucket(of: suffix.hash) * Self.outlineSize)
        probe.add(suffix.hash)
      }
      if isName { probe.finish() }
    }
    return probe
  }

  fileprivate func fetchRecords(of probe: NameProbe) {
    probe.forEach { hash in
      let bucket = bucket(of: hash)
      guard mayHave(hash, in: bucket) else { return }
      let address = buckets + self.start(of: bucket)
      cordon_prefetch(address)
      cordon_prefetch(address + 64)
      cordon_prefetch(address + 128)
    }
  }
}
