internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// The names in the certificates that servers have shown, by name and address that was asked.
///
/// Filled as connections come up, on their event loops; a kept connection shows its certificate once
/// only, so what was read stays as long as its client does.
final class CertificateBook: Sendable {
  /// The most names of one certificate that are kept; beyond it is a shared host's, and tells nothing.
  static let limit = 64

  private let names = Mutex<[PinnedClients.Key: [String]]>([:])

  /// The names that were shown where a key leads; none where no certificate was.
  func names(for key: PinnedClients.Key) -> [String] {
    names.withLock { $0[key] ?? [] }
  }

  /// Forgets what was shown there.
  func forget(_ key: PinnedClients.Key) {
    names.withLock { $0[key] = nil }
  }

  /// Reads the certificate of a connection that is up; one without TLS shows none.
  func note(_ channel: any Channel, for key: PinnedClients.Key) -> EventLoopFuture<Void> {
    channel.pipeline.handler(type: NIOSSLHandler.self).map { handler in
      guard let octets = try? handler.peerCertificate?.toDERBytes() else { return }
      let shown = CertificateNames.names(in: octets)
      self.names.withLock { $0[key] = shown.count <= Self.limit ? shown : [] }
    }.recover { _ in }
  }
}
