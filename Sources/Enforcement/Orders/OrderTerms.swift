/// What an order says, apart from whom it names.
public struct OrderTerms: Sendable, Hashable, Codable {
  /// The authority's own reference, such as a file number.
  ///
  /// At most 120 characters.
  public var reference: String
  /// Who issued the order.
  ///
  /// At most 200 characters.
  public var authority: String
  /// The country or region in which the order binds, as the order gives it.
  public var jurisdiction: String?
  /// The law the order rests on.
  ///
  /// At most 500 characters.
  public var basis: String
  /// When the order was issued.
  public var issued: Instant
  /// From when the targets are blocked.
  public var effective: Instant
  /// From when they no longer are.
  ///
  /// A bare date in a file means its first moment in UTC.
  public var expires: Instant
  /// Where the authority answers questions.
  public var contact: String?
  /// By when the order must be in effect.
  public var deadline: Instant?
  /// Whether targets are blocked, or only counted.
  public var mode: EnforcementMode
  /// What a blocked name is answered.
  public var answer: BlockedAnswer
  /// Whether an outside authority ordered it, or the operator decided alone.
  public var origin: OrderOrigin
  /// A remark for readers of the order.
  public var note: String?

  /// Takes the terms as they are; ``OrderClaim/terms(receivedAt:)`` checks them.
  public init(
    reference: String,
    authority: String,
    jurisdiction: String? = nil,
    basis: String,
    issued: Instant,
    effective: Instant,
    expires: Instant,
    contact: String? = nil,
    deadline: Instant? = nil,
    mode: EnforcementMode = .block,
    answer: BlockedAnswer = .nxdomain,
    origin: OrderOrigin = .authority,
    note: String? = nil
  ) {
    self.reference = reference
    self.authority = authority
    self.jurisdiction = jurisdiction
    self.basis = basis
    self.issued = issued
    self.effective = effective
    self.expires = expires
    self.contact = contact
    self.deadline = deadline
    self.mode = mode
    self.answer = answer
    self.origin = origin
    self.note = note
  }
}

/// Whether a rule blocks, or only counts what it would have blocked.
public enum EnforcementMode: String, Sendable, Hashable, Codable, CaseIterable {
  case block
  case observe
}

/// What a query for a blocked name is answered.
public enum BlockedAnswer: String, Sendable, Hashable, Codable, CaseIterable {
  /// The name does not exist. Where names below it must stay reachable, NODATA instead (RFC 8020).
  case nxdomain
  /// The name exists, but has no data of the type.
  case nodata
  /// The server will not answer.
  case refused
  /// The address of the page that explains the block.
  case address
}

/// Who decided on the block; the extended error code tells it (RFC 8914, Sections 4.16 and 4.17).
public enum OrderOrigin: String, Sendable, Hashable, Codable, CaseIterable {
  /// An outside authority: "Censored".
  case authority
  /// The operator's own rule: "Blocked".
  case `operator`
}

/// The number of an order, public and stable, such as `o-20260824-1`.
public struct OrderID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number as text.
  public let text: String

  /// Takes the text of a number: lower-case letters, digits and hyphens, at most 40 of them.
  public init?(_ text: String) {
    let allowed = text.utf8.allSatisfy {
      ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
    }
    guard allowed, (1...40).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  /// The number of the `ordinal`-th order received on a day.
  public init(receivedAt moment: Instant, ordinal: Int) {
    self.text = "o-\(moment.compactDate)-\(ordinal)"
  }

  /// The number as text.
  public var description: String { text }

  /// Compares by text.
  public static func < (left: OrderID, right: OrderID) -> Bool { left.text < right.text }
}
