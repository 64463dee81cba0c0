public import DomainNames

/// How far below its name a target reaches.
public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
  /// The name alone.
  case exact
  /// The name and all names below it.
  case subtree
}

/// Which line of an order's file, and which part of it where a line names several.
public struct LineID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The line in the file, counted from 1.
  ///
  /// In JSON the position of the target, counted from 1.
  public let line: Int
  /// The part of the line, counted from 1.
  public let part: Int

  /// Takes a line and a part of it.
  public init(line: Int, part: Int = 1) {
    self.line = line
    self.part = part
  }

  /// Reads `12` or `12.2`.
  public init?(_ text: some StringProtocol) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } && !part.hasPrefix("0") ? Int(part) : nil
    }
    guard let line = numbers.first.flatMap(\.self), line > 0, numbers.count <= 2 else { return nil }
    guard numbers.count == 2 else {
      self.init(line: line)
      return
    }
    guard let part = numbers[1], part > 0 else { return nil }
    self.init(line: line, part: part)
  }

  /// `12`, or `12.2` for a part that is not the first.
  public var description: String { part == 1 ? "\(line)" : "\(line).\(part)" }

  /// Compares by line, then part.
  public static func < (left: LineID, right: LineID) -> Bool {
    (left.line, left.part) < (right.line, right.part)
  }
}

/// One target as an order's file gives it, read as far as it can be read with certainty.
public struct SourceLine: Sendable, Hashable {
  /// Where it stands.
  public var id: LineID
  /// The text as it stands in the file, at most 1,000 characters of it.
  public var input: String
  /// What it says.
  public var reading: Reading
  /// The scope that the file gives; nil where it gives none.
  public var scope: Scope?
  /// The party behind the name, where the file says so.
  public var party: String?
  /// A remark of the file.
  public var note: String?

  /// Takes what was read.
  public init(
    id: LineID,
    input: String,
    reading: Reading,
    scope: Scope? = nil,
    party: String? = nil,
    note: String? = nil
  ) {
    self.id = id
    self.input = input
    self.reading = reading
    self.scope = scope
    self.party = party
    self.note = note
  }
}

/// What a line was read as.
public enum Reading: Sendable, Hashable {
  /// A domain name, and how it was written.
  case name(DomainName, Writing)
  /// An IPv4 or IPv6 address.
  case address(String)
  /// Nothing that can be read with certainty.
  case unreadable(Unreadable)
}

/// How a name was written; it decides what the order named.
public enum Writing: Sendable, Hashable {
  /// A bare name.
  case plain
  /// A URL with scheme and host and nothing more that matters (`https://a.b/`).
  case url
  /// A URL with a path, query or port: the order names less than the host.
  case urlWithPath
  /// `*.name`: the names below, not the name itself.
  case wildcard
}

/// Why a line cannot be read with certainty.
public struct Unreadable: Sendable, Hashable {
  /// A short stable code, such as `bad-url`.
  public var code: String
  /// A sentence for the person who settles the line.
  public var text: String

  /// Takes code and sentence.
  public init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}
