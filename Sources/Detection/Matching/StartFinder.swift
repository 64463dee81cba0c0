internal import Synchronization

/// Finds where the matches of one pattern begin whose ends are known.
///
/// The pattern is compiled for that when it is first met, and once: most patterns are not met by most
/// texts, and all of them together take longer to compile than everything else.
final class StartFinder: Sendable {
  private let pattern: PatternDatabase.Pattern
  private let means = Mutex<Means?>(nil)

  private enum Means {
    /// The pattern alone, which tells where its matches begin, and how far before their ends they may.
    case reading(PatternDatabase, reach: Reach)
    /// The pattern alone, too large for Vectorscan to keep account of beginnings.
    case halving(PatternDatabase)
    /// There was no memory.
    case none
  }

  /// Takes a pattern that compiles together with others.
  init(_ pattern: PatternDatabase.Pattern) {
    self.pattern = pattern
  }

  /// How far before an end its beginning is searched for.
  private enum Reach {
    /// Nothing that ends there begins more octets before it.
    case octets(Int)
    /// To the beginning of a line ``StartFinder/reach`` octets before it or more.
    case line
  }

  /// Octets before an end in which the beginning is searched for, at least, where there is no bound.
  private static let reach = 1_024
  /// Octets before an end beyond which no line is waited for to begin.
  private static let longestReach = 4_096

  private func ready() -> Means {
    means.withLock { means in
      if let means { return means }
      let made = Self.compile(pattern)
      means = made
      return made
    }
  }

  private static func compile(_ pattern: PatternDatabase.Pattern) -> Means {
    var pattern = pattern
    pattern.tellsStart = true
    if let database = try? PatternDatabase([pattern]) {
      let longest = PatternDatabase.longestMatch(of: pattern) ?? .max
      return .reading(database, reach: longest < reach ? .octets(longest) : .line)
    }
    pattern.tellsStart = false
    return (try? PatternDatabase([pattern])).map { .halving($0) } ?? .none
  }

  /// The matches that end at some offsets, which ascend.
  ///
  /// - Parameters:
  ///   - ends: where the pattern was found to end.
  ///   - octets: the folded text, padded.
  ///   - count: how many count, with the padding.
  ///   - scratch: memory for scans.
  ///   - found: room for matches; empty when it returns.
  ///   - body: is called with each match.
  func matches(
    endingAt ends: ArraySlice<Int>, in octets: borrowing [UInt8], count: Int,
    scratch: PatternDatabase.Scratch, into found: inout MatchList, _ body: (Range<Int>) -> Void
  ) {
    switch ready() {
    case .none:
      for end in ends { body(max(0, end - 1)..<end) }
    case .halving(let database):
      scratch.fit(database)
      for end in ends {
        let reach = Self.windowEnd(behind: end, in: octets, count: count)
        let start = Self.start(of: end, in: octets, upTo: reach, database, scratch)
        if start < end { body(start..<end) }
      }
    case .reading(let database, let reach):
      scratch.fit(database)
      var rest = ends
      while let first = rest.first {
        // What lies close together is read in one go.
        let start = Self.windowStart(before: first, reach, in: octets)
        var last = rest.startIndex
        while last + 1 < rest.endIndex,
          Self.windowStart(before: rest[last + 1], reach, in: octets) <= rest[last]
        {
          last += 1
        }
        let group = rest[...last]
        found.removeAll()
        let end = Self.windowEnd(behind: rest[last], in: octets, count: count)
        database.scan(octets, in: start..<end, scratch: scratch, into: &found)
        for index in 0..<found.count where Self.holds(group, Int(found[index].end)) {
          let match = Int(found[index].start)..<Int(found[index].end)
          if !match.isEmpty { body(match) }
        }
        rest = rest[(last + 1)...]
      }
      found.removeAll()
    }
  }

  private static func holds(_ ends: ArraySlice<Int>, _ end: Int) -> Bool {
    var low = ends.startIndex
    var high = ends.endIndex
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < end { low = middle + 1 } else { high = middle }
    }
    return low < ends.endIndex && ends[low] == end
  }

  /// Where to begin to read for a match that ends at an offset: a character before all that can match, or
  /// at the beginning of a line, so that nothing looks like the beginning of a word that is none.
  private static func windowStart(
    before end: Int, _ reach: Reach, in octets: borrowing [UInt8]
  ) -> Int {
    if case .octets(let longest) = reach {
      var start = max(0, end - longest - 1)
      while start > 0, octets[start] & 0xC0 == 0x80 { start -= 1 }
      return start
    }
    let furthest = max(0, end - longestReach)
    var start = max(0, end - Self.reach)
    while start > furthest, octets[start] != 0x0A { start -= 1 }
    while start < end - 1, octets[start] & 0xC0 == 0x80 { start += 1 }
    return start
  }

  /// The end of a character some way behind an offset, so that it is seen whether a word ends there.
  static func windowEnd(
    behind offset: Int, in octets: borrowing [UInt8], count: Int
  ) -> Int {
    var end = min(offset + Workspace.padding, count)
    while end < count, octets[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// The last offset from which on a pattern matches up to an end.
  ///
  /// What ends at an offset matches from one place on and from all before it, so that the last place
  /// can be searched for by halves.
  private static func start(
    of end: Int, in octets: borrowing [UInt8], upTo reading: Int, _ database: PatternDatabase,
    _ scratch: PatternDatabase.Scratch
  ) -> Int {
    var low = max(0, end - reach)
    var high = end - 1
    while low < high {
      var middle = (low + high + 1) / 2
      while middle < high, octets[middle] & 0xC0 == 0x80 { middle += 1 }
      if database.matches(octets, in: middle..<reading, upTo: end, scratch: scratch) {
        low = middle
      } else {
        high = middle - 1
        while high > low, octets[high] & 0xC0 == 0x80 { high -= 1 }
      }
    }
    while low < end - 1, octets[low] & 0xC0 == 0x80 { low += 1 }
    return low
  }
}
