internal import Interchange

extension PlannedNotice {
  /// Writes the letter, the report and the mail that holds both.
  init(
    _ facts: NoticeFacts, to contact: Contact, _ found: ContactReport, _ settings: NoticeSettings
  ) throws(XARFFault) {
    let letter = NoticeLetter(facts, to: contact, settings: settings)
    let report = try NoticeReport(
      facts: facts, contact: contact, found: found, settings: settings
    ).encoded()
    let draft = MailDraft(
      senderName: settings.reporter, sender: settings.sender, replyTo: settings.contact,
      recipient: contact.address, subject: letter.subject, date: facts.written,
      key: "\(facts.caseNumber)\n\(facts.round)\n\(contact.scope.rawValue)",
      language: letter.language.rawValue, text: letter.text,
      attachments: [
        MailDraft.Attachment(
          name: NoticeLetter.attachmentName, mediaType: "application/json", octets: report)
      ])
    self.init(
      contact: contact, language: letter.language.rawValue, subject: letter.subject,
      text: letter.text, report: report, message: draft.composed())
  }
}
