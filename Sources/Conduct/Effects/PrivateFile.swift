internal import Foundation

/// Why a secret of the data directory cannot be had.
public struct PrivateFileFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is wrong with it, and what to do.
  public let reason: String

  /// One sentence; never a part of the secret.
  public var description: String { "\(path) \(reason)" }
}

/// A small file that nobody but its owner may read (mode 0600).
struct PrivateFile {
  let path: String

  /// The most octets.
  static let limit = 4_096

  /// What the file holds; nil where there is none.
  func read() throws(PrivateFileFault) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw fault("cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw fault("is no plain file: remove it")
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw fault("may be read by others: chmod 600, and make a new secret if others had it")
    }
    guard facts.st_size <= Self.limit else { throw fault("is too large to be a secret") }
    let data = try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd()
    return data.map { Array($0) } ?? []
  }

  /// Writes beside the target, syncs, and renames: the file is there whole, or not at all.
  func write(_ octets: [UInt8]) throws(PrivateFileFault) {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw notWritten }
    defer { close(descriptor) }
    let count = octets.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    guard count == octets.count, fsync(descriptor) == 0, rename(draft, path) == 0 else {
      throw notWritten
    }
    // The name is to be on the disk before anything rests on the secret.
    let parent = open(folder, O_RDONLY | O_CLOEXEC)
    guard parent >= 0 else { throw notWritten }
    defer { close(parent) }
    guard fsync(parent) == 0 else { throw notWritten }
  }

  /// What the file holds; where there is none, it is made.
  ///
  /// Whoever comes first makes it for all, in this program or another.
  func readOrMake(_ make: () -> [UInt8]) throws(PrivateFileFault) -> [UInt8] {
    if let octets = try read() { return octets }
    return try alone { () throws(PrivateFileFault) in
      if let octets = try read() { return octets }
      let octets = make()
      try write(octets)
      return octets
    }
  }

  /// Does something while nobody else does it to a file of the same folder.
  func alone<Value>(
    _ change: () throws(PrivateFileFault) -> Value
  ) throws(PrivateFileFault) -> Value {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw notWritten }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw notWritten }
    }
    return try change()
  }

  private var folder: String { (path as NSString).deletingLastPathComponent }

  private var notWritten: PrivateFileFault {
    fault("cannot be written: \(String(cString: strerror(errno)))")
  }

  func fault(_ reason: String) -> PrivateFileFault { PrivateFileFault(path: path, reason: reason) }
}
