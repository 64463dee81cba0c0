internal import SwiftASN1

/// The DNS names that a certificate is for (RFC 5280, Section 4.2.1.6).
public enum CertificateNames {
  /// The most names of one certificate that are read.
  public static let limit = 512

  /// The names of a certificate in DER, as they stand there; none where it cannot be read.
  public static func names(in certificate: [UInt8]) -> [String] {
    signedPart(of: certificate[...]).map(names(inSignedPart:)) ?? []
  }

  /// The names of a TBSCertificate, likewise.
  public static func names(inSignedPart tbs: ArraySlice<UInt8>) -> [String] {
    (try? read(tbs)) ?? []
  }

  /// The TBSCertificate of a certificate.
  public static func signedPart(of certificate: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let root = try? DER.parse(certificate), case .constructed(let parts) = root.content else {
      return nil
    }
    var iterator = parts.makeIterator()
    return iterator.next()?.encodedBytes
  }

  /// The DNS names of the subject alternative name extension.
  private static func read(_ tbs: ArraySlice<UInt8>) throws -> [String] {
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
    for name in names where name.identifier == tag && found.count < limit {
      guard case .primitive(let octets) = name.content, octets.count <= 255 else { continue }
      found.append(String(decoding: octets, as: UTF8.self).lowercased())
    }
    return found
  }
}
