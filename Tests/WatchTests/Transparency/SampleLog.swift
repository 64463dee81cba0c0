import Crypto
import Foundation
import SwiftASN1
import TransparencyLog
import X509

@testable import Watch

/// A static-ct log: its own authority, its own certificates, its own key.
struct SampleLog {
  let origin = "ct.test/2026h2"
  let key: P256.Signing.PrivateKey
  private let authority = P256.Signing.PrivateKey()
  /// Each entry as a data tile holds it, and as the tree's leaf covers it.
  private(set) var entries: [(tile: [UInt8], leaf: [UInt8])] = []

  init() {
    key = P256.Signing.PrivateKey()
  }

  /// A log with the same key: what a log that betrays its readers would be.
  init(continuing log: SampleLog) {
    key = log.key
    entries = log.entries
  }

  var publicKey: String { Data(key.publicKey.derRepresentation).base64EncodedString() }

  /// A certificate for some names, made by the log's own authority.
  func certificate(_ names: [String]) throws -> Certificate {
    let issuer = try DistinguishedName { CommonName("Sample Authority") }
    return try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(P256.Signing.PrivateKey().publicKey),
      notValidBefore: Date(timeIntervalSince1970: 1_790_000_000),
      notValidAfter: Date(timeIntervalSince1970: 1_797_000_000), issuer: issuer,
      subject: DistinguishedName {}, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        SubjectAlternativeNames(names.map { .dnsName($0) })
      },
      issuerPrivateKey: .init(authority))
  }

  mutating func append(_ certificate: Certificate, isPrecertificate: Bool = false) throws {
    var serializer = DER.Serializer()
    try certificate.serialize(into: &serializer)
    let whole = serializer.serializedBytes
    var entry = OctetReader.octets(1_795_000_000_000 + UInt64(entries.count))
    if isPrecertificate {
      entry += [0, 1] + SHA256.hash(data: authority.publicKey.derRepresentation)
      entry += Self.vector(Array(certificate.tbsCertificateBytes), lengthOctets: 3)
    } else {
      entry += [0, 0] + Self.vector(whole, lengthOctets: 3)
    }
    entry += Self.vector([], lengthOctets: 2)
    var tile = entry
    if isPrecertificate { tile += Self.vector(whole, lengthOctets: 3) }
    let fingerprint = Array(SHA256.hash(data: authority.publicKey.derRepresentation))
    tile += Self.vector(fingerprint, lengthOctets: 2)
    entries.append((tile, [0, 0] + entry))
  }

  mutating func cut(to count: Int) { entries.removeLast(entries.count - count) }

  /// All that the log serves, by path.
  func files() throws -> [String: [UInt8]] {
    let tree = InMemoryTree(leaves: entries.map { TreeHash.leaf($0.leaf) })
    let size = UInt64(entries.count)
    var files: [String: [UInt8]] = [:]
    for tile in TileID.tiles(to: size) {
      files["/" + tile.path] = try tile.content(from: tree)
      guard tile.level == 0 else { continue }
      let range = Int(tile.firstNodeIndex)..<(Int(tile.firstNodeIndex) + tile.width)
      files["/" + tile.dataPath] = entries[range].flatMap(\.tile)
    }
    files["/checkpoint"] = try checkpoint(size: size, root: tree.frontier.root, by: key)
    return files
  }

  /// A checkpoint, signed as RFC 6962 tree heads are, in a note.
  func checkpoint(
    size: UInt64, root: TransparencyLog.Digest, by key: P256.Signing.PrivateKey
  ) throws -> [UInt8] {
    let time: UInt64 = 1_796_000_000_000
    let head = CTLog.treeHead(time: time, size: size, root: root)
    let signature = Array(try key.signature(for: head).derRepresentation)
    let blob = OctetReader.octets(time) + [4, 3] + Self.vector(signature, lengthOctets: 2)
    let id = Array(SHA256.hash(data: self.key.publicKey.derRepresentation))
    let keyID = SHA256.hash(data: Array(origin.utf8) + [0x0A, 0x05] + id).prefix(4)
    let line = NoteLine(
      name: origin, blob: Array(keyID) + blob)
    return Array("\(origin)\n\(size)\n\(root.base64)\n\n\(line.text)".utf8)
  }

  private struct NoteLine {
    let name: String
    let blob: [UInt8]
    var text: String { "— \(name) \(Data(blob).base64EncodedString())\n" }
  }

  private static func vector(_ octets: [UInt8], lengthOctets: Int) -> [UInt8] {
    OctetReader.octets(UInt64(octets.count)).suffix(lengthOctets) + octets
  }
}
