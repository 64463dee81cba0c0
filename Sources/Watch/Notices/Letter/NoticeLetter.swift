internal import Detection

/// A letter about one case to one contact.
struct NoticeLetter: Sendable, Hashable {
  /// The language of the site, as far as letters are written in it.
  let language: LetterLanguage
  /// The subject, one line.
  let subject: String
  /// The text, lines ended by LF.
  let text: String

  /// The most pieces of evidence that a letter quotes; the attachment has all.
  static let quotationLimit = 8
  /// The most characters of a quotation.
  static let quotationLength = 240
  /// The name of the attachment.
  static let attachmentName = "xarf.json"

  /// Writes the letter.
  ///
  /// Who runs the site reads it in the site's language. Who hosts or registered it may be
  /// anywhere, so English follows where the site's language is another.
  init(_ facts: NoticeFacts, to contact: Contact, settings: NoticeSettings) {
    language = LetterLanguage(facts.language)
    let writer = LetterWriter(facts: facts, contact: contact, settings: settings)
    subject = language.wording.subject(
      host: facts.host, caseNumber: facts.caseNumber, deadline: facts.deadline
    ).singleLine(limit: 200)
    var text = writer.text(in: language)
    if language != .english, contact.scope != .operator {
      text += "\n\n[English]\n\n" + writer.text(in: .english)
    }
    self.text = text + "\n\n-- \n\(settings.reporter)\n\(settings.contact)\n"
  }
}

/// Puts the sentences of a language in their order.
private struct LetterWriter {
  let facts: NoticeFacts
  let contact: Contact
  let settings: NoticeSettings

  func text(in language: LetterLanguage) -> String {
    let words = language.wording
    var parts = [
      words.greeting(contact.scope, organization: contact.organization, host: facts.host),
      words.opening(reporter: settings.reporter, seen: facts.seen),
      facts.url.singleLine(limit: 2000),
      words.finding(facts.category), quotations(words),
      words.capture(digest: facts.captureDigest), words.rule(facts.rule ?? settings.rule),
      words.request(
        contact.scope, host: facts.host, address: facts.address, deadline: facts.deadline),
      words.contest(
        contact: settings.contact.text, url: settings.contestURL, caseNumber: facts.caseNumber),
      words.limits(),
    ]
    if contact.isGuess { parts.append(words.guessed()) }
    parts.append(words.attachment(name: NoticeLetter.attachmentName))
    parts.append(words.caseLine(facts.caseNumber))
    return parts.joined(separator: "\n\n")
  }

  private func quotations(_ words: any LetterWording) -> String {
    let supporting = facts.supporting
    var lines = supporting.prefix(NoticeLetter.quotationLimit).enumerated().map { index, evidence in
      let text = evidence.text.singleLine(limit: NoticeLetter.quotationLength)
      return "\(index + 1). \(words.quotation(text, evidence))"
    }
    let rest = supporting.count - lines.count
    if rest > 0 { lines.append(words.more(rest)) }
    return lines.joined(separator: "\n")
  }
}

extension NoticeFacts {
  /// The evidence that speaks for the finding.
  var supporting: [Evidence] { evidence.filter { $0.weight > 0 } }
}
