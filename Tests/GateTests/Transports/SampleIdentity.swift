import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

@testable import Gate

/// An authority and certificates of it for loopback, in a folder that goes away with this value.
final class SampleIdentity: Sendable {
  let folder: URL
  private let key = P256.Signing.PrivateKey()
  private let name: DistinguishedName
  let authority: Certificate

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "gate-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    name = try DistinguishedName { CommonName("Gate tests") }
    authority = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
      notValidBefore: .now - 3_600, notValidAfter: .now + 86_400, issuer: name, subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
      },
      issuerPrivateKey: .init(key))
    try issue()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var files: CertificateFiles {
    CertificateFiles(
      certificate: folder.appendingPathComponent("server.pem").path,
      key: folder.appendingPathComponent("server.key").path)
  }

  /// Writes a new certificate and key.
  func issue(serial: UInt8 = 1, until end: Date = .now + 3_600) throws {
    let leafKey = P256.Signing.PrivateKey()
    let leaf = try certificate(serial, leafKey.publicKey, until: end)
    try write(leaf.serializeAsPEM().pemString, to: files.certificate)
    try write(leafKey.pemRepresentation, to: files.key)
  }

  func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The serial number of the certificate in the file.
  private func certificate(
    _ serial: UInt8, _ publicKey: P256.Signing.PublicKey, until end: Date
  ) throws -> Certificate {
    try Certificate(
      version: .v3, serialNumber: .init(bytes: [serial]), publicKey: .init(publicKey),
      notValidBefore: .now - 7_200, notValidAfter: end, issuer: name,
      subject: DistinguishedName { CommonName("localhost") }, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        SubjectAlternativeNames([
          .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
        ])
      },
      issuerPrivateKey: .init(key))
  }

  /// How a client trusts the authority, and nobody else.
  func client(protocols: [String] = []) throws -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    let pem = try authority.serializeAsPEM().pemString
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
    configuration.applicationProtocols = protocols
    return configuration
  }
}
