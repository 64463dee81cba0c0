internal import CPrefetch

/// Where the entries of a name would lie: found for many names at once, ahead of their lookups, so
/// that the memory of one is on its way while the others are worked on.
///
/// In a table of millions of names each lookup waits for memory twice, for the slot and for the
/// record: most of its time. A probe decides nothing; lookups answer the same without it.
public struct NameProbe: Sendable {
  /// The fingerprints of up to four suffixes, from the root outward.
  private var fingerprints = SIMD4<UInt32>()
  private var count = 0

  /// A probe of nothing.
  public init() {}

  fileprivate mutating func add(_ fingerprint: UInt32) {
    guard count < 4 else { return }
    fingerprints[count] = fingerprint
    count += 1
  }

  fileprivate func forEach(_ body: (UInt32) -> Void) {
    for place in 0..<count { body(fingerprints[place]) }
  }
}

extension LayeredNameIndex {
  /// Asks for the slots of a name that begins at an octet of a message.
  ///
  /// - Parameters:
  ///   - message: any octets; where no name begins there, nothing is asked for.
  ///   - start: where the name begins.
  /// - Returns: what ``fetchRecords(of:)`` needs.
  public func probe(_ message: Span<UInt8>, at start: Int) -> NameProbe {
    base.table.probe(message, at: start, hash: base.hash)
  }

  /// Asks for the records that a probe's slots point to; best some lookups after the probe.
  public func fetchRecords(of probe: NameProbe) {
    base.table.fetchRecords(of: probe)
  }
}

/// Safety: slots are read below `slotCount` alone; a record's address is only asked for, not read.
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
        cordon_prefetch(slots + home(of: suffix.fingerprint))
        probe.add(suffix.fingerprint)
      }
    }
    return probe
  }

  fileprivate func fetchRecords(of probe: NameProbe) {
    probe.forEach { fingerprint in
      var at = home(of: fingerprint)
      while at < slotCount {
        let slot = slots[at]
        let found = UInt32(truncatingIfNeeded: slot >> 32)
        if slot == 0 || found > fingerprint { return }
        if found == fingerprint {
          cordon_prefetch(records + Int(UInt32(truncatingIfNeeded: slot)))
          return
        }
        at &+= 1
      }
    }
  }

  private func home(of fingerprint: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(fingerprint) &* homes) >> 32)
  }
}
