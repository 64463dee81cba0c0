/// Whom a notice goes to, and what each of them gets; nothing of it is sent yet.
public struct NoticePlan: Sendable, Hashable {
  /// Who can be written to, with every step of the search.
  public var contacts: ContactReport
  /// One notice for each scope that was asked for and has a contact.
  public var notices: [PlannedNotice]

  /// Takes the parts.
  public init(contacts: ContactReport, notices: [PlannedNotice]) {
    self.contacts = contacts
    self.notices = notices
  }
}

/// One notice to one contact, for a person to read before it goes out.
public struct PlannedNotice: Sendable, Hashable {
  /// Whom it goes to.
  public var contact: Contact
  /// The language of the letter: `en`, `zh-Hans` or `zh-Hant`.
  public var language: String
  /// The subject.
  public var subject: String
  /// The letter as the recipient reads it, lines ended by LF.
  public var text: String
  /// The machine-readable report that goes with it: XARF 4 as JSON in UTF-8.
  public var report: [UInt8]
  /// The whole as mail.
  public var message: OutgoingMessage

  /// Takes the parts.
  public init(
    contact: Contact, language: String, subject: String, text: String, report: [UInt8],
    message: OutgoingMessage
  ) {
    self.contact = contact
    self.language = language
    self.subject = subject
    self.text = text
    self.report = report
    self.message = message
  }
}
