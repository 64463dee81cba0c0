internal import Foundation

/// A directory of captures, held by this process alone for as long as this value lives.
final class CaptureLock: Sendable {
  private let descriptor: Int32

  /// Makes the directory if need be, for its owner alone, and locks it (`flock`).
  init(directory: String) throws(CaptureError) {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw .notWritable(directory: directory, reason: CaptureFile.reason(errno))
    }
    descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .notWritable(directory: directory, reason: CaptureFile.reason(errno))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .inUse(directory: directory)
    }
  }

  deinit {
    close(descriptor)
  }

  /// The names of the files in a directory, oldest first.
  static func files(in directory: String) throws(CaptureError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory)
        .filter { $0.hasPrefix("cordon-") && $0.hasSuffix(".warc.gz") }
        .sorted()
    } catch {
      throw .notReadable(file: directory, reason: CaptureFile.reason(errno))
    }
  }
}
