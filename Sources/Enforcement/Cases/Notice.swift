/// Whom a notice goes to, and why to them.
public struct NoticeRecipient: Sendable, Hashable, Codable {
  /// What the recipient can do about the site.
  public enum Duty: String, Sendable, Hashable, Codable, CaseIterable {
    /// Runs the site.
    case `operator`
    /// Runs the machine that the site is on.
    case host
    /// Keeps the name registered.
    case registrar
    /// A person chose the address.
    case chosen
  }

  /// The mail address.
  public var address: String
  /// What the recipient can do about the site.
  public var duty: Duty
  /// Where the address comes from, such as the RDAP server that gave it; at most 400 octets.
  public var source: String

  /// Takes the parts; a source too long is cut.
  public init(address: String, duty: Duty, source: String) {
    self.address = address
    self.duty = duty
    self.source = source.cut(toOctets: 400)
  }
}

/// A letter to one recipient, as it goes over the wire.
public struct NoticeLetter: Sendable, Hashable {
  /// Whom it goes to.
  public var recipient: NoticeRecipient
  /// The address that a mail server tells when it cannot deliver.
  public var sender: String
  /// Its Message-ID, with angle brackets: the same each time that sending it is tried.
  public var messageID: String
  /// The whole message (RFC 5322): fields, text and attachments; at most 512 KiB.
  public var message: String

  /// The most octets of a Message-ID.
  public static let identifierLimit = 250
  /// The most octets of a message.
  public static let messageLimit = 512 << 10

  /// Takes the parts.
  public init(recipient: NoticeRecipient, sender: String, messageID: String, message: String) {
    self.recipient = recipient
    self.sender = sender
    self.messageID = messageID
    self.message = message
  }
}

/// What a site's people are told, and by when they are to act.
public struct Notice: Sendable, Hashable {
  /// 1 for the first notice of a case.
  public var number: Int
  /// The digest of the newest finding that a person had looked at.
  public var evidence: ContentDigest
  /// By when the site's people are to act.
  public var deadline: Instant
  /// The rule that the notice rests on; 1 to 2,000 characters.
  public var rule: String
  /// The language of its text, as a BCP 47 tag.
  public var language: String
  /// The letters, one a recipient; 1 to 8.
  public var letters: [NoticeLetter]

  /// The shortest and the longest deadline, in days.
  public static let deadlineDays = 1...90
  /// The deadline where a person gives none, in days.
  public static let usualDeadlineDays = 14
  /// The most letters.
  public static let letterLimit = 8

  /// Takes the parts.
  public init(
    number: Int, evidence: ContentDigest, deadline: Instant, rule: String, language: String,
    letters: [NoticeLetter]
  ) {
    self.number = number
    self.evidence = evidence
    self.deadline = deadline
    self.rule = rule
    self.language = language
    self.letters = letters
  }
}

/// Which letter: of which notice of a case, to which recipient.
public struct DeliveryPlace: Sendable, Hashable, Codable {
  /// The number of the notice.
  public var notice: Int
  /// The recipient, counted from 1.
  public var recipient: Int

  /// Takes the parts.
  public init(notice: Int, recipient: Int) {
    self.notice = notice
    self.recipient = recipient
  }
}

/// What trying to deliver a letter came to in the end.
public enum DeliveryResult: Sendable, Hashable {
  /// The server took it over, with this reply.
  case sent(reply: String)
  /// It is not tried again.
  case failed(reason: String)
}
