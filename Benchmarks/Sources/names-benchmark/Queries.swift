import DomainNames

/// Queries of one kind, each in the two forms that the contenders take.
struct Queries {
  let title: String
  /// As they stand in a message: uncompressed wire form, letters of both cases.
  let wires: [[UInt8]]
  /// As text, for sets of strings: they are not charged for making it.
  let texts: [String]
  /// Whether each of them is covered by a rule, or none is.
  let areCovered: Bool

  init(_ title: String, _ texts: [String], areCovered: Bool) {
    self.title = title
    self.texts = texts
    self.wires = texts.map(Self.wire)
    self.areCovered = areCovered
  }

  /// Wire form with the letter case kept, as clients send it.
  private static func wire(_ text: String) -> [UInt8] {
    var octets: [UInt8] = []
    for label in text.utf8.split(separator: UInt8(ascii: ".")) {
      octets.append(UInt8(label.count))
      octets.append(contentsOf: label)
    }
    octets.append(0)
    return octets
  }
}

extension Queries {
  /// Hosts below listed names, in mixed case.
  static func hits(
    among names: [String], _ count: Int, _ random: inout SeededGenerator
  ) -> Queries {
    Queries(
      "hit", (0..<count).map { _ in mixedCase("www." + pick(names, &random), &random) },
      areCovered: true)
  }

  /// Hosts below names of the same make that no rule covers.
  static func misses(
    besides names: Set<String>, _ count: Int, _ random: inout SeededGenerator
  ) -> Queries {
    var others = VenueNames(seed: random.next())
    var texts: [String] = []
    while texts.count < count {
      let name = others.next()
      if !names.contains(name) { texts.append(mixedCase("www." + name, &random)) }
    }
    return Queries("miss", texts, areCovered: false)
  }

  /// Hosts whose names differ from listed ones by a letter before, within, or behind.
  static func nearMisses(
    besides names: Set<String>, among list: [String], _ count: Int,
    _ random: inout SeededGenerator
  ) -> Queries {
    var texts: [String] = []
    while texts.count < count {
      let name = pick(list, &random)
      let near: String
      switch random.next() % 3 {
      case 0: near = "x" + name
      case 1: near = "q" + name.dropFirst()
      default: near = name + "x"
      }
      if !names.contains(near) { texts.append(mixedCase("www." + near, &random)) }
    }
    return Queries("near miss", texts, areCovered: false)
  }

  private static func pick(_ names: [String], _ random: inout SeededGenerator) -> String {
    names[Int(random.next() % UInt64(names.count))]
  }

  private static func mixedCase(_ name: String, _ random: inout SeededGenerator) -> String {
    var bits = random.next()
    return String(
      decoding: name.utf8.map { octet -> UInt8 in
        bits = (bits << 1) | (bits >> 63)
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
        return isLetter && bits & 1 == 1 ? octet - 0x20 : octet
      }, as: UTF8.self)
  }
}
