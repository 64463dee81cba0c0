/// The public suffix list: names below which strangers register or host (publicsuffix.org).
///
/// A rule with a wildcard makes the name above the star a suffix too, as libpsl has it: for
/// `*.kawasaki.jp` both `kawasaki.jp` and `x.kawasaki.jp` are suffixes, `city.kawasaki.jp` is not.
public struct PublicSuffixes: Sendable {
  let rules: SuffixRules
  private let namesAboveSuffixes: Set<DomainName>

  /// The part of the list that a suffix is in.
  public enum Section: Sendable, Hashable {
    /// Suffixes of the registries of top-level domains.
    case icann
    /// Suffixes that companies and people run, such as hosting platforms.
    case `private`
  }

  /// Why a list cannot be used.
  public enum ListError: Error, Sendable, Hashable {
    /// The text is not UTF-8.
    case notUTF8
    /// The text holds no rule.
    case noRules
    /// The line with this number, from 1, is not a rule.
    case badRule(line: Int, text: String)
    /// libpsl did not take the list.
    case notLoaded
  }

  /// The list that is compiled into libpsl, or nil where there is none.
  ///
  /// libpsl does not tell its rules, so ``hasSuffixBelow(_:)`` is false for every name here.
  public static let builtin: PublicSuffixes? = SuffixRules.builtin.map {
    PublicSuffixes(rules: $0, namesAboveSuffixes: [])
  }

  private init(rules: SuffixRules, namesAboveSuffixes: Set<DomainName>) {
    self.rules = rules
    self.namesAboveSuffixes = namesAboveSuffixes
  }

  /// Reads a list.
  ///
  /// - Parameter list: the octets of `public_suffix_list.dat`.
  /// - Throws: ``ListError`` where they are not such a list.
  public init(list: [UInt8]) throws(ListError) {
    guard let text = String(validating: list, as: UTF8.self) else { throw .notUTF8 }
    namesAboveSuffixes = try Self.namesAboveSuffixes(in: text)
    guard let rules = SuffixRules(list: list) else { throw .notLoaded }
    self.rules = rules
  }

  /// The ancestors of all suffixes of a list, without the root.
  private static func namesAboveSuffixes(in text: String) throws(ListError) -> Set<DomainName> {
    var names: Set<DomainName> = []
    var hasRules = false
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      guard let rule = line.split(whereSeparator: \.isWhitespace).first, !rule.hasPrefix("//")
      else { continue }
      let suffix =
        rule.hasPrefix("*.") || rule.hasPrefix("!") ? rule.drop { "*.!".contains($0) } : rule
      guard let name = try? DomainName(international: suffix) else {
        throw .badRule(line: number, text: String(rule))
      }
      hasRules = true
      if !rule.hasPrefix("!") { names.formUnion(name.ancestors.dropLast()) }
    }
    guard hasRules else { throw .noRules }
    return names
  }
}

extension PublicSuffixes {
  /// The public suffix of a name: the longest listed one, else its top-level domain.
  public func publicSuffix(of name: DomainName) -> DomainName {
    name.keeping(labels: rules.suffixLabels(of: name.listable))
  }

  /// Whether the list makes this very name a suffix, in either section.
  public func isPublicSuffix(_ name: DomainName) -> Bool {
    section(of: name) != nil
  }

  /// The section of the list that makes this very name a suffix; nil where it is none.
  public func section(of name: DomainName) -> Section? {
    name.isRoot ? nil : rules.section(of: name.listable)
  }

  /// Whether the top-level domain of a name is on the list; false for the root.
  public func isListedTopLevel(_ name: DomainName) -> Bool {
    isPublicSuffix(name.keeping(labels: 1))
  }

  /// The suffix of a name and the one label before it; nil for a suffix and for the root.
  public func registrableDomain(of name: DomainName) -> DomainName? {
    guard !name.isRoot else { return nil }
    let labels = rules.suffixLabels(of: name.listable)
    return name.labelCount > labels ? name.keeping(labels: labels + 1) : nil
  }

  /// Whether a name is no suffix itself and has a suffix below it, as `amazonaws.com` does.
  ///
  /// Known for lists that were read; always false for ``builtin``.
  public func hasSuffixBelow(_ name: DomainName) -> Bool {
    namesAboveSuffixes.contains(name) && !isPublicSuffix(name)
  }
}

extension DomainName {
  /// The last `count` labels, or all if there are fewer.
  fileprivate func keeping(labels count: Int) -> DomainName {
    let offsets = labelOffsets
    guard count > 0 else { return .root }
    guard offsets.count > count else { return self }
    return DomainName(canonical: Array(wire[offsets[offsets.count - count]...]))
  }

  /// The name as libpsl can take it: labels that no list can hold become "_", which keeps the
  /// number of labels, and with it every answer.
  fileprivate var listable: String {
    labels.map { label in
      let plain = label.allSatisfy { (0x61...0x7A).contains($0) || (0x2D...0x39).contains($0) }
      return plain && !label.contains(0x2E) && !label.contains(0x2F)
        ? String(decoding: label, as: UTF8.self) : "_"
    }.joined(separator: ".")
  }
}

extension PublicSuffixes.ListError: CustomStringConvertible {
  /// The reason as a sentence.
  public var description: String {
    switch self {
    case .notUTF8: "the public suffix list is not UTF-8 text"
    case .noRules: "the public suffix list holds no rule"
    case .badRule(let line, let text): "line \(line) of the public suffix list is no rule: \(text)"
    case .notLoaded: "libpsl did not accept the public suffix list"
    }
  }
}
