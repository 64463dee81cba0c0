public import Detection
internal import DomainNames

/// Which names in new certificates are worth a look.
public struct LeadRules: Sendable {
  private let names: VenueNames
  private let keywords: [String]

  /// Takes the venues' names, and words of which one in a name is enough; short words are noise.
  public init(names: VenueNames, keywords: [String] = []) {
    self.names = names
    self.keywords = keywords.map { $0.lowercased() }.filter { $0.utf8.count >= 4 }
  }

  /// The leads in an entry: each name once, for its first reason.
  func leads(in entry: CTEntry, number: UInt64) -> [NameLead] {
    var seen: Set<String> = []
    return entry.names.compactMap { text in
      let plain = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
      guard seen.insert(plain).inserted, let reason = reason(for: plain) else { return nil }
      return NameLead(name: plain, reason: reason, entry: number, time: entry.time)
    }
  }

  private func reason(for text: String) -> NameLead.Reason? {
    guard let name = try? DomainName(presentation: text), !names.isOwn(name) else { return nil }
    if let likeness = names.likeness(of: name) {
      return .likeness(
        venue: likeness.venue, known: likeness.known, variation: likeness.variation.rawValue)
    }
    let unicode = name.unicode
    return keywords.first { unicode.contains($0) }.map { .keyword($0) }
  }
}
