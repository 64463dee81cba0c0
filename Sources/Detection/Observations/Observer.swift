/// Puts together what one subject shows.
struct Observer {
  let compiled: CompiledPacks
  let text: ObservedText
  let places: SignalPlaces
  let reading: PageReading?
  let page: WebAddress?
  var tally: SignalTally
  var wallets: [WalletAddress] = []
  /// Places in the folded text of the groups that the engine forms itself.
  var builtIn: [BuiltInGroup: [Range<Int>]] = [:]

  init(
    compiled: CompiledPacks, text: ObservedText, places: SignalPlaces, reading: PageReading?,
    page: WebAddress?
  ) {
    self.compiled = compiled
    self.text = text
    self.places = places
    self.reading = reading
    self.page = page
    tally = SignalTally(text)
  }

  /// The places of one of the engine's own helpers.
  func places(_ name: BuiltInPatterns.Name) -> ArraySlice<SignalPlaces.Place> {
    compiled.numbers[name.rawValue].map { places[$0] } ?? []
  }

  // MARK: Signals of packs

  /// Counts the signals of all packs where their rules hold.
  mutating func countSignals() {
    for place in places.places where !compiled.signals[Int(place.signal)].isHidden {
      let signal = compiled.signals[Int(place.signal)]
      let range = place.range
      if signal.rules.allSatisfy({ holds($0, at: range, of: Int(place.signal)) }) {
        tally.add(
          signal.signal.id, role: signal.signal.role, weight: signal.signal.weight, at: range)
      }
    }
    for (number, signal) in compiled.signals.enumerated() where !signal.isHidden {
      if signal.rules.isEmpty { tally.addDropped(signal.signal.id, places.dropped(number)) }
      if signal.signal.minimumCount > 1 {
        tally.require(signal.signal.id, minimumCount: signal.signal.minimumCount)
      }
    }
  }

  private func holds(_ rule: CompiledRule, at range: Range<Int>, of signal: Int) -> Bool {
    switch rule {
    case .near(let group, let octets, let characters, let isWanted):
      isNear(group, range, octets: octets, characters: characters, of: signal) == isWanted
    case .regions(let wanted, let isWanted):
      text.text.regions(at: range.lowerBound).isDisjoint(with: wanted) != isWanted
    }
  }

  private func isNear(
    _ group: GroupNumber, _ range: Range<Int>, octets: Int, characters: Int, of signal: Int
  ) -> Bool {
    for other in group.signals {
      let slice = places[other]
      // A place may begin well before it comes near: patterns are bounded, so this is far enough.
      var index = SignalPlaces.first(from: range.lowerBound - octets - 1_024, in: slice)
      while index < slice.endIndex, Int(slice[index].start) <= range.upperBound + octets {
        let place = slice[index].range
        if !(other == signal && place == range),
          isWithin(characters, octets: octets, range, place)
        {
          return true
        }
        index += 1
      }
    }
    guard let name = group.builtIn else { return false }
    return builtIn[name, default: []].contains {
      isWithin(characters, octets: octets, range, $0)
    }
  }

  /// Whether at most so many characters stand between two places of the folded text.
  func isWithin(
    _ characters: Int, octets: Int, _ one: Range<Int>, _ other: Range<Int>
  ) -> Bool {
    let gap =
      one.upperBound <= other.lowerBound
      ? one.upperBound..<other.lowerBound
      : other.upperBound <= one.lowerBound ? other.upperBound..<one.lowerBound : 0..<0
    return gap.count <= octets && (gap.count <= characters || text.characters(gap) <= characters)
  }

  /// Counts a signal that the markup meets.
  mutating func countMarkup(_ number: Int, regions: RegionSet, location: Evidence.Location) {
    let signal = compiled.signals[number]
    for case .regions(let wanted, let isWanted) in signal.rules
    where regions.isDisjoint(with: wanted) == isWanted { return }
    tally.add(
      signal.signal.id, role: signal.signal.role, weight: signal.signal.weight, regions: regions,
      location: location)
  }
}
