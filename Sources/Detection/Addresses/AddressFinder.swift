/// Finds where addresses may stand: runs of letters and digits that are long enough.
///
/// Ordinary text has a space in nearly all sixteen octets, so that it costs next to nothing.
enum AddressFinder {
  /// Candidates of one text that are looked at, at most.
  static let bound = 2_048

  /// The kinds of octets that runs are made of: 1 letters and digits, 2 `-` and `_`.
  private static let kinds: [UInt8] = {
    var kinds = [UInt8](repeating: 0, count: 256)
    for octet in UInt8.min...UInt8.max where PackedName.isAlphanumeric(octet) {
      kinds[Int(octet)] = 1
    }
    for octet in "-_".utf8 { kinds[Int(octet)] = 2 }
    return kinds
  }()

  /// Runs of letters and digits of the length of addresses, and such of 48 signs of Base64.
  static func candidates(_ octets: borrowing [UInt8], in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    let kinds = Self.kinds
    var at = range.lowerBound
    while found.count < bound {
      // A run of 25 holds 16 octets that begin at a step of eight.
      at = OctetScan.denseOctets(in: octets, at..<range.upperBound)
      guard at < range.upperBound else { break }
      guard kinds[Int(octets[at + 8])] != 0 else {
        at += 8
        continue
      }
      let run = run(octets, at: at + 8, in: range, kinds)
      if run.count >= AddressFormat.shortest { add(run, octets, in: range, to: &found) }
      at = max(at + 8, run.upperBound)
    }
    return found
  }

  private static func run(
    _ octets: borrowing [UInt8], at offset: Int, in range: Range<Int>, _ kinds: [UInt8]
  ) -> Range<Int> {
    var start = offset
    var end = offset
    while start > range.lowerBound, kinds[Int(octets[start - 1])] != 0 { start -= 1 }
    while end < range.upperBound, kinds[Int(octets[end])] != 0 { end += 1 }
    return start..<end
  }

  private static func add(
    _ run: Range<Int>, _ octets: borrowing [UInt8], in range: Range<Int>,
    to found: inout [Range<Int>]
  ) {
    if run.count == 48 {
      found.append(run)
      return
    }
    var start = run.lowerBound
    while start < run.upperBound, found.count < bound {
      var end = start
      while end < run.upperBound, kinds[Int(octets[end])] == 1 { end += 1 }
      if (AddressFormat.shortest...AddressFormat.longest).contains(end - start) {
        found.append(start..<end)
      }
      start = end + 1
    }
  }
}
