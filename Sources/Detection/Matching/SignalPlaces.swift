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

  /// Reads the matches of one scan.
  init(
    _ matches: borrowing MatchList, owners: [PatternOwner], signals: Int,
    octets: borrowing [UInt8], count: Int
  ) {
    var found: [Place] = []
    found.reserveCapacity(min(matches.count, 1_024))
    for index in 0..<matches.count {
      let match = matches[index]
      let owner = owners[Int(match.pattern)]
      let end = Int(match.end)
      let start =
        owner.length > 0
        ? end - owner.length
        : owner.finder.map { $0.start(of: end, in: octets) } ?? Int(match.start)
      guard start >= 0, start < end else { continue }
      if owner.needsBoundaryBefore, !WordBoundary.isBefore(start, in: octets) { continue }
      if owner.needsBoundaryBehind, !WordBoundary.isBehind(end, in: octets, count: count) {
        continue
      }
      found.append(
        Place(signal: Int32(owner.signal), start: Int32(start), end: Int32(end)))
    }
    starts = [Int32](repeating: 0, count: signals + 1)
    for place in found { starts[Int(place.signal) + 1] += 1 }
    for signal in 0..<signals { starts[signal + 1] += starts[signal] }
    gather(found, signals: signals)
  }

  /// Brings the places of each signal together, in order; keeps one where several overlap, and a
  /// bounded number for each signal.
  private mutating func gather(_ found: [Place], signals: Int) {
    guard !found.isEmpty else { return }
    var sorted = found
    var next = starts
    for place in found {
      sorted[Int(next[Int(place.signal)])] = place
      next[Int(place.signal)] += 1
    }
    places.reserveCapacity(found.count)
    for signal in 0..<signals {
      let range = Int(starts[signal])..<Int(starts[signal + 1])
      starts[signal] = Int32(places.count)
      guard !range.isEmpty else { continue }
      sorted[range].sort { $0.start != $1.start ? $0.start < $1.start : $0.end > $1.end }
      merge(sorted[range], of: signal)
    }
    starts[signals] = Int32(places.count)
  }

  private mutating func merge(_ sorted: ArraySlice<Place>, of signal: Int) {
    let first = places.count
    for place in sorted {
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
