/// A number that the record gives: a letter for the kind of thing, and a count from 1.
///
/// It says nothing about anyone, so it may stand in a leaf of the log and on a public page.
public protocol RecordNumber: TextCodable, Sendable, Hashable, Comparable {
  /// The letters before the count, such as `a` in `a-17`.
  static var letters: String { get }
  /// The count, from 1.
  var count: Int { get }
  /// Takes the count.
  init(count: Int)
}

extension RecordNumber {
  /// Reads `a-17`; nil for another letter, a sign, a leading zero or nothing.
  public init?(text: String) {
    let prefix = Self.letters + "-"
    guard text.hasPrefix(prefix) else { return nil }
    let digits = text.dropFirst(prefix.count)
    guard !digits.isEmpty, digits.utf8.count <= 15, digits.first != "0",
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits)
    else { return nil }
    self.init(count: count)
  }

  /// `a-17`.
  public var description: String { "\(Self.letters)-\(count)" }

  /// Compares the counts.
  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}

/// Cordon's own number of an account on a platform.
public struct AccountID: RecordNumber {
  /// `a`.
  public static var letters: String { "a" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of a party: the person or firm behind accounts.
public struct PartyID: RecordNumber {
  /// `p`.
  public static var letters: String { "p" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of an infraction.
public struct InfractionID: RecordNumber {
  /// `i`.
  public static var letters: String { "i" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of a sanction.
public struct SanctionID: RecordNumber {
  /// `s`.
  public static var letters: String { "s" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of an appeal.
public struct AppealID: RecordNumber {
  /// `ap`.
  public static var letters: String { "ap" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of an action on many accounts at once.
public struct BatchID: RecordNumber {
  /// `b`.
  public static var letters: String { "b" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of a lead: something that two accounts share, for a person to look at.
public struct LeadID: RecordNumber {
  /// `l`.
  public static var letters: String { "l" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// The number of a report that went, or is to go, to someone outside.
public struct ReportID: RecordNumber {
  /// `r`.
  public static var letters: String { "r" }
  /// The count.
  public let count: Int
  /// Takes the count.
  public init(count: Int) { self.count = count }
}

/// A short name in lower case: 1 to 40 letters, digits and hyphens, a letter first.
public struct Slug: TextCodable, Sendable, Hashable, Comparable {
  /// The name.
  public let text: String

  /// Reads a name; nil where it has other characters or a wrong length.
  public init?(text: String) {
    let allowed = text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
    guard allowed, (1...40).contains(text.utf8.count),
      text.utf8.first.map({ (0x61...0x7A).contains($0) }) == true
    else { return nil }
    self.text = text
  }

  /// The name.
  public var description: String { text }

  /// Compares by text.
  public static func < (left: Slug, right: Slug) -> Bool { left.text < right.text }
}
