internal import Egress
internal import TransparencyLog

/// One entry of a log: its hash in the tree, and the names that the certificate is for.
struct CTEntry: Sendable, Hashable {
  let leaf: Digest
  /// When the log took it, in milliseconds since the Unix epoch.
  let time: UInt64
  /// The DNS names of the certificate, as they stand there; empty where it cannot be read.
  let names: [String]

  /// Reads the entries of a data tile (static-ct-api, "Log Entries").
  ///
  /// Each is a `TimestampedEntry` (RFC 6962, Section 3.4), for a precertificate the certificate as
  /// it was submitted, and the fingerprints of the chain. Names are taken from what the leaf's hash
  /// covers.
  ///
  /// - Parameters:
  ///   - tile: the tile, not compressed.
  ///   - first: the number of its first entry.
  ///   - count: how many it must hold.
  /// - Returns: the entries in their order.
  /// - Throws: `CTFault.entry`.
  static func read(
    tile: [UInt8], first: UInt64, count: Int
  ) throws(CTFault) -> [CTEntry] {
    var reader = OctetReader(tile)
    var entries: [CTEntry] = []
    entries.reserveCapacity(count)
    for number in 0..<UInt64(count) {
      guard let entry = read(&reader) else {
        throw .entry(index: first + number, reason: "it is cut, or of no known form")
      }
      entries.append(entry)
    }
    return entries
  }

  private static func read(_ reader: inout OctetReader) -> CTEntry? {
    let start = reader.position
    guard let time = reader.number(octets: 8), let type = reader.number(octets: 2) else {
      return nil
    }
    let tbs: ArraySlice<UInt8>
    switch type {
    case 0:
      guard let certificate = reader.vector(lengthOctets: 3) else { return nil }
      tbs = CertificateNames.signedPart(of: certificate) ?? []
    case 1:
      guard reader.take(32) != nil, let part = reader.vector(lengthOctets: 3) else { return nil }
      tbs = part
    default: return nil
    }
    guard reader.vector(lengthOctets: 2) != nil else { return nil }
    // MerkleTreeLeaf: version 1, timestamped entry.
    let leaf = TreeHash.leaf([0, 0] + reader.slice(from: start))
    if type == 1, reader.vector(lengthOctets: 3) == nil { return nil }
    guard reader.vector(lengthOctets: 2) != nil else { return nil }
    return CTEntry(leaf: leaf, time: time, names: CertificateNames.names(inSignedPart: tbs))
  }
}
