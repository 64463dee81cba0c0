/// Writes the sections of an image, from records that come sorted by their hash.
///
/// Octets leave in chunks of ``NameImage/chunkSize``, each with its checksum taken, so an image of any
/// size takes little memory to write: a chunk and the directory.
struct NameTableWriter<Failure: Error> {
  private let bucketCount: UInt64
  private let valueWidth: Int
  private let tails: SharedTails
  private let put: ([UInt8]) throws(Failure) -> Void

  private var chunk: [UInt8] = []
  private var sums: [UInt64] = []
  private var written = 0
  private var directory: [UInt64] = [0]
  private var extras: [UInt8] = []
  private var group: [Item] = []
  private var heads: [UInt8] = []
  private var depths: UInt64 = 0
  private var signs = [UInt8](repeating: 0, count: SuffixSigns.size)
  private(set) var listed = 0

  /// A record as it will stand in its group.
  private struct Item {
    let mark: UInt8
    let value: UInt64
    let extra: NameTable.Extra?
    let tail: UInt8
    let head: Int
  }

  /// Starts an image.
  ///
  /// - Parameters:
  ///   - records: how many come, at most.
  ///   - largestRule: the largest rule number; a larger one takes more room.
  ///   - tails: endings that many of the names share.
  ///   - put: takes chunks, one after the other: the image without its header.
  init(
    records: Int, largestRule: RuleNumber, tails: SharedTails,
    put: @escaping ([UInt8]) throws(Failure) -> Void
  ) {
    bucketCount = UInt64(max(1, records / NameTable.recordsPerBucket))
    valueWidth = max(1, (66 - (UInt64(largestRule)).leadingZeroBitCount + 7) / 8)
    self.tails = tails
    self.put = put
    directory.reserveCapacity(Int(bucketCount) + 1)
  }

  /// Adds a record; none with a lower hash may follow.
  mutating func add(_ record: NameRecord, hash: NameHash) throws(Failure) {
    let bucket = Int(truncatingIfNeeded: record.hash.multipliedFullWidth(by: bucketCount).high)
    try close(upTo: bucket)
    if group.count == NameTable.groupSize { try writeGroup() }
    directory[bucket] |= NameTable.sign(of: record.hash)
    let shared = tails.longest(of: record.name, hash: hash)
    let (value, extra) = encode(record)
    let head = record.name.count - shared.length
    group.append(
      Item(
        mark: UInt8(truncatingIfNeeded: record.hash), value: value, extra: extra,
        tail: shared.number, head: head))
    heads.append(contentsOf: UnsafeRawBufferPointer(rebasing: record.name[..<head]))
    let labels = record.labels
    depths |= 1 << UInt64(min(labels, 63))
    SuffixSigns.add(record, labels: labels, to: &signs)
    if !record.contents.subtracting(.protectedBelow).isEmpty { listed += 1 }
  }

  private func encode(_ record: NameRecord) -> (UInt64, NameTable.Extra?) {
    let limit = UInt64(1) << UInt64(8 * valueWidth - 2)
    switch record.contents {
    case .exactRule where UInt64(record.exactRule) < limit:
      return (UInt64(record.exactRule) << 2, nil)
    case .subtreeRule where UInt64(record.subtreeRule) < limit:
      return (UInt64(record.subtreeRule) << 2 | 1, nil)
    default:
      let extra = NameTable.Extra(
        exactRule: record.exactRule, subtreeRule: record.subtreeRule,
        protectedBelow: record.protectedBelow)
      return (UInt64(record.contents.rawValue & 31) << 2 | 2, extra)
    }
  }

  /// Ends all buckets before one.
  private mutating func close(upTo bucket: Int) throws(Failure) {
    guard directory.count <= bucket else { return }
    try writeGroup()
    while directory.count <= bucket { directory.append(UInt64(written + chunk.count)) }
  }

  private mutating func writeGroup() throws(Failure) {
    guard !group.isEmpty else { return }
    chunk.append(UInt8(group.count))
    for item in group { chunk.append(item.mark) }
    for item in group { chunk.append(UInt8(item.head)) }
    var head = 0
    for item in group {
      if let extra = item.extra { write(extra, of: item) }
      for place in 0..<valueWidth {
        chunk.append(UInt8(truncatingIfNeeded: item.value >> UInt64(8 * place)))
      }
      chunk.append(item.tail)
      chunk.append(contentsOf: heads[head..<(head + item.head)])
      head += item.head
    }
    group.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    precondition(written + chunk.count < NameImage.largest, "an index holds at most 4 GiB")
    try flush(all: false)
  }

  private mutating func write(_ extra: NameTable.Extra, of item: Item) {
    extras.append(number: UInt32(written + chunk.count))
    extras.append(number: UInt32(truncatingIfNeeded: item.value))
    extras.append(number: extra.exactRule)
    extras.append(number: extra.subtreeRule)
    extras.append(number: extra.protectedBelow)
  }

  /// Hands whole chunks over; with `all`, also what is left.
  private mutating func flush(all: Bool) throws(Failure) {
    while chunk.count >= NameImage.chunkSize || (all && !chunk.isEmpty) {
      let size = min(chunk.count, NameImage.chunkSize)
      let rest = Array(chunk[size...])
      chunk.removeSubrange(size...)
      sums.append(ImageChecksum.of(chunk))
      try put(chunk)
      written += size
      chunk.removeAll(keepingCapacity: true)
      chunk += rest
    }
  }

  /// Writes what follows the buckets, and returns the header of the image.
  mutating func finish(
    key: NameIndex.Key, notes: [UInt8]
  ) throws(Failure) -> [UInt8] {
    try close(upTo: Int(bucketCount))
    var header = NameImage.Header()
    header.valueWidth = valueWidth
    header.key = key
    header.depths = depths
    header.listed = listed
    header.bucketCount = Int(bucketCount)
    chunk += [UInt8](repeating: 0, count: NameTable.largestGroup)
    header.buckets = written + chunk.count
    for outline in directory {
      chunk.append(number: outline)
      if chunk.count >= NameImage.chunkSize { try flush(all: false) }
    }
    header.directory = NameTable.outlineSize * directory.count
    let shared = tails.encoded
    (header.tails, header.extras, header.notes) = (shared.count, extras.count, notes.count)
    chunk += signs + shared + extras + notes
    try flush(all: true)
    try put(sums.reduce(into: []) { $0.append(number: $1) })
    return header.encoded(over: sums)
  }
}
