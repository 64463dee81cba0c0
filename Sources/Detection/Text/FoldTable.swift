/// How single characters fold: compatibility forms, letter case, width, kinds of space, and
/// Traditional to Simplified Chinese.
///
/// The mapping is NFKC_Casefold (UAX 31) of Unicode 14.0 on single characters, then ICU's Hant-Hans.
/// The tables are facts, written by `scripts/make-fold-table`; about 140 KiB when unpacked.
struct FoldTable: Sendable {
  /// What becomes of each character of the basic plane: ``same``, ``gone``, ``mark``, an index of
  /// ``expansions`` from ``several`` on, or the character that takes its place.
  let basic: [UInt16]
  /// The same for characters beyond the basic plane that change.
  private let beyond: [UInt32: Outcome]
  /// What characters that become several become, in UTF-8.
  let expansions: [[UInt8]]
  private let composed: [UInt64: UInt32]
  /// Characters that only Simplified text has, by one bit each, from U+3400 to U+9FFF.
  private let simplifiedOnly: [UInt64]

  /// A character that stays.
  static let same: UInt16 = 0
  /// A character that leaves no trace.
  static let gone: UInt16 = 1
  /// A mark that may make one letter with the letter before it.
  static let mark: UInt16 = 2
  /// The first index of ``expansions``: surrogates are no characters, so they are free for it.
  static let several: UInt16 = 0xD800

  /// What becomes of a character.
  enum Outcome: Sendable, Hashable {
    /// It stays, or another takes its place.
    case one(UInt32)
    /// It leaves no trace.
    case none
    /// Several take its place: an index of ``expansions``.
    case several(Int)
  }

  /// The table of Unicode.
  static let unicode = FoldTable()

  private init() {
    var parts = Unpacked()
    parts.addSingles(Self.singleRuns)
    parts.addExpansions(Self.expansions)
    parts.addIgnored(Self.ignoredRanges)
    parts.addSimplified(Self.simplifiedPairs)
    parts.addCompositions(Self.compositions)
    basic = parts.basic
    beyond = parts.beyond
    expansions = parts.expansions
    composed = parts.composed
    simplifiedOnly = parts.simplifiedOnly
  }

  /// What becomes of a character.
  func outcome(of code: UInt32) -> Outcome {
    guard code < 0x10000 else { return beyond[code] ?? .one(code) }
    let value = basic[Int(code)]
    switch value {
    case Self.same, Self.mark: return .one(code)
    case Self.gone: return .none
    case Self.several..<0xE000: return .several(Int(value - Self.several))
    case _: return .one(UInt32(value))
    }
  }

  /// Whether a character can join the letter before it.
  static func isMark(_ code: UInt32) -> Bool {
    (0x300...0x345).contains(code) || code == 0x3099 || code == 0x309A
  }

  /// The one letter that a letter and a mark make; nil where they stay two.
  func composition(of base: UInt32, with mark: UInt32) -> UInt32? {
    composed[UInt64(base) << 32 | UInt64(mark)]
  }

  /// Whether a character is one that Simplified text has and Traditional text has not.
  @inline(__always)
  func isSimplifiedOnly(_ code: UInt32) -> Bool {
    guard (0x3400...0x9FFF).contains(code) else { return false }
    let bit = Int(code - 0x3400)
    return simplifiedOnly[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}

/// The tables while they are unpacked.
private struct Unpacked {
  var basic = [UInt16](repeating: FoldTable.same, count: 0x10000)
  var beyond: [UInt32: FoldTable.Outcome] = [:]
  var expansions: [[UInt8]] = []
  var composed: [UInt64: UInt32] = [:]
  var simplifiedOnly = [UInt64](repeating: 0, count: (0xA000 - 0x3400) / 64)

  mutating func set(_ code: UInt32, _ target: UInt32) {
    if code >= 0x10000 {
      beyond[code] = .one(target)
    } else if target >= 0x10000 {
      addExpansion(code, [target])
    } else {
      basic[Int(code)] = UInt16(target)
    }
  }

  mutating func addSingles(_ text: String) {
    for item in Self.items(text) {
      let sides = item.split(separator: ">")
      let run = sides[0].split(separator: ".").compactMap { UInt32($0, radix: 16) }
      guard sides.count == 2, var target = UInt32(sides[1], radix: 16), let first = run.first
      else { continue }
      let step = run.count == 3 ? run[2] : 1
      for code in stride(from: first, through: run.count == 3 ? run[1] : first, by: Int(step)) {
        set(code, target)
        target += step
      }
    }
  }

  mutating func addExpansions(_ text: String) {
    for item in Self.items(text) {
      let sides = item.split(separator: ">")
      guard sides.count == 2, let code = UInt32(sides[0], radix: 16) else { continue }
      addExpansion(code, sides[1].split(separator: "+").compactMap { UInt32($0, radix: 16) })
    }
  }

  mutating func addExpansion(_ code: UInt32, _ targets: [UInt32]) {
    let characters = targets.compactMap(Unicode.Scalar.init).map(Character.init)
    if code >= 0x10000 {
      beyond[code] = .several(expansions.count)
    } else {
      basic[Int(code)] = FoldTable.several + UInt16(expansions.count)
    }
    expansions.append(Array(String(characters).utf8))
  }

  mutating func addIgnored(_ text: String) {
    for item in Self.items(text) {
      let ends = item.split(separator: ".").compactMap { UInt32($0, radix: 16) }
      guard ends.count == 2 else { continue }
      for code in ends[0]...ends[1] {
        if code < 0x10000 { basic[Int(code)] = FoldTable.gone } else { beyond[code] = .some(.none) }
      }
    }
  }

  /// Traditional characters, and characters that fold to Traditional ones.
  mutating func addSimplified(_ text: String) {
    var simple: [UInt16: UInt16] = [:]
    var isTraditional = true
    var traditional: UInt16 = 0
    for scalar in text.unicodeScalars where scalar.value > 0x7F && scalar.value < 0x10000 {
      let code = UInt16(scalar.value)
      if isTraditional { traditional = code } else { simple[traditional] = code }
      isTraditional.toggle()
    }
    for code in basic.indices {
      if let target = simple[basic[code]] { basic[code] = target }
    }
    for (code, target) in simple where basic[Int(code)] == FoldTable.same {
      basic[Int(code)] = target
    }
    for (code, outcome) in beyond {
      guard case .one(let target) = outcome, target < 0x10000, let other = simple[UInt16(target)]
      else { continue }
      beyond[code] = .one(UInt32(other))
    }
    for index in expansions.indices {
      let scalars = String(decoding: expansions[index], as: UTF8.self).unicodeScalars.map {
        $0.value < 0x10000 ? simple[UInt16($0.value)].flatMap { Unicode.Scalar($0) } ?? $0 : $0
      }
      expansions[index] = Array(String(String.UnicodeScalarView(scalars)).utf8)
    }
    for target in simple.values where simple[target] == nil && (0x3400...0x9FFF).contains(target) {
      let bit = Int(target - 0x3400)
      simplifiedOnly[bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }

  mutating func addCompositions(_ text: String) {
    for item in Self.items(text) {
      let codes = item.split { "+>".contains($0) }.compactMap { UInt32($0, radix: 16) }
      guard codes.count == 3 else { continue }
      composed[UInt64(codes[0]) << 32 | UInt64(codes[1])] = codes[2]
      if codes[1] < 0x10000 { basic[Int(codes[1])] = FoldTable.mark }
    }
  }

  private static func items(_ text: String) -> [Substring] {
    text.split { $0 == " " || $0.isNewline }
  }
}
