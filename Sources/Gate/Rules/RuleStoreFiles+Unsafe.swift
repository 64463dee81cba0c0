internal import CPrefetch
internal import DomainNames
internal import Glibc

/// A file mapped into memory to be read.
///
/// Safety: the mapping is private and read-only, and lives until the index that it was given to is
/// released. Its pages may leave memory before, and come back from the file with the same octets.
/// Nobody writes to the file at its place: it is only ever replaced by another, whose octets are its
/// own.
struct MappedFile {
  private let path: String
  private let octets: UnsafeRawBufferPointer

  /// Maps a file; nil where there is none.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - isReadAtOnce: whether all of it will be read now, so that the system need not be asked for
  ///     each page.
  /// - Throws: what the system says of the file.
  init?(reading path: String, isReadAtOnce: Bool) throws(RuleStoreFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw RuleStoreFault(path) }
    defer { close(descriptor) }
    try self.init(descriptor, path: path, isReadAtOnce: isReadAtOnce)
  }

  /// Maps an open file, which may be closed then.
  fileprivate init(_ descriptor: Int32, path: String, isReadAtOnce: Bool) throws(RuleStoreFault) {
    self.path = path
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw RuleStoreFault(path) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw RuleStoreFault(path: path, reason: "it is not a file, or empty")
    }
    let size = Int(status.st_size)
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw RuleStoreFault(path) }
    // Advice alone: a system that cannot take it brings the pages one by one.
    if isReadAtOnce {
      madvise(start, size, MADV_HUGEPAGE)
      madvise(start, size, MADV_POPULATE_READ)
    } else {
      // What is looked up lies anywhere: neighbouring pages need not come into memory with it.
      madvise(start, size, MADV_RANDOM)
    }
    octets = UnsafeRawBufferPointer(start: start, count: size)
  }

  /// The index in the file, which keeps the mapping.
  consuming func index(isTrusted: Bool) throws -> NameIndex {
    nonisolated(unsafe) let mapped = octets
    do throws(NameImageFault) {
      return try NameIndex(image: octets, isTrusted: isTrusted) {
        madvise(UnsafeMutableRawPointer(mutating: mapped.baseAddress), mapped.count, MADV_DONTNEED)
      } release: {
        munmap(UnsafeMutableRawPointer(mutating: mapped.baseAddress), mapped.count)
      }
    } catch {
      throw RuleStoreFault(path: path, reason: "\(error)")
    }
  }
}

/// A file that is written from front to back, with a header that is known last.
///
/// Room in it is made by whole huge pages, so that the system can keep it in such pages, and map it
/// with them: a lookup goes to two or three places anywhere in it, and with small pages the processor
/// has to find each page first.
///
/// Safety: octets are read out of arrays while they are borrowed; the zeros are as many as are
/// written at once, and mapped as long as the writer lives.
final class FileWriter {
  private let path: String
  private let descriptor: Int32
  private var isFinished = false
  /// Where the next octet goes.
  private var end: Int
  /// Octets that the file has; a multiple of ``hugePage``.
  private var room = 0
  /// A huge page that is never written to, and so takes no memory.
  private let zeros: UnsafeMutableRawPointer

  /// Octets of a huge page; where the processor's are larger, nothing is gained and nothing lost.
  private static let hugePage = 2 << 20

  /// Creates the file, for this user alone; one that an earlier run left behind goes.
  init(path: String, headerSize: Int) throws(RuleStoreFault) {
    self.path = path
    end = headerSize
    guard
      let zeros = mmap(
        nil, Self.hugePage, PROT_READ, MAP_PRIVATE | Int32(MAP_ANONYMOUS), -1, 0),
      zeros != MAP_FAILED
    else { throw RuleStoreFault(path) }
    self.zeros = zeros
    unlink(path)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let fault = RuleStoreFault(path)
      munmap(zeros, Self.hugePage)
      throw fault
    }
  }

  deinit {
    close(descriptor)
    munmap(zeros, Self.hugePage)
    if !isFinished { unlink(path) }
  }

  func append(_ octets: [UInt8]) throws(RuleStoreFault) {
    while room < end + octets.count {
      try write(UnsafeRawBufferPointer(start: zeros, count: Self.hugePage), at: room)
      room += Self.hugePage
    }
    try octets.withUnsafeBufferPointer { octets throws(RuleStoreFault) in
      try write(UnsafeRawBufferPointer(octets), at: end)
    }
    end += octets.count
  }

  private func write(_ octets: UnsafeRawBufferPointer, at start: Int) throws(RuleStoreFault) {
    var written = 0
    while written < octets.count {
      let left = UnsafeRawBufferPointer(rebasing: octets[written...])
      let count = pwrite(descriptor, left.baseAddress, left.count, off_t(start + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw RuleStoreFault(path) }
      written += count
    }
  }

  /// Writes the header, brings all to the disk, puts the file in its place, and maps it.
  ///
  /// What is mapped is this very file, whatever another may have put in the place meanwhile.
  func finish(
    header: [UInt8], renamingTo place: String
  ) throws(RuleStoreFault) -> MappedFile {
    guard ftruncate(descriptor, off_t(end)) == 0 else { throw RuleStoreFault(path) }
    let count = header.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard count == header.count, fsync(descriptor) == 0, rename(path, place) == 0 else {
      throw RuleStoreFault(path)
    }
    isFinished = true
    let folder = open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw RuleStoreFault(place) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw RuleStoreFault(place) }
    return try MappedFile(descriptor, path: place, isReadAtOnce: false)
  }
}

/// A file without a name, for names that wait to be sorted.
///
/// Safety: octets are read and written in arrays while they are borrowed, at the counts that the
/// arrays have.
final class SpillFile: NameSpill {
  private let descriptor: Int32
  private var end: off_t = 0
  private var extents: [Int: [Extent]] = [:]
  private var fault: RuleStoreFault?
  private let path: String

  private struct Extent {
    let offset: off_t
    let count: Int
  }

  /// Creates the file, and takes its name away at once.
  init(path: String) throws(RuleStoreFault) {
    self.path = path
    unlink(path)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw RuleStoreFault(path) }
    unlink(path)
  }

  deinit {
    close(descriptor)
  }

  func add(_ octets: [UInt8], to part: Int) {
    guard fault == nil else { return }
    let count = octets.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, end) }
    guard count == octets.count else {
      fault = RuleStoreFault(path)
      return
    }
    extents[part, default: []].append(Extent(offset: end, count: count))
    end += off_t(count)
  }

  func take(_ part: Int) throws -> [UInt8] {
    if let fault { throw fault }
    let parts = extents.removeValue(forKey: part) ?? []
    let size = parts.reduce(0) { $0 + $1.count }
    var isWhole = true
    let octets = [UInt8](unsafeUninitializedCapacity: size) { room, filled in
      for extent in parts {
        let target = room.baseAddress.map { $0 + filled }
        let count = pread(descriptor, target, extent.count, extent.offset)
        isWhole = isWhole && count == extent.count
        filled += max(0, count)
      }
    }
    guard isWhole else { throw RuleStoreFault(path) }
    return octets
  }
}

/// Gives memory that is no longer used back to the system.
func releaseFreeMemory() {
  cordon_release_free_memory()
}

extension RuleStoreFault {
  /// What the system says of a file just now.
  fileprivate init(_ path: String) {
    self.init(path: path, reason: String(cString: strerror(errno)))
  }
}

extension String {
  fileprivate var folder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
