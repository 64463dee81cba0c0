/// What a person may do.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
  /// Receives orders and proposes amendments; looks at findings, and closes or refers cases.
  case clerk
  /// Decides on orders, and on notices.
  case officer
  /// Settles what an assessment or a rule held, sends notices, and decides appeals.
  case reviewer
  /// Reads everything, and forbids that it be erased.
  case auditor
  /// Adds people and platforms, and may do what an officer may.
  case administrator
  /// A platform, under its own short name: hands in posts and accounts, and confirms sanctions.
  case platform
}

/// The name a person signs with: 1 to 64 letters, digits, dots, hyphens, underscores or `@`.
public struct PersonName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name as text.
  public let text: String

  /// Takes a name; nil where it has other characters or a wrong length, or is `system`.
  public init?(_ text: String) {
    let allowed = text.utf8.allSatisfy { octet in
      switch octet {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x40, 0x5F: true
      default: false
      }
    }
    guard allowed, (1...64).contains(text.utf8.count), text != Actor.systemName else { return nil }
    self.text = text
  }

  /// The name as text.
  public var description: String { text }

  /// Compares by text.
  public static func < (left: PersonName, right: PersonName) -> Bool { left.text < right.text }
}

/// Someone who may act.
public struct Person: Sendable, Hashable, Codable {
  /// The name.
  public var name: PersonName
  /// What the person may do.
  public var role: Role
  /// When the person was added.
  public var added: Instant

  /// Takes the parts.
  public init(name: PersonName, role: Role, added: Instant) {
    self.name = name
    self.role = role
    self.added = added
  }
}

/// Who acts: a person, or the system, which only does what time or a rule demands.
public enum Actor: Sendable, Hashable, CustomStringConvertible {
  case system
  case person(PersonName)

  /// The name that events of the system bear.
  public static let systemName = "system"

  /// The name of who acts.
  public var description: String {
    switch self {
    case .system: Self.systemName
    case .person(let name): name.text
    }
  }
}

/// Something that a role allows or does not allow.
public enum Permission: Sendable, Hashable {
  case receiveOrders
  case settleLines
  case decideOrders
  case managePeople
  case handleCases
  case sendNotices
  /// Platforms, ladders, and what may be erased.
  case managePlatforms
  /// Rules, parties, accounts, sanctions, batches: proposed, stopped or lifted.
  case handleConduct
  /// To look at an account before its posts are for the public, and say as what it is filed.
  case reviewAccounts
  /// To agree to what somebody else proposed.
  case approveSanctions
  /// Infractions that a rule held, and leads.
  case settleInfractions
  case decideAppeals
  /// To forbid that anything about an account be erased.
  case setHolds
  /// A platform's alone: posts, its own accounts, and what it did about them.
  case submitPosts
  case read
}

extension Role {
  /// "a" or "an".
  var article: String {
    switch self {
    case .officer, .auditor, .administrator: "an"
    case .clerk, .reviewer, .platform: "a"
    }
  }

  /// What people with this role may do.
  public var permissions: Set<Permission> {
    switch self {
    case .clerk: [.read, .receiveOrders, .handleCases]
    case .officer:
      [
        .read, .receiveOrders, .settleLines, .decideOrders, .handleCases, .sendNotices,
        .handleConduct, .reviewAccounts, .approveSanctions, .settleInfractions, .decideAppeals,
      ]
    case .reviewer:
      [
        .read, .settleLines, .handleCases, .sendNotices, .reviewAccounts, .settleInfractions,
        .decideAppeals,
      ]
    case .auditor: [.read, .setHolds]
    case .administrator:
      [
        .read, .receiveOrders, .settleLines, .decideOrders, .managePeople, .handleCases,
        .sendNotices, .handleConduct, .reviewAccounts, .approveSanctions, .settleInfractions,
        .decideAppeals, .managePlatforms, .setHolds,
      ]
    case .platform: [.submitPosts]
    }
  }
}
