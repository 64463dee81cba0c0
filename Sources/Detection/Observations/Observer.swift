/// The host of a link, and what is known of it.
struct LinkHost {
  /// From the beginning of the link to the end of the host, in the original.
  let prefix: Range<Int>
  let isVenue: Bool
  /// Whether a signal asks for it.
  let isAskedFor: Bool
}

/// Puts together what one subject shows.
struct Observer {
  let compiled: CompiledPacks
  let text: ObservedText
  let places: SignalPlaces
  let reading: PageReading?
  /// The host of the page; nil where its address is not known or has none.
  let pageHost: String?
  /// Whether the page is on a host of a known venue.
  let isOnVenue: Bool
  var tally: SignalTally
  var wallets: [WalletAddress] = []
  /// Places in the folded text of the groups that the engine forms itself.
  var builtIn: [BuiltInGroup: [Range<Int>]] = [:]
  /// The host of the last link, and what is known of it.
  var lastHost: LinkHost?

  init(
    compiled: CompiledPacks, text: ObservedText, places: SignalPlaces, reading: PageReading?,
    pageHost: String?, evidence: Int
  ) {
    self.compiled = compiled
    self.text = text
    self.places = places
    self.reading = reading
    self.pageHost = pageHost
    isOnVenue = pageHost.map { compiled.venues.venue(of: $0) != nil } ?? false
    tally = SignalTally(text, compiled, evidence: evidence)
  }

  /// The places of one of the engine's own helpers.
  func places(_ name: BuiltInPatterns.Name) -> ArraySlice<SignalPlaces.Place> {
    places[compiled.helpers[name.rawValue]]
  }

  // MARK: Signals of packs

  /// Counts the signals of all packs where their rules hold.
  mutating func countSignals() {
    places.forEachSignal { number, places in
      let signal = compiled.signals[number]
      guard !signal.isHidden else { return }
      guard !signal.rules.isEmpty else {
        tally.add(signal, at: places, dropped: self.places.dropped(number))
        return
      }
      let met = places.filter { place in
        signal.rules.allSatisfy { holds($0, at: place.range, of: number) }
      }
      tally.add(signal, at: met, dropped: 0)
    }
  }

  private func holds(_ rule: CompiledRule, at range: Range<Int>, of signal: Int) -> Bool {
    switch rule {
    case .near(let group, let octets, let characters, let isWanted):
      isNear(group, range, octets: octets, characters: characters, of: signal) == isWanted
    case .regions(let wanted, let isWanted):
      text.regions(at: range.lowerBound).isDisjoint(with: wanted) != isWanted
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
    tally.add(signal, regions: regions, location: location)
  }
}
