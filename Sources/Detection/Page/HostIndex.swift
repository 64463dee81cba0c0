/// Hosts to numbers, looked up by octets with all their parents in one walk from the end.
struct HostIndex: Sendable {
  private var keys = [UInt64](repeating: 0, count: 64)
  private var values = [Int32](repeating: -1, count: 64)
  private(set) var hosts: [String] = []

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let factor: UInt64 = 0x0000_0100_0000_01B3

  /// The number of a host, which is added where it is new.
  mutating func add(_ host: String) -> Int {
    let octets = Array(host.utf8)
    if let number = numbers(octets, 0..<octets.count).first(where: { $0.isWhole })?.number {
      return number
    }
    if hosts.count * 3 > keys.count { grow() }
    insert(octets.reversed().reduce(Self.seed, Self.mix), Int32(hosts.count))
    hosts.append(host)
    return hosts.count - 1
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ octet: UInt8) -> UInt64 {
    (hash ^ UInt64(octet &- 0x41 < 26 ? octet | 0x20 : octet)) &* factor
  }

  private mutating func grow() {
    let entries = zip(keys, values).filter { $0.1 >= 0 }
    keys = [UInt64](repeating: 0, count: keys.count * 4)
    values = [Int32](repeating: -1, count: keys.count)
    for (key, value) in entries { insert(key, value) }
  }

  private mutating func insert(_ key: UInt64, _ value: Int32) {
    var slot = Self.slot(of: key, among: keys.count)
    while values[slot] >= 0 { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    values[slot] = value
  }

  private static func slot(of key: UInt64, among count: Int) -> Int {
    Int((key ^ key >> 32) & UInt64(count - 1))
  }

  /// The numbers of a host and of its parents that are known, the shortest first.
  ///
  /// Letter case does not matter. Equal hashes are taken for equal hosts: what is found is compared.
  func numbers(
    _ octets: borrowing [UInt8], _ range: Range<Int>
  ) -> [(number: Int, isWhole: Bool)] {
    guard !hosts.isEmpty else { return [] }
    var found: [(number: Int, isWhole: Bool)] = []
    var hash = Self.seed
    var at = range.upperBound
    while at > range.lowerBound {
      at -= 1
      hash = Self.mix(hash, octets[at])
      let isWhole = at == range.lowerBound
      guard isWhole || octets[at - 1] == 0x2E else { continue }
      var slot = Self.slot(of: hash, among: keys.count)
      while values[slot] >= 0 {
        let number = Int(values[slot])
        if keys[slot] == hash, Self.isSame(hosts[number], octets, at..<range.upperBound) {
          found.append((number, isWhole))
        }
        slot = (slot + 1) & (keys.count - 1)
      }
    }
    return found
  }

  private static func isSame(
    _ host: String, _ octets: borrowing [UInt8], _ range: Range<Int>
  ) -> Bool {
    guard host.utf8.count == range.count else { return false }
    for (offset, octet) in host.utf8.enumerated() {
      let other = octets[range.lowerBound + offset]
      if octet != (other &- 0x41 < 26 ? other | 0x20 : other) { return false }
    }
    return true
  }
}
