/// A JSON value of the kind a leaf is made of: everything of RFC 8259 but fractions.
///
/// `canonicalBytes` is its one form under RFC 8785 (JSON Canonicalization Scheme). Leaves are
/// hashed in that form, so it never changes. Strings are compared code by code: two spellings of
/// one accented letter are two strings, as they are in the canonical bytes.
public enum CanonicalJSON: Sendable {
  /// The value `null`.
  case null
  /// The values `true` and `false`.
  case bool(Bool)
  /// A whole number, at most `maximumInteger` away from 0.
  case integer(Int64)
  /// Text, of any Unicode scalars.
  case string(String)
  /// Values in an order that counts.
  case array([CanonicalJSON])
  /// Named values in an order that does not count.
  case object(Object)

  /// The largest number that every JSON reader keeps exactly: 2^53 − 1 (RFC 7493, Section 2.2).
  public static let maximumInteger: Int64 = 1 << 53 - 1

  /// The deepest nesting of arrays and objects that is written or read.
  public static let maximumDepth = 64

  /// The members of a JSON object: names, each once, with their values.
  ///
  /// Kept in the canonical order, that of the names' UTF-16 code units (RFC 8785, Section 3.2.3).
  public struct Object: Sendable, Hashable {
    /// A name and its value.
    public struct Member: Sendable {
      /// The name.
      public let name: String
      /// The value.
      public let value: CanonicalJSON
    }

    /// The members in canonical order.
    public private(set) var members: [Member]

    /// The object without members.
    public init() {
      members = []
    }

    /// Takes members that are in canonical order, with each name once.
    init(sorted members: [Member]) {
      self.members = members
    }

    /// The value of a name; `nil` if there is none.
    ///
    /// Setting `nil` removes the member.
    public subscript(name: String) -> CanonicalJSON? {
      get {
        let position = position(of: name)
        return position.isFound ? members[position.index].value : nil
      }
      set {
        let position = position(of: name)
        if position.isFound { members.remove(at: position.index) }
        guard let newValue else { return }
        members.insert(Member(name: name, value: newValue), at: position.index)
      }
    }

    /// Where a name is, or where it belongs: O(log n) comparisons.
    private func position(of name: String) -> (index: Int, isFound: Bool) {
      var range = 0..<members.count
      while !range.isEmpty {
        let middle = (range.lowerBound + range.upperBound) / 2
        switch CanonicalJSON.order(members[middle].name, name) {
        case .same: return (middle, true)
        case .ascending: range = (middle + 1)..<range.upperBound
        case .descending: range = range.lowerBound..<middle
        }
      }
      return (range.lowerBound, false)
    }
  }

  /// How two names stand to each other in the canonical order.
  enum Order {
    case ascending, same, descending
  }

  /// Compares by UTF-16 code units, without converting to them.
  ///
  /// UTF-8 bytes have the same order, but for characters beyond U+FFFF: their surrogates stand
  /// before U+E000, while their first bytes (0xF0…) stand after that of U+E000 (0xEE).
  static func order(_ left: String, _ right: String) -> Order {
    var rest = right.utf8.makeIterator()
    for byte in left.utf8 {
      guard let other = rest.next() else { return .descending }
      guard byte != other else { continue }
      let ascends = byte >= 0xEE && other >= 0xEE ? rank(byte) < rank(other) : byte < other
      return ascends ? .ascending : .descending
    }
    return rest.next() == nil ? .same : .ascending
  }

  /// Moves the first bytes 0xF0…0xF4 below 0xEE and 0xEF.
  private static func rank(_ byte: UInt8) -> UInt8 {
    byte >= 0xF0 ? byte - 0x80 : byte
  }
}
