internal import Glibc

/// Endings that many names of an index share, such as `com` or `pages.dev`: each is stored once.
///
/// Safety: names and endings are read inside the buffers that hold them.
struct SharedTails {
  /// The endings in wire form without the root label; the first, of number 1, at 0.
  private var endings: [[UInt8]] = []
  private var numbers: [UInt64: UInt8] = [:]
  private var depths: UInt64 = 0

  /// An index stores at most so many.
  static let limit = 255
  /// In a smaller sample nothing is gained.
  static let smallestSample = 256

  /// Stores no ending apart.
  init() {}

  /// Chooses the endings that save most octets.
  init(sample: [NameRecord], hash: NameHash) {
    guard sample.count >= Self.smallestSample else { return }
    var uses: [UInt64: (count: Int, ending: [UInt8], labels: Int)] = [:]
    for record in sample {
      hash.forEachSuffix(of: record.name, depths: .max) { suffix in
        guard suffix.labels > 0, !suffix.isWhole else { return }
        if uses[suffix.hash]?.count == nil {
          uses[suffix.hash] = (1, Array(suffix.octets), suffix.labels)
        } else {
          uses[suffix.hash]?.count += 1
        }
      }
    }
    let worthwhile = uses.filter { $0.value.count > 2 }.sorted {
      let (one, other) = (saving($0.value), saving($1.value))
      return (one, $0.key) > (other, $1.key)
    }
    for (hash, use) in worthwhile.prefix(Self.limit) {
      endings.append(use.ending)
      numbers[hash] = UInt8(endings.count)
      depths |= 1 << UInt64(min(use.labels, 63))
    }
    func saving(_ use: (count: Int, ending: [UInt8], labels: Int)) -> Int {
      use.count * (use.ending.count - 1)
    }
  }

  /// The longest ending of a name, by its number and its octets; 0 where there is none.
  func longest(
    of name: UnsafeRawBufferPointer, hash: NameHash
  ) -> (number: UInt8, length: Int) {
    var longest: (number: UInt8, length: Int) = (0, 0)
    guard depths != 0 else { return longest }
    hash.forEachSuffix(of: name, depths: depths) { suffix in
      guard !suffix.isWhole, let number = numbers[suffix.hash] else { return }
      let ending = endings[Int(number) - 1]
      if ending.elementsEqual(suffix.octets) { longest = (number, ending.count) }
    }
    return longest
  }

  /// As they stand in an image.
  var encoded: [UInt8] {
    var fields: [UInt8] = []
    var octets: [UInt8] = []
    fields.append(number: UInt32(256 * 4) << 8)
    for ending in endings {
      fields.append(number: UInt32(256 * 4 + octets.count) << 8 | UInt32(ending.count))
      octets += ending
    }
    while fields.count < 256 * 4 { fields.append(number: UInt32(256 * 4) << 8) }
    return fields + octets
  }
}
