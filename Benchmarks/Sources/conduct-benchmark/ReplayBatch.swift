/// A batch of posts that can be handed in again and again, each time under other ids.
struct ReplayBatch {
  /// The lines; each id begins with `p` and as many zeros as the number of a replay has digits.
  let octets: [UInt8]
  /// Where in each line that number stands.
  let places: [Int]

  /// The number of a replay as it stands in posts that were just made.
  static let blank = "0000000000"

  /// The same posts as they are handed in the next time.
  func renamed(replay: Int) -> [UInt8] {
    let digits = Array(String(replay + 10_000_000_000).utf8.dropFirst())
    var renamed = octets
    for place in places {
      for offset in 0..<digits.count { renamed[place + offset] = digits[offset] }
    }
    return renamed
  }

  /// The batch in smaller ones of so many posts.
  func cut(_ posts: Int) -> [ReplayBatch] {
    stride(from: 0, to: places.count, by: posts).map { first in
      let end = first + posts < places.count ? places[first + posts] - 8 : octets.count
      let start = places[first] - 8
      return ReplayBatch(
        octets: Array(octets[start..<end]),
        places: places[first..<min(first + posts, places.count)].map { $0 - start })
    }
  }
}
