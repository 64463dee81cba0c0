/// Keccak-256 as Ethereum and Monero use it: padded with 0x01, unlike SHA-3 (FIPS 202).
enum Keccak {
  private static let rate = 136

  /// The hash of a message, 32 octets.
  static func hash256(_ message: [UInt8]) -> [UInt8] {
    var padded = message + [0x01]
    padded += [UInt8](repeating: 0, count: (rate - padded.count % rate) % rate)
    padded[padded.count - 1] |= 0x80
    var state = [UInt64](repeating: 0, count: 25)
    for block in stride(from: 0, to: padded.count, by: rate) {
      for lane in 0..<rate / 8 {
        let start = block + lane * 8
        state[lane] ^= padded[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      }
      permute(&state)
    }
    return state.prefix(4).flatMap { lane in
      (0..<8).map { UInt8(truncatingIfNeeded: lane >> UInt64(8 * $0)) }
    }
  }

  /// Keccak-f[1600] (FIPS 202, Section 3.3).
  private static func permute(_ a: inout [UInt64]) {
    for constant in constants {
      let columns = (0..<5).map { x in stride(from: x, to: 25, by: 5).reduce(0) { $0 ^ a[$1] } }
      for x in 0..<5 {
        let parity = columns[(x + 4) % 5] ^ turn(columns[(x + 1) % 5], 1)
        for y in stride(from: 0, to: 25, by: 5) { a[x + y] ^= parity }
      }
      var moving = a[1]
      for (lane, bits) in steps {
        (moving, a[lane]) = (a[lane], turn(moving, bits))
      }
      for y in stride(from: 0, to: 25, by: 5) {
        let row = Array(a[y..<y + 5])
        for x in 0..<5 { a[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]) }
      }
      a[0] ^= constant
    }
  }

  private static func turn(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }

  /// Where each lane goes (π), and by how many bits it turns (ρ).
  private static let steps: [(lane: Int, bits: UInt64)] = {
    var steps: [(lane: Int, bits: UInt64)] = []
    var (x, y) = (1, 0)
    for step in 0..<24 {
      (x, y) = (y, (2 * x + 3 * y) % 5)
      steps.append((x + 5 * y, UInt64((step + 1) * (step + 2) / 2 % 64)))
    }
    return steps
  }()

  private static let constants: [UInt64] = [
    0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A,
    0x8000_0000_8000_8000, 0x0000_0000_0000_808B, 0x0000_0000_8000_0001,
    0x8000_0000_8000_8081, 0x8000_0000_0000_8009, 0x0000_0000_0000_008A,
    0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
    0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089,
    0x8000_0000_0000_8003, 0x8000_0000_0000_8002, 0x8000_0000_0000_0080,
    0x0000_0000_0000_800A, 0x8000_0000_8000_000A, 0x8000_0000_8000_8081,
    0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
  ]
}
