public import DomainNames

/// Making the names that would pass for a venue's.
extension VenueNames {
  /// The most names that are made of one.
  public static let madeLimit = 20_000

  /// Suffixes under which a name is tried: those that such sites take most.
  static let suffixesTried = [
    "com", "net", "org", "io", "co", "cc", "me", "top", "xyz", "vip", "app", "pro", "info", "site",
    "online", "shop", "club", "live", "one", "cn", "hk", "tw", "us", "biz", "win", "fun", "ink",
  ]

  /// Names that differ from a venue's domain in one way, each of which `likeness` tells again.
  ///
  /// Kinds that say nothing of this label, because it is short or a word, are left out.
  public static func variations(
    of domain: DomainName, isWord: Bool = false
  ) -> [(name: DomainName, variation: NameVariation)] {
    guard let first = domain.labels.first, let parent = domain.parent else { return [] }
    let label = Array(first)
    let text = String(decoding: label, as: UTF8.self)
    var made = Made(own: domain, suffix: parent)
    guard !isWord, label.count >= LookAlikeForms.shortestJoined else { return [] }
    for suffix in suffixesTried {
      made.add(text, under: suffix, .otherSuffix)
    }
    for word in LookAlikeForms.words {
      made.add("\(text)-\(word)", .joinedWord)
      made.add("\(word)\(text)", .joinedWord)
    }
    made.add("\(text).\(domain.parent?.description ?? "").site", under: "top", .below)
    guard isComparable(text, isWord: isWord) else { return made.names }
    for changed in changes(of: label) {
      made.add(String(decoding: changed, as: UTF8.self), nil)
    }
    for (index, octet) in label.enumerated() {
      for look in homoglyphs[octet] ?? [] {
        let head = String(decoding: label[..<index], as: UTF8.self)
        let tail = String(decoding: label[(index + 1)...], as: UTF8.self)
        made.add(head + look + tail, .homoglyph)
      }
    }
    for index in 1..<label.count {
      let head = String(decoding: label[..<index], as: UTF8.self)
      made.add("\(head).\(String(decoding: label[index...], as: UTF8.self))", .split)
    }
    return made.names
  }

  /// Collects names, each once.
  private struct Made {
    let own: DomainName
    let suffix: DomainName
    var names: [(name: DomainName, variation: NameVariation)] = []
    private var seen: Set<DomainName> = []

    init(own: DomainName, suffix: DomainName) {
      self.own = own
      self.suffix = suffix
    }

    mutating func add(
      _ text: String, under suffix: String? = nil, _ variation: NameVariation?
    ) {
      guard names.count < VenueNames.madeLimit, !text.hasPrefix("-"), !text.hasSuffix("-"),
        let name = try? DomainName(
          international: "\(text).\(suffix ?? self.suffix.description)"),
        name != own, !LookAlikeForms.ordinary.contains(text), seen.insert(name).inserted
      else { return }
      let label = own.labels.first.map(Array.init) ?? []
      let kind = variation ?? LookAlikeForms.slip(from: label, to: Array(text.utf8))
      if let kind { names.append((name, kind)) }
    }
  }

  /// All texts one slip away, of letters, digits and the hyphen.
  private static func changes(of label: [UInt8]) -> [[UInt8]] {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
    var changes: [[UInt8]] = []
    for index in label.indices {
      changes.append(Array(label[..<index] + label[(index + 1)...]))
      changes += letters.map { Array(label[..<index] + [$0] + label[(index + 1)...]) }
      changes += letters.map { Array(label[..<index] + [$0] + label[index...]) }
      guard index + 1 < label.count else { continue }
      var swapped = label
      swapped.swapAt(index, index + 1)
      changes.append(swapped)
    }
    return changes + letters.map { label + [$0] }
  }

  /// What passes for a letter at a glance.
  private static let homoglyphs: [UInt8: [String]] = [
    UInt8(ascii: "a"): ["а", "á", "ạ"], UInt8(ascii: "c"): ["с", "ç"],
    UInt8(ascii: "e"): ["е", "é", "3"], UInt8(ascii: "i"): ["і", "í", "1", "l"],
    UInt8(ascii: "l"): ["1", "i"], UInt8(ascii: "m"): ["rn"], UInt8(ascii: "n"): ["ñ", "ń"],
    UInt8(ascii: "o"): ["о", "0", "ö"], UInt8(ascii: "p"): ["р"], UInt8(ascii: "s"): ["ѕ", "5"],
    UInt8(ascii: "u"): ["ü", "ú"], UInt8(ascii: "w"): ["vv"], UInt8(ascii: "x"): ["х"],
    UInt8(ascii: "y"): ["у", "ý"],
  ]
}
