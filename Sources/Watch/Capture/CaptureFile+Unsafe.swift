internal import Glibc

/// One open file of captures: appended to, made durable, read back.
///
/// Safety: reads and writes pass a borrowed array with its own count, and what the kernel says it
/// moved is checked against that count. The descriptor is closed once, at the end of the value.
final class CaptureFile {
  let name: String
  private let descriptor: Int32
  /// How long the file is, as far as whole records go.
  private(set) var length: Int
  /// Whether something was appended that may not be on the disk yet.
  private var isUnsettled = false

  /// How much is read at once.
  static let chunk = 256 << 10

  /// Makes a file that is not there yet.
  init(creating name: String, in directory: String) throws(CaptureError) {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC
    descriptor = open(directory + "/" + name, flags, 0o600)
    guard descriptor >= 0 else {
      throw .notWritable(directory: directory, reason: Self.reason(errno))
    }
    self.name = name
    length = 0
  }

  /// Opens a file and cuts what the last write left unfinished.
  init(reopening name: String, in directory: String) throws(CaptureError) {
    descriptor = open(directory + "/" + name, O_RDWR | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notReadable(file: name, reason: Self.reason(errno)) }
    self.name = name
    length = 0
    guard var walk = GzipWalk() else { throw .notReadable(file: name, reason: "no memory") }
    var size = 0
    while !walk.isBroken {
      let octets = try Self.read(descriptor, at: size, count: Self.chunk, file: name)
      guard !octets.isEmpty else { break }
      size += octets.count
      walk.take(octets)
    }
    length = walk.end
    guard ftruncate(descriptor, length) == 0, fsync(descriptor) == 0 else {
      throw .notWritable(directory: directory, reason: Self.reason(errno))
    }
  }

  deinit {
    close(descriptor)
  }

  /// Appends octets; ``settle()`` sees to it that they are on the disk.
  ///
  /// - Throws: ``CaptureError/notWritten(file:reason:)`` where the file is as it was before,
  ///   ``CaptureError/stopped(file:)`` where that is not known.
  func append(_ octets: [UInt8]) throws(CaptureError) {
    var start = 0
    while start < octets.count {
      let written = octets.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        let reason = Self.reason(errno)
        guard ftruncate(descriptor, length) == 0, fsync(descriptor) == 0 else {
          throw .stopped(file: name)
        }
        throw .notWritten(file: name, reason: reason)
      }
      start += written
    }
    length += octets.count
    isUnsettled = true
  }

  /// Returns once all that was appended is on the disk.
  ///
  /// - Throws: ``CaptureError/stopped(file:)``: after a failed fsync the kernel may drop the pages and
  ///   say nothing the next time.
  func settle() throws(CaptureError) {
    guard isUnsettled else { return }
    guard fsync(descriptor) == 0 else { throw .stopped(file: name) }
    isUnsettled = false
  }

  /// Reads part of a file in a directory.
  static func read(
    _ name: String, in directory: String, at offset: Int, count: Int
  ) throws(CaptureError) -> [UInt8] {
    let descriptor = open(directory + "/" + name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notReadable(file: name, reason: reason(errno)) }
    defer { close(descriptor) }
    return try read(descriptor, at: offset, count: count, file: name)
  }

  /// Makes the names in a directory durable.
  static func syncNames(in directory: String) throws(CaptureError) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw .notWritable(directory: directory, reason: reason(errno))
    }
  }

  private static func read(
    _ descriptor: Int32, at offset: Int, count: Int, file: String
  ) throws(CaptureError) -> [UInt8] {
    var failure: Int32?
    let octets = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let moved = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, offset + filled)
        if moved < 0, errno == EINTR { continue }
        if moved < 0 { failure = errno }
        guard moved > 0 else { return }
        filled += moved
      }
    }
    if let failure { throw .notReadable(file: file, reason: reason(failure)) }
    return octets
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
