/// One suffix of a name: the name from one of its labels to the root.
struct NameSuffix {
  /// The canonical octets, without the root label; valid only inside the walk.
  let octets: UnsafeRawBufferPointer
  /// The number of labels.
  let labels: Int
  /// The name's hash.
  let hash: UInt64
  /// Whether this is the whole name.
  let isWhole: Bool
  /// Whether the whole name was in lower case.
  let isVerbatim: Bool
}

extension NameHash {
  /// Walks a name's suffixes from the root outward, in lower case.
  ///
  /// A name in lower case is hashed where it lies, if what lies behind it may be read: a copy made a
  /// moment ago is slow to read in other pieces than it was written in.
  ///
  /// Safety: the scratch memory holds at most `DomainName.maximumLength` octets of the name, eight
  /// zeros after them (the hash reads eight octets at a time and masks what lies past a label), and
  /// the start of each label in one octet. The name itself is read so only where `slack` says that
  /// eight octets behind it are readable. No pointer leaves the walk.
  ///
  /// - Parameters:
  ///   - name: the octets without the root label.
  ///   - slack: octets behind the name that are readable, the root label among them.
  ///   - depths: bit n is set where suffixes of n labels are of interest; bit 63 stands for all
  ///     from 63 on.
  ///   - signs: what else says which suffixes are of interest.
  ///   - visit: is called for the suffixes of interest.
  /// - Returns: false, without a visit, where the octets are not a name.
  @inline(__always)
  @discardableResult
  func forEachSuffix(
    of name: UnsafeRawBufferPointer, slack: Int = 0, depths: UInt64, signs: SuffixSigns = .all,
    visit: (NameSuffix) -> Void
  ) -> Bool {
    let length = name.count
    guard length < DomainName.maximumLength else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 400, alignment: 8) { scratch in
      guard let octets = scratch.baseAddress else { return false }
      let starts = octets + 272
      var labels = 0
      var at = 0
      while at < length {
        let size = Int(name.load(fromByteOffset: at, as: UInt8.self))
        guard size != 0, size <= DomainName.maximumLabelLength else { return false }
        starts.storeBytes(of: UInt8(truncatingIfNeeded: at), toByteOffset: labels, as: UInt8.self)
        labels += 1
        at += size + 1
      }
      guard at == length else { return false }
      var source = UnsafeRawPointer(octets)
      var isVerbatim = true
      if slack >= 8, let base = name.baseAddress, !Self.hasCapitals(base, length) {
        source = base
      } else {
        isVerbatim = copyLowercased(name, to: octets)
      }
      walk(
        source, length: length, starts: starts, labels: labels, isVerbatim: isVerbatim,
        depths: depths, signs: signs, visit: visit)
      return true
    }
  }

  /// Visits the suffixes of a well-formed name in scratch memory.
  @inline(__always)
  private func walk(
    _ octets: UnsafeRawPointer, length: Int, starts: UnsafeMutableRawPointer, labels: Int,
    isVerbatim: Bool, depths: UInt64, signs: SuffixSigns, visit: (NameSuffix) -> Void
  ) {
    let deepest = 64 - depths.leadingZeroBitCount
    var state = seed
    var end = length
    var depth = 0
    while true {
      if (depths >> UInt64(min(depth, 63))) & 1 != 0 {
        let hash = finish(state)
        let isWhole = depth == labels
        if signs.admit(hash, labels: depth, isWhole: isWhole) {
          visit(
            NameSuffix(
              octets: UnsafeRawBufferPointer(start: octets + end, count: length - end),
              labels: depth, hash: hash, isWhole: isWhole, isVerbatim: isVerbatim))
        }
      }
      depth += 1
      guard depth <= labels, depth < deepest || deepest == 64 else { return }
      let start = Int(starts.load(fromByteOffset: labels - depth, as: UInt8.self))
      state = absorb(label: octets + start, count: end - start, into: state)
      end = start
    }
  }

  /// Takes in a label with its length octet; eight octets past it must be readable.
  @inline(__always)
  private func absorb(label: UnsafeRawPointer, count: Int, into state: UInt64) -> UInt64 {
    var state = state
    var at = label
    var left = count
    while left > 8 {
      state = absorb(at.loadUnaligned(as: UInt64.self).littleEndian, into: state)
      at += 8
      left -= 8
    }
    let word = at.loadUnaligned(as: UInt64.self).littleEndian
    return absorbEnd(word & (UInt64.max >> UInt64(64 - 8 * left)), into: state)
  }

  /// Whether octets of a name have an ASCII capital; seven octets behind them must be readable.
  @inline(__always)
  private static func hasCapitals(_ octets: UnsafeRawPointer, _ count: Int) -> Bool {
    var changes: UInt64 = 0
    var at = 0
    while at &+ 8 < count {
      let word = octets.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      changes |= word.asciiLowercasedOctets ^ word
      at &+= 8
    }
    guard at < count else { return false }
    let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* (count &- at))
    let word = octets.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian << shift
    return changes | (word.asciiLowercasedOctets ^ word) != 0
  }

  /// Copies octets and makes ASCII capitals small; eight zeros follow.
  ///
  /// Length octets are at most 63, below every letter, so all octets may be treated alike.
  ///
  /// - Returns: whether there were no capitals.
  @inline(__always)
  private func copyLowercased(
    _ name: UnsafeRawBufferPointer, to octets: UnsafeMutableRawPointer
  ) -> Bool {
    var at = 0
    var changes: UInt64 = 0
    while at &+ 8 <= name.count {
      changes |= copyLowercased(name, at, to: octets)
      at &+= 8
    }
    if name.count >= 8 {
      changes |= copyLowercased(name, name.count &- 8, to: octets)
    } else {
      while at < name.count {
        let octet = name[at].asciiLowercased
        changes |= UInt64(octet ^ name[at])
        octets.storeBytes(of: octet, toByteOffset: at, as: UInt8.self)
        at &+= 1
      }
    }
    octets.storeBytes(of: 0, toByteOffset: name.count, as: UInt64.self)
    return changes == 0
  }

  /// Does so with eight octets, and answers which bits were changed.
  @inline(__always)
  private func copyLowercased(
    _ name: UnsafeRawBufferPointer, _ at: Int, to octets: UnsafeMutableRawPointer
  ) -> UInt64 {
    let word = name.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    let lowered = word.asciiLowercasedOctets
    octets.storeBytes(of: lowered, toByteOffset: at, as: UInt64.self)
    return lowered ^ word
  }
}
