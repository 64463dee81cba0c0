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
    found.sort {
      $0.signal != $1.signal
        ? $0.signal < $1.signal : $0.start != $1.start ? $0.start < $1.start : $0.end > $1.end
    }
    starts = [Int32](repeating: 0, count: signals + 1)
    merge(found, signals: signals)
  }

  /// Keeps one place where several overlap, and a bounded number for each signal.
  private mutating func merge(_ found: [Place], signals: Int) {
    var signal = 0
    var kept = 0
    places.reserveCapacity(found.count)
    for place in found {
      if Int(place.signal) != signal || places.isEmpty {
        while signal < Int(place.signal) {
          signal += 1
          starts[signal] = Int32(places.count)
        }
        kept = 0
      }
      if kept > 0, let last = places.last, place.start < last.end {
        places[places.count - 1].end = max(last.end, place.end)
      } else if kept < PageBounds.places {
        places.append(place)
        kept += 1
      } else {
        dropped[signal, default: 0] += 1
      }
    }
    while signal < signals {
      signal += 1
      starts[signal] = Int32(places.count)
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
