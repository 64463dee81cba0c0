internal import FoundationEssentials
internal import Glibc

/// A small file that the settings name: its octets, and who may read it.
struct BoundedFile: Sendable {
  /// What is in it.
  let octets: [UInt8]
  /// Whether others than its owner may read or write it.
  let isShared: Bool

  /// Reads a plain file; nil where it is not there, is larger than the limit, or may not be read.
  init?(path: String, limit: Int) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= limit, let data = FileManager.default.contents(atPath: path)
    else { return nil }
    octets = Array(data.prefix(limit))
    isShared = status.st_mode & 0o077 != 0
  }
}
