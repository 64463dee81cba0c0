/// The owner of an image's memory: octets in memory, or a file mapped into it.
///
/// Safety: an image is read in whole and checked before a value of this type exists: the sections lie
/// in it, their order is that of the header, and ``NameTable/largestGroup`` octets follow the last
/// bucket. `release` is called once, when nobody holds the table any more; who lends a mapping must
/// let nobody write to it or cut it short until then.
final class NameTableStorage: @unchecked Sendable {
  // Unchecked: the memory is written before the initialiser is called, and never after.
  let table: NameTable
  let hash: NameHash
  let header: NameImage.Header
  private let image: UnsafeRawBufferPointer
  private let whenLeaving: @Sendable () -> Void
  private let release: @Sendable () -> Void

  /// Takes over an image.
  ///
  /// - Parameters:
  ///   - image: the octets.
  ///   - isTrusted: whether they were written by this process a moment ago; else all checksums are
  ///     compared.
  ///   - leaveMemory: takes the octets out of memory until they are read again.
  ///   - release: gives the octets back; called also where this throws.
  /// - Throws: ``NameImageFault`` where the octets are not an index.
  init(
    _ image: UnsafeRawBufferPointer, isTrusted: Bool,
    leaveMemory: @escaping @Sendable () -> Void = {}, release: @escaping @Sendable () -> Void
  ) throws(NameImageFault) {
    self.image = image
    self.whenLeaving = leaveMemory
    self.release = release
    let header: NameImage.Header
    do throws(NameImageFault) {
      header = try NameImage.Header(image)
      if !isTrusted { try header.compareChecksums(image) }
      table = try NameTable(header, in: image)
    } catch {
      release()
      throw error
    }
    self.header = header
    hash = NameHash(header.key)
  }

  deinit {
    release()
  }

  func leaveMemory() { whenLeaving() }

  /// Octets of the whole image.
  var byteCount: Int { image.count }

  /// What the owner wrote beside the names.
  var notes: [UInt8] {
    let start = NameImage.headerSize + header.body - header.notes
    return Array(image[start..<(start + header.notes)])
  }

  /// The entry of exactly this name, or nil.
  func entry(for name: DomainName) -> NameIndex.Entry? {
    var entry: NameIndex.Entry?
    name.wire.withUnsafeBytes { octets in
      let body = UnsafeRawBufferPointer(rebasing: octets.dropLast())
      _ = hash.forEachSuffix(of: body, depths: table.depths) { suffix in
        if suffix.isWhole, let found = table.find(suffix) {
          entry = table.record(found, hash: suffix.hash, name: suffix.octets).entry
        }
      }
    }
    return entry
  }
}

extension NameImage.Header {
  /// Reads a header, and sees that all sections lie in the image.
  fileprivate init(_ image: UnsafeRawBufferPointer) throws(NameImageFault) {
    guard image.count >= NameImage.headerSize, image.number(at: 0) == NameImage.magic else {
      throw .notAnIndex
    }
    let version = image.number(at: 8)
    guard version == NameImage.version else { throw .otherVersion(version) }
    valueWidth = try image.size(at: 16, atMost: 5)
    key = NameIndex.Key(image.number(at: 24), image.number(at: 32))
    depths = image.number(at: 40)
    listed = try image.size(at: 48)
    bucketCount = try image.size(at: 56)
    buckets = try image.size(at: 64)
    directory = try image.size(at: 72)
    tails = try image.size(at: 80)
    extras = try image.size(at: 88)
    notes = try image.size(at: 96)
    guard valueWidth >= 1, body <= NameImage.largest, image.number(at: 104) == UInt64(total),
      image.count == total
    else { throw .notAnIndex }
    guard buckets >= NameTable.largestGroup, bucketCount >= 1,
      directory == NameTable.outlineSize * (bucketCount + 1),
      tails >= 4 * 256, extras % NameTable.extraSize == 0
    else { throw .malformed("its sections have sizes that cannot be") }
    for at in 120..<NameImage.headerSize where image[at] != 0 {
      throw .malformed("its header has octets where none belong")
    }
  }

  fileprivate func compareChecksums(_ image: UnsafeRawBufferPointer) throws(NameImageFault) {
    let start = NameImage.headerSize + body
    let sums = (0..<chunks).map { image.number(at: start + 8 * $0) }
    guard checksum(sums) == image.number(at: 112) else { throw .damaged }
    for (chunk, sum) in sums.enumerated() {
      let from = NameImage.headerSize + chunk * NameImage.chunkSize
      let end = min(from + NameImage.chunkSize, start)
      guard ImageChecksum.of(UnsafeRawBufferPointer(rebasing: image[from..<end])) == sum else {
        throw .damaged
      }
    }
  }
}

extension NameTable {
  /// Takes the sections out of an image, and checks what searches rely on.
  fileprivate init(
    _ header: NameImage.Header, in image: UnsafeRawBufferPointer
  ) throws(NameImageFault) {
    guard let start = image.baseAddress else { throw .notAnIndex }
    buckets = start + NameImage.headerSize
    bucketBytes = header.buckets - Self.largestGroup
    directory = buckets + header.buckets
    bucketCount = UInt64(header.bucketCount)
    valueWidth = header.valueWidth
    signs = directory + header.directory
    tails = signs + SuffixSigns.size
    extras = tails + header.tails
    extraCount = header.extras / Self.extraSize
    depths = header.depths
    for number in 0..<256 {
      let field = Int(tails.loadUnaligned(fromByteOffset: number * 4, as: UInt32.self).littleEndian)
      guard field >> 8 + field & 0xFF <= header.tails else {
        throw .malformed("a shared ending lies outside")
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func number(at offset: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// A number that counts octets or records.
  fileprivate func size(
    at offset: Int, atMost limit: Int = NameImage.largest
  ) throws(NameImageFault) -> Int {
    let number = number(at: offset)
    guard number <= UInt64(limit) else { throw .notAnIndex }
    return Int(number)
  }
}

extension NameIndex {
  /// Takes over an index in the form that ``Builder`` writes, such as a file mapped into memory.
  ///
  /// Nothing is trusted: sizes must fit together, and every checksum is compared.
  ///
  /// Safety: the octets must stay as they are until `release` is called.
  ///
  /// - Parameters:
  ///   - octets: the whole image and nothing else.
  ///   - isTrusted: whether this process wrote them a moment ago; then checksums are not compared.
  ///   - leaveMemory: takes the octets out of memory until they are read again, while others may be
  ///     reading them; see ``leaveMemory()``. They must stay what they are.
  ///   - release: gives the octets back when nobody reads them any more; called once, also where this
  ///     throws.
  /// - Throws: ``NameImageFault`` where the octets are not an index as it was written.
  public init(
    image octets: UnsafeRawBufferPointer, isTrusted: Bool = false,
    leaveMemory: @escaping @Sendable () -> Void = {}, release: @escaping @Sendable () -> Void
  ) throws(NameImageFault) {
    self.init(
      storage: try NameTableStorage(
        octets, isTrusted: isTrusted, leaveMemory: leaveMemory, release: release))
  }

  /// Says that few, if any, will look names up here from now on.
  ///
  /// What the index takes of memory is given back where it can be had again. Lookups answer as before.
  public func leaveMemory() { storage.leaveMemory() }

  /// Whether two indexes share their memory.
  public func isSame(as other: NameIndex) -> Bool { storage === other.storage }

  /// Takes over octets in memory.
  public init(image octets: [UInt8]) throws(NameImageFault) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: octets.count, alignment: 8)
    memory.copyBytes(from: octets)
    let image = UnsafeRawBufferPointer(memory)
    nonisolated(unsafe) let owned = memory
    try self.init(image: image) { owned.deallocate() }
  }

  /// The octets of the index, as ``Builder`` writes them.
  public func withImage<Value>(_ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    try storage.withImage(body)
  }
}

extension NameTableStorage {
  func withImage<Value>(_ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    try image.withMemoryRebound(to: UInt8.self) {
      try body(Span(_unsafeElements: $0))
    }
  }
}
