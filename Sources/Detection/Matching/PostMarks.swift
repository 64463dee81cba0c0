/// What a text must show before it can be about crypto: something that names it, or an address.
///
/// A mark is looked for more widely than its signal is met: its context is not asked for. So a text
/// without marks certainly meets no signal that names crypto.
struct PostMarks: Sendable {
  /// The patterns of the marks.
  let database: PatternDatabase
  /// Whose they are, for the ends of words.
  let owners: [PatternOwner]

  /// Whether one of the matches of a scan is a mark.
  func areMet(
    by matches: borrowing MatchList, in octets: borrowing [UInt8], count: Int
  ) -> Bool {
    // Where not all matches were kept, one that counts may be among the others.
    if matches.isFull { return true }
    for index in 0..<matches.count {
      let match = matches[index]
      let owner = owners[Int(match.pattern)]
      let end = Int(match.end)
      guard end <= count else { continue }
      if owner.needsBoundaryBefore, !WordBoundary.isBefore(end - owner.length, in: octets) {
        continue
      }
      if owner.needsBoundaryBehind, !WordBoundary.isBehind(end, in: octets, count: count) {
        continue
      }
      return true
    }
    return false
  }
}
