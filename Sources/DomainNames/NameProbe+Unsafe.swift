internal import CPrefetch

/// Where the entries of a name would lie: found for many names at once, ahead of their lookups, so
/// that the memory of one is on its way while the others are worked on.
///
/// In a table of millions of names each lookup waits for memory twice, for the directory and for the
/// bucket: most of its time. A probe decides nothing; lookups answer the same without it.
public struct NameProbe: Sendable {
  /// The hashes of up to four suffixes, from the root outward.
  private var hashes = SIMD4<UInt64>()
  private var count = 0

  /// A probe of nothing.
  public init() {}

  fileprivate mutating func add(_ hash: UInt64) {
    guard count < 4 else { return }
    hashes[count] = hash
    count += 1
  }

  fileprivate func forEach(_ body: (UInt64) -> Void) {
    for place in 0..<count { body(hashes[place]) }
  }
}

extension LayeredNameIndex {
  /// Asks for the directory's entries of a name that begins at an octet of a message.
  ///
  /// - Parameters:
  ///   - message: any octets; where no name begins there, nothing is asked for.
  ///   - start: where the name begins.
  /// - Returns: what ``fetchRecords(of:)`` needs.
  public func probe(_ message: Span<UInt8>, at start: Int) -> NameProbe {
    base.table.probe(message, at: start, hash: base.hash)
  }

  /// Asks for the buckets of a probe's names; best some lookups after the probe.
  public func fetchRecords(of probe: NameProbe) {
    base.table.fetchRecords(of: probe)
  }
}

/// Safety: addresses are only asked for, not read, but for the directory's entries, whose buckets are
/// computed from hashes here.
extension NameTable {
  fileprivate func probe(_ message: Span<UInt8>, at start: Int, hash: NameHash) -> NameProbe {
    var probe = NameProbe()
    var end = start
    while end < message.count, message[end] != 0, end - start < DomainName.maximumLength {
      end += Int(message[end]) + 1
    }
    guard end < message.count, end - start < DomainName.maximumLength else { return probe }
    message.withUnsafeBytes { octets in
      let name = UnsafeRawBufferPointer(rebasing: octets[start..<end])
      hash.forEachSuffix(of: name, depths: depths) { suffix in
        cordon_prefetch(directory + bucket(of: suffix.hash) * Self.outlineSize)
        probe.add(suffix.hash)
      }
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
