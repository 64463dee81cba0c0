internal import NIOCore
internal import NIOSSL

/// What a connection to Redis over TLS begins with.
struct RedisTLSHandshake: Sendable {
  private let context: NIOSSLContext
  /// The name that the certificate has to bear; nil where the host is an address.
  private let name: String?

  /// Reads the files.
  ///
  /// - Throws: ``RedisFailure/unreachable(place:reason:)`` where one of them is of no use.
  init(_ tls: RedisTLS, host: String) throws(RedisFailure) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    do {
      if let path = tls.authority {
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
      }
      if let path = tls.certificate {
        configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(path)
          .map { .certificate($0) }
      }
      if let path = tls.key {
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: path, format: .pem))
      }
      context = try NIOSSLContext(configuration: configuration)
    } catch {
      throw .unreachable(place: host, reason: "its files for TLS are of no use: \(error)")
    }
    let asked = tls.name ?? host
    name = (try? SocketAddress(ipAddress: asked, port: 0)) == nil ? asked : nil
  }

  /// What encrypts one connection.
  func handler() throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context, serverHostname: name)
  }
}
