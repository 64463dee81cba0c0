internal import Crypto
internal import Foundation
internal import Gate
internal import SwiftASN1
internal import X509

/// A certificate for this machine's loopback, for trying the encrypted doors out, and the authority
/// that vouches for it.
///
/// The authority's key is made, used once and forgotten, so nobody can make a second certificate
/// that those who trust the authority would take.
struct DemoCertificate {
  /// The file of the authority's certificate, which clients are to trust.
  let authority: String
  /// The certificate and its key.
  let files: CertificateFiles

  /// How long it is good for.
  private static let lifetime: TimeInterval = 30 * 86_400

  /// Makes both in a folder; the key's file may be read by its owner alone.
  init(in directory: String, now: Date = .now) throws {
    authority = "\(directory)/authority.pem"
    files = CertificateFiles(
      certificate: "\(directory)/server.pem", key: "\(directory)/server.key")
    let (above, key) = (P256.Signing.PrivateKey(), P256.Signing.PrivateKey())
    let name = try DistinguishedName { CommonName("Cordon demonstration") }
    let aboveID = SubjectKeyIdentifier(hash: .init(above.publicKey))
    let period = (from: now - 3_600, until: now + Self.lifetime)
    let root = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(above.publicKey),
      notValidBefore: period.from, notValidAfter: period.until, issuer: name, subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true))
        aboveID
      },
      issuerPrivateKey: .init(above))
    let leaf = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
      notValidBefore: period.from, notValidAfter: period.until, issuer: name,
      subject: try DistinguishedName { CommonName("localhost") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(Self.names)
        SubjectKeyIdentifier(hash: .init(key.publicKey))
        AuthorityKeyIdentifier(keyIdentifier: aboveID.keyIdentifier)
      },
      issuerPrivateKey: .init(above))
    try Self.write(root.serializeAsPEM().pemString, to: authority, mode: 0o644)
    try Self.write(leaf.serializeAsPEM().pemString, to: files.certificate, mode: 0o644)
    try Self.write(key.pemRepresentation, to: files.key, mode: 0o600)
  }

  private static let names: [GeneralName] = [
    .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
    .ipAddress(ASN1OctetString(contentBytes: ArraySlice([UInt8](repeating: 0, count: 15) + [1]))),
  ]

  private static func write(_ text: String, to path: String, mode: Int) throws {
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data("\(text)\n".utf8), attributes: [.posixPermissions: mode])
    else { throw DeskFault("\(path) cannot be written") }
  }
}
