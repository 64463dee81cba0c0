internal import Foundation
internal import Logging
internal import NIOSSL
internal import Synchronization

/// The certificate of the encrypted doors, read again when its files change.
///
/// Connections that are open keep the one they began with. A changed file that is of no use leaves
/// the old one in place, and is told in the log.
final class CertificateKeeper: Sendable {
  /// How often the files are looked at.
  static let interval = Duration.seconds(2)

  private let files: CertificateFiles
  private let logger: Logger
  private let state: Mutex<State>

  private struct State {
    var identity: TLSIdentity
    var loaded: CertificateFiles.Content
    /// What was seen last: two files are not changed at once, so a change counts when it has stayed.
    var seen: CertificateFiles.Content
    var seenFault: TLSIdentity.Fault?
  }

  /// Reads the files.
  ///
  /// - Throws: ``TLSIdentity/Fault`` where they are of no use.
  init(_ files: CertificateFiles, logger: Logger) throws(TLSIdentity.Fault) {
    let content = try files.read()
    let identity = try TLSIdentity(content, files)
    self.files = files
    self.logger = logger
    state = Mutex(State(identity: identity, loaded: content, seen: content))
  }

  /// What a new connection is given; nil where its way has no TLS.
  func context(for transport: Transport) -> NIOSSLContext? {
    state.withLock { state in
      switch transport {
      case .udp, .tcp: nil
      case .tls: state.identity.tls
      case .https: state.identity.https
      }
    }
  }

  /// Looks at the files again and again until the task is cancelled.
  func run() async {
    while (try? await Task.sleep(for: Self.interval)) != nil { look() }
  }

  /// Looks at the files, and takes a change that has stayed since the last look.
  func look() {
    switch look(at: Result { () throws(TLSIdentity.Fault) in try files.read() }) {
    case .unchanged: break
    case .taken: logger.notice("the certificate was read again, and is in use")
    case .kept(let fault): logger.error("the old certificate stays in use: \(fault)")
    }
  }

  private enum Outcome {
    case unchanged
    case taken
    case kept(TLSIdentity.Fault)
  }

  private func look(at read: Result<CertificateFiles.Content, TLSIdentity.Fault>) -> Outcome {
    state.withLock { state in
      do throws(TLSIdentity.Fault) {
        let content = try read.get()
        defer { state.seen = content }
        if content == state.loaded {
          state.seenFault = nil
          return .unchanged
        }
        guard content == state.seen else { return .unchanged }
        state.identity = try TLSIdentity(content, files)
        state.loaded = content
        state.seenFault = nil
        return .taken
      } catch {
        // A fault is told once.
        guard error != state.seenFault else { return .unchanged }
        state.seenFault = error
        return .kept(error)
      }
    }
  }
}
