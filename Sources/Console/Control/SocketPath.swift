internal import Foundation

/// The local socket of a data directory.
///
/// Paths of sockets may have 107 octets only, so the directory is opened and the socket named
/// through it: the length of the directory's own path does not matter.
final class SocketPath: Sendable {
  private let descriptor: Int32
  /// A short path to the socket, good for as long as this value lives.
  let path: String

  /// Nil where the directory is not there.
  init?(directory: String) {
    descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    path = "/proc/self/fd/\(descriptor)/cordon.sock"
  }

  deinit {
    close(descriptor)
  }
}
