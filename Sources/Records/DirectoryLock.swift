internal import Foundation

/// The data directory, held by this process alone for as long as this value lives.
///
/// The lock is the kernel's (`flock`), so it goes with the process, however that ends.
final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// Makes the directory if need be, for its owner alone, and takes the lock.
  init(directory: String) throws(StoreError) {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw .notWritable(directory: directory, reason: Self.reason(errno))
    }
    let path = directory + "/lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .notWritable(directory: directory, reason: Self.reason(errno))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let owner = try? String(contentsOfFile: path, encoding: .utf8)
      close(descriptor)
      throw .inUse(
        directory: directory,
        process: owner.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
    }
    ftruncate(descriptor, 0)
    let mark = Array("\(getpid())\n".utf8)
    _ = mark.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    close(descriptor)
  }

  static func reason(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
