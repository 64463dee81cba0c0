public import DomainNames

/// The names of known venues, and whether another name passes for one of them.
///
/// A likeness is a reason to look, and no more than that: whoever bears such a name may have every
/// right to it.
public struct VenueNames: Sendable {
  /// A name and the one that it resembles.
  public struct Likeness: Sendable, Hashable {
    /// The venue whose name is resembled.
    public var venue: String
    /// The venue's own name, as it is written.
    public var known: String
    /// How the two differ.
    public var variation: NameVariation
  }

  /// One label or alias to compare with.
  private struct Known: Sendable, Hashable {
    var venue: String
    var text: String
    var isWord: Bool
    var isAlias: Bool
  }

  private let suffixes: PublicSuffixes
  private var own: Set<DomainName> = []
  /// The labels of the venues' own names, by the names in full.
  private var ownTexts: [String: String] = [:]
  private var known: [String: Known] = [:]
  private var canonical: [[UInt8]: String] = [:]
  private var slips: [[UInt8]: [String]] = [:]

  /// Takes the venues; of two with the same label the first counts.
  ///
  /// Memory: a label of n characters is kept n + 2 times.
  public init(_ venues: some Sequence<KnownVenue>, suffixes: PublicSuffixes) {
    self.suffixes = suffixes
    for venue in venues {
      for domain in venue.domains {
        let registrable = suffixes.registrableDomain(of: domain) ?? domain
        own.insert(registrable)
        guard let label = registrable.labels.first else { continue }
        ownTexts[registrable.description] = String(decoding: label, as: UTF8.self)
        remember(
          Known(
            venue: venue.id, text: String(decoding: label, as: UTF8.self), isWord: venue.isWord,
            isAlias: false))
      }
      for alias in venue.aliases {
        remember(
          Known(venue: venue.id, text: alias, isWord: venue.isWord, isAlias: true))
      }
    }
  }

  private mutating func remember(_ entry: Known) {
    guard known[entry.text] == nil else { return }
    known[entry.text] = entry
    guard !entry.isAlias, Self.isComparable(entry.text, isWord: entry.isWord) else { return }
    let octets = Array(entry.text.utf8)
    canonical[LookAlikeForms.canonical(octets)] = entry.text
    for key in Self.deletions(of: octets) { slips[key, default: []].append(entry.text) }
  }

  /// Whether a label is long and odd enough for a slip in it to mean anything.
  static func isComparable(_ label: String, isWord: Bool) -> Bool {
    !isWord
      && (LookAlikeForms.shortestSlip...LookAlikeForms.longestSlip).contains(label.utf8.count)
  }

  /// Whether a name is a venue's own, or below one.
  public func isOwn(_ name: DomainName) -> Bool {
    suffixes.registrableDomain(of: name).map(own.contains) ?? false
  }

  /// The venue's name that a name resembles; nil for the venues' own names, and for all others.
  public func likeness(of name: DomainName) -> Likeness? {
    guard let domain = suffixes.registrableDomain(of: name), !own.contains(domain) else {
      return nil
    }
    let label = Self.text(of: domain)
    return whole(label) ?? joined(label) ?? slip(label)
      ?? labelsAbove(name, domain: domain, label: label)
  }

  // MARK: Ways to resemble

  /// The label itself under another suffix, or one that looks the same.
  private func whole(_ label: String) -> Likeness? {
    if let entry = known[label] {
      if entry.isAlias { return entry.isWord ? nil : likeness(entry, .transcription) }
      guard !entry.isWord, label.utf8.count >= LookAlikeForms.shortestJoined else { return nil }
      return likeness(entry, .otherSuffix)
    }
    let skeleton = Self.skeleton(of: label)
    if skeleton != label, let entry = known[skeleton], !entry.isWord {
      return likeness(entry, .homoglyph)
    }
    guard let text = canonical[LookAlikeForms.canonical(Array(skeleton.utf8))],
      let entry = known[text], text != label
    else { return nil }
    return likeness(entry, .homoglyph)
  }

  /// The label with words or digits before or after it.
  private func joined(_ label: String) -> Likeness? {
    let characters = Array(label)
    guard characters.count <= 40 else { return nil }
    for length in stride(from: characters.count - 1, through: 2, by: -1) {
      let head = String(characters[..<length])
      let tail = String(characters[(characters.count - length)...])
      if let entry = joinable(head), isExtra(characters[length...], to: entry) {
        return likeness(entry, entry.isAlias ? .transcription : .joinedWord)
      }
      if let entry = joinable(tail), isExtra(characters[..<(characters.count - length)], to: entry)
      {
        return likeness(entry, entry.isAlias ? .transcription : .joinedWord)
      }
    }
    return nil
  }

  private func joinable(_ text: String) -> Known? {
    guard let entry = known[text] else { return nil }
    if entry.isAlias { return entry }
    guard !entry.isWord, text.utf8.count >= LookAlikeForms.shortestJoined else { return nil }
    return entry
  }

  private func isExtra(_ characters: ArraySlice<Character>, to entry: Known) -> Bool {
    let text = String(characters)
    // A name in Chinese is the venue's whatever stands beside it.
    if entry.isAlias, !entry.isWord, !entry.text.utf8.allSatisfy({ $0 < 0x80 }) { return true }
    // Some transcriptions are words too: digits alone say nothing then.
    if entry.isWord, text.allSatisfy({ $0.isNumber || $0 == "-" }) { return false }
    return LookAlikeForms.isJoinedWords(text)
  }

  /// The label with one slip in it.
  private func slip(_ label: String) -> Likeness? {
    let octets = Array(Self.skeleton(of: label).utf8)
    guard octets.count <= LookAlikeForms.longestSlip + 1,
      !LookAlikeForms.ordinary.contains(label)
    else { return nil }
    for key in Self.deletions(of: octets) {
      for text in slips[key] ?? [] {
        guard let entry = known[text],
          let variation = LookAlikeForms.slip(from: Array(text.utf8), to: octets)
        else { continue }
        return likeness(entry, variation)
      }
    }
    return nil
  }

  /// The venue's name among the labels above the domain, or broken by a dot.
  private func labelsAbove(_ name: DomainName, domain: DomainName, label: String) -> Likeness? {
    let above = name.labels.dropLast(domain.labelCount).map { String(decoding: $0, as: UTF8.self) }
    // A network that serves a site's files puts the site's own name before `cdn`.
    guard let nearest = above.last, nearest != "cdn" else { return nil }
    if let entry = known[nearest + label], !entry.isAlias, entry.text.utf8.count >= 6 {
      return likeness(entry, .split)
    }
    // `www.binance.com.site.example`: the venue's whole name, in order.
    for start in above.indices {
      for end in above.indices.dropFirst(start + 1).prefix(3) {
        guard let label = ownTexts[above[start...end].joined(separator: ".")],
          let entry = known[label]
        else { continue }
        return likeness(entry, .below)
      }
    }
    return nil
  }

  private func likeness(_ entry: Known, _ variation: NameVariation) -> Likeness {
    Likeness(venue: entry.venue, known: entry.text, variation: variation)
  }

  // MARK: Forms

  private static func text(of domain: DomainName) -> String {
    guard let label = domain.labels.first else { return "" }
    guard label.starts(with: "xn--".utf8) else { return String(decoding: label, as: UTF8.self) }
    return domain.unicode.prefix { $0 != "." }.lowercased()
  }

  private static func skeleton(of label: String) -> String {
    guard !label.utf8.allSatisfy({ $0 < 0x80 }), let name = try? DomainName(international: label)
    else { return label }
    return name.asciiSkeleton
  }

  /// The text, and the text with each single character left out; two texts one slip apart share one.
  private static func deletions(of octets: [UInt8]) -> Set<[UInt8]> {
    var keys: Set<[UInt8]> = [octets]
    for index in octets.indices {
      var shorter = octets
      shorter.remove(at: index)
      keys.insert(shorter)
    }
    return keys
  }
}
