internal import Foundation
internal import NIOCore
internal import NIOSSL

/// Where the certificate of the encrypted doors is kept.
public struct CertificateFiles: Sendable, Hashable {
  /// The file with the certificate and those above it, in PEM.
  public var certificate: String
  /// The file with its private key, in PEM.
  public var key: String

  /// Takes the paths.
  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  /// What the files hold.
  struct Content: Sendable, Hashable {
    let certificate: [UInt8]
    let key: [UInt8]
  }

  func read() throws(TLSIdentity.Fault) -> Content {
    Content(certificate: try Self.octets(of: certificate), key: try Self.octets(of: key))
  }

  private static func octets(of path: String) throws(TLSIdentity.Fault) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path)
    }
    return Array(data)
  }
}

/// A certificate with its key, made ready for each encrypted way.
struct TLSIdentity: Sendable {
  /// For DNS over TLS (RFC 7858).
  let tls: NIOSSLContext
  /// For DNS over HTTPS (RFC 8484).
  let https: NIOSSLContext

  /// The protocols that clients may name (RFC 7301).
  static let tlsProtocols = ["dot"]
  static let httpsProtocols = ["h2", "http/1.1"]

  /// Why a certificate is of no use.
  enum Fault: Error, Hashable, CustomStringConvertible {
    case unreadable(String)
    case noCertificate(String)
    case noKey(String)
    case ended(String)
    case noMatch(CertificateFiles)

    var description: String {
      switch self {
      case .unreadable(let path): "\(path) is not there, or may not be read"
      case .noCertificate(let path): "\(path) holds no certificate in PEM"
      case .noKey(let path): "\(path) holds no private key in PEM, or one with a password"
      case .ended(let path): "the certificate in \(path) has ended: renew it"
      case .noMatch(let files):
        "the key in \(files.key) does not belong to the first certificate in \(files.certificate)"
      }
    }
  }

  init(_ content: CertificateFiles.Content, _ files: CertificateFiles) throws(Fault) {
    guard let chain = try? NIOSSLCertificate.fromPEMBytes(content.certificate),
      let leaf = chain.first
    else { throw .noCertificate(files.certificate) }
    guard let key = try? NIOSSLPrivateKey(bytes: content.key, format: .pem) else {
      throw .noKey(files.key)
    }
    guard Date(timeIntervalSince1970: Double(leaf.notValidAfter)) > Date.now else {
      throw .ended(files.certificate)
    }
    do {
      tls = try Self.context(chain, key, protocols: Self.tlsProtocols)
      https = try Self.context(chain, key, protocols: Self.httpsProtocols)
    } catch {
      throw .noMatch(files)
    }
  }

  private static func context(
    _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, protocols: [String]
  ) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = protocols
    configuration.shutdownTimeout = .seconds(1)
    return try NIOSSLContext(configuration: configuration)
  }
}
