/// What a resolver has without an index: a set of names, and walks over the names above a query.
struct SuffixSet {
  let names: Set<String>
  /// The octets by which the process grew when the set was made.
  let octets: Int

  /// Makes the set of the first names of a seed.
  ///
  /// The growth says something only while nothing was freed before: make all sets first, and keep
  /// them.
  init(_ count: Int, seed: UInt64) {
    let before = Stopwatch.residentOctets()
    var generator = VenueNames(seed: seed)
    var names: Set<String> = []
    names.reserveCapacity(count)
    while names.count < count { names.insert(generator.next()) }
    self.names = names
    self.octets = Stopwatch.residentOctets() - before
  }

  /// The walk as anyone writes it first: lower case, split by dots, join every suffix, ask the set.
  func coversPlainly(_ query: String) -> Bool {
    let labels = query.lowercased().split(separator: ".")
    return labels.indices.contains { start in
      names.contains(labels[start...].joined(separator: "."))
    }
  }

  /// The walk with care: one text in lower case, whose suffixes are cut and not joined.
  func coversCarefully(_ query: String) -> Bool {
    var suffix = Substring(query.lowercased())
    while true {
      if names.contains(String(suffix)) { return true }
      guard let dot = suffix.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
      suffix = suffix[suffix.utf8.index(after: dot)...]
    }
  }
}
