/// Where the patterns of all signals are met in one text, by signal.
struct SignalPlaces {
  /// By signal, then by start; places of one signal do not overlap.
  private(set) var places: [Place] = []
  /// The first place of each signal, and of the end.
  private var starts: [Int32]
  /// How often each signal was met beyond the places that are kept.
  private var dropped: [Int: Int] = [:]

  /// A place of a signal in the folded text.
  struct Place: Hashable {
    var signal: Int32
    var start: Int32
    var end: Int32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// Reads the matches in the workspace's text, of so many octets, with its padding.
  ///
  /// The first `placed` matches tell where they begin. Where the others do is looked for if it is
  /// wanted; if not, a match of an expression stands at its last octet.
  init(
    _ workspace: Workspace, compiled: CompiledPacks, count: Int, padded: Int, placed: Int,
    wantsStarts: Bool
  ) {
    let owners = compiled.owners
    let signals = compiled.signals.count
    var found: [Place] = []
    let matched = workspace.matches.count
    found.reserveCapacity(min(matched, 1_024))
    // Ends of regular expressions, with their patterns above them.
    var ends: [UInt64] = []
    for index in 0..<placed {
      let match = workspace.matches[index]
      found.append(
        Place(
          signal: Int32(owners[Int(match.pattern)].signal), start: Int32(match.start),
          end: Int32(match.end)))
    }
    for index in placed..<matched {
      let match = workspace.matches[index]
      let owner = owners[Int(match.pattern)]
      let end = Int(match.end)
      guard end <= count else { continue }
      guard owner.length > 0 || !wantsStarts else {
        ends.append(UInt64(match.pattern) << 32 | UInt64(match.end))
        continue
      }
      let start = end - max(1, owner.length)
      guard start >= 0 else { continue }
      if owner.needsBoundaryBefore, !WordBoundary.isBefore(start, in: workspace.octets) { continue }
      if owner.needsBoundaryBehind,
        !WordBoundary.isBehind(end, in: workspace.octets, count: count)
      {
        continue
      }
      found.append(
        Place(signal: Int32(owner.signal), start: Int32(start), end: Int32(end)))
    }
    if !ends.isEmpty { Self.find(&ends, workspace, padded, compiled, &found) }
    starts = [Int32](repeating: 0, count: signals + 1)
    for place in found { starts[Int(place.signal) + 1] += 1 }
    addUpStarts()
    gather(found)
  }

  /// Finds where the matches of regular expressions begin, one pattern after the other.
  private static func find(
    _ ends: inout [UInt64], _ workspace: Workspace, _ padded: Int, _ compiled: CompiledPacks,
    _ found: inout [Place]
  ) {
    ends.sort()
    var first = 0
    while first < ends.count {
      let pattern = Int(ends[first] >> 32)
      var last = first
      while last + 1 < ends.count, Int(ends[last + 1] >> 32) == pattern { last += 1 }
      let signal = Int32(compiled.owners[pattern].signal)
      let own = ends[first...last].map { Int($0 & 0xFFFF_FFFF) }
      compiled.finders[pattern]?.matches(
        endingAt: own[...], in: workspace.octets, count: padded, scratch: workspace.scratch,
        into: &workspace.matches
      ) { match in
        found.append(
          Place(
            signal: signal, start: Int32(match.lowerBound),
            end: Int32(match.upperBound)))
      }
      first = last + 1
    }
  }

  /// Brings the places of each signal together, in order; keeps one where several overlap, and a
  /// bounded number for each signal.
  private mutating func gather(_ found: [Place]) {
    guard !found.isEmpty else { return }
    var sorted = found
    var next = starts
    for place in found {
      sorted[Int(next[Int(place.signal)])] = place
      next[Int(place.signal)] += 1
    }
    places.reserveCapacity(found.count)
    var index = 0
    while index < sorted.count {
      let signal = Int(sorted[index].signal)
      let range = index..<Int(starts[signal + 1])
      // Those of one pattern mostly come in order.
      if !range.dropLast().allSatisfy({ Self.isInOrder(sorted[$0], sorted[$0 + 1]) }) {
        sorted[range].sort { $0 != $1 && Self.isInOrder($0, $1) }
      }
      merge(sorted, range, of: signal)
      index = range.upperBound
    }
    guard places.count < found.count else { return }
    for signal in starts.indices { starts[signal] = 0 }
    for place in places { starts[Int(place.signal) + 1] += 1 }
    addUpStarts()
  }

  /// Makes places of how often each signal is met, which stands behind it.
  private mutating func addUpStarts() {
    var sum: Int32 = 0
    for signal in starts.indices {
      sum &+= starts[signal]
      starts[signal] = sum
    }
  }

  private static func isInOrder(_ one: Place, _ other: Place) -> Bool {
    one.start != other.start ? one.start < other.start : one.end >= other.end
  }

  private mutating func merge(_ sorted: [Place], _ range: Range<Int>, of signal: Int) {
    let first = places.count
    for index in range {
      let place = sorted[index]
      if places.count > first, place.start < places[places.count - 1].end {
        places[places.count - 1].end = max(places[places.count - 1].end, place.end)
      } else if places.count - first < PageBounds.places {
        places.append(place)
      } else {
        dropped[signal, default: 0] += 1
      }
    }
  }

  /// Calls a closure for each signal that is met, with its places.
  func forEachSignal(_ body: (Int, ArraySlice<Place>) -> Void) {
    var index = 0
    while index < places.count {
      let signal = Int(places[index].signal)
      let end = Int(starts[signal + 1])
      body(signal, places[index..<end])
      index = end
    }
  }

  /// The places of a signal.
  subscript(signal: Int) -> ArraySlice<Place> {
    places[Int(starts[signal])..<Int(starts[signal + 1])]
  }

  /// How often a signal was met beyond the places that are kept.
  func dropped(_ signal: Int) -> Int { dropped[signal] ?? 0 }

  /// The first place from an offset on, as an index of `slice`.
  static func first(from offset: Int, in slice: ArraySlice<Place>) -> Int {
    var low = slice.startIndex
    var high = slice.endIndex
    while low < high {
      let middle = (low + high) / 2
      if Int(slice[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
