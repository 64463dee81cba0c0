internal import SwiftASN1
internal import TransparencyLog

/// One entry of a log: its hash in the tree, and the names that the certificate is for.
struct CTEntry: Sendable, Hashable {
  /// The most names of one certificate that are read.
  static let nameLimit = 512

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
      tbs = Self.signedPart(of: certificate) ?? []
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
    return CTEntry(leaf: leaf, time: time, names: (try? Self.names(in: tbs)) ?? [])
  }

  // MARK: Certificates (RFC 5280, Section 4.1)

  /// The TBSCertificate of a certificate.
  private static func signedPart(of certificate: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let root = try? DER.parse(certificate), case .constructed(let parts) = root.content else {
      return nil
    }
    var iterator = parts.makeIterator()
    return iterator.next()?.encodedBytes
  }

  /// The DNS names of the subject alternative name extension.
  private static func names(in tbs: ArraySlice<UInt8>) throws -> [String] {
    guard case .constructed(let fields) = try DER.parse(tbs).content else { return [] }
    let tag = ASN1Identifier(tagWithNumber: 3, tagClass: .contextSpecific)
    for field in fields where field.identifier == tag {
      guard case .constructed(let wrapped) = field.content else { continue }
      for list in wrapped {
        guard case .constructed(let extensions) = list.content else { continue }
        for item in extensions {
          if let value = try subjectAlternativeName(item) { return try dnsNames(in: value) }
        }
      }
    }
    return []
  }

  /// The value of an extension, if it is that one.
  private static func subjectAlternativeName(_ item: ASN1Node) throws -> ArraySlice<UInt8>? {
    guard case .constructed(let parts) = item.content else { return nil }
    var isWanted = false
    for part in parts {
      if part.identifier == .objectIdentifier {
        isWanted = try ASN1ObjectIdentifier(derEncoded: part) == [2, 5, 29, 17]
      } else if part.identifier == .octetString, isWanted {
        return try ASN1OctetString(derEncoded: part).bytes
      }
    }
    return nil
  }

  private static func dnsNames(in value: ArraySlice<UInt8>) throws -> [String] {
    guard case .constructed(let names) = try DER.parse(value).content else { return [] }
    let tag = ASN1Identifier(tagWithNumber: 2, tagClass: .contextSpecific)
    var found: [String] = []
    for name in names where name.identifier == tag && found.count < nameLimit {
      guard case .primitive(let octets) = name.content, octets.count <= 255 else { continue }
      found.append(String(decoding: octets, as: UTF8.self).lowercased())
    }
    return found
  }
}
