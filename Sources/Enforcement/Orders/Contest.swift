public import DomainNames

/// What someone says against a block that affects them.
///
/// Anyone may: no login, no name, no deadline. It changes no order; people read it and decide.
public struct Contest: Sendable, Hashable {
  /// The order it is about, where the person names one.
  public var order: OrderID?
  /// The name it is about, where the person gives one.
  public var name: DomainName?
  /// What the person says: 1 to 4,000 characters.
  public var statement: String
  /// An e-mail address at which the person can be answered; nil where none was left.
  ///
  /// At most 254 octets (RFC 5321, Section 4.5.3.1.3, without the angle brackets).
  public var contact: String?

  /// The most characters of a statement.
  public static let statementLimit = 4_000
  /// The most octets of an address.
  public static let contactLimit = 254

  /// Takes what the person wrote; ``Register/decide(_:by:at:)`` checks it.
  public init(
    order: OrderID? = nil, name: DomainName? = nil, statement: String, contact: String? = nil
  ) {
    self.order = order
    self.name = name
    self.statement = statement
    self.contact = contact
  }
}

extension Contest {
  /// The contest with its texts trimmed and checked.
  func checked() throws(Refusal) -> Contest {
    let statement = self.statement.trimmingWhitespace
    guard !statement.isEmpty else {
      throw Refusal(.missingField, "the statement is empty: say what is wrong with the block")
    }
    guard statement.count <= Self.statementLimit else {
      throw Refusal(
        .badField,
        "the statement has \(statement.count) characters; at most \(Self.statementLimit) are allowed"
      )
    }
    let contact = self.contact?.trimmingWhitespace
    if let contact, !contact.isEmpty, !MailAddress.isPlausible(contact) {
      throw Refusal(.badField, "the contact is no e-mail address: write one like name@host.example")
    }
    return Contest(
      order: order, name: name, statement: statement,
      contact: contact.flatMap { $0.isEmpty ? nil : $0 })
  }
}

/// Mail addresses, as far as their form tells.
enum MailAddress {
  /// Whether mail could reach the address; only sending it would tell for certain.
  static func isPlausible(_ text: String) -> Bool {
    guard text.utf8.count <= Contest.contactLimit, let at = text.lastIndex(of: "@") else {
      return false
    }
    let host = text[text.index(after: at)...]
    return at > text.startIndex && host.contains(".") && !host.hasPrefix(".")
      && !host.hasSuffix(".") && text.unicodeScalars.allSatisfy(\.isVisible)
  }
}

extension Unicode.Scalar {
  /// Whether this shows something, and is no space.
  fileprivate var isVisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .privateUse, .unassigned:
      false
    default: true
    }
  }
}

extension Order {
  /// Whether everyone may read about the order: a second officer has confirmed it.
  ///
  /// What nobody confirmed is a draft. What ended stays public.
  public var isPublic: Bool { current.confirmedBy != nil }
}
