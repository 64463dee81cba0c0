internal import Enforcement
internal import Watch

/// What would be sent to whom, and how the addresses were found.
struct NoticePreview: Tellable {
  let id: String
  let deadline: String
  let contacts: [ContactReply]
  let search: [StepReply]
  let obstacles: [String]
  let letters: [LetterReply]

  private enum CodingKeys: String, CodingKey {
    case id = "case"
    case deadline, contacts, search, obstacles, letters
  }

  struct ContactReply: Encodable, Sendable {
    let scope: String
    let role: String
    let address: String
    let organization: String?
    let telephone: String?
    let source: String
  }

  struct StepReply: Encodable, Sendable {
    let aim: String
    let asked: String
    let found: Int
    let failure: String?
  }

  struct LetterReply: Encodable, Sendable {
    let to: String
    let scope: String
    let language: String
    let subject: String
    let messageId: String
    let text: String
    let report: String
  }

  init(_ found: CaseFile, plans: [NoticePlan], notices: [PlannedNotice], deadline: Instant) {
    id = found.id.text
    self.deadline = deadline.description
    var known: Set<Contact> = []
    contacts = plans.flatMap(\.contacts.contacts).filter { known.insert($0).inserted }.map {
      ContactReply(
        scope: $0.scope.rawValue, role: $0.role.rawValue, address: $0.address.text,
        organization: $0.organization, telephone: $0.telephone, source: $0.source)
    }
    search = (plans.first?.contacts.steps ?? []).map {
      StepReply(aim: $0.aim.rawValue, asked: $0.asked, found: $0.found, failure: $0.failure)
    }
    var told: Set<String> = []
    obstacles = plans.flatMap(\.obstacles).filter { told.insert($0).inserted }
    letters = notices.map { notice in
      LetterReply(
        to: notice.contact.address.text, scope: notice.contact.scope.rawValue,
        language: notice.language, subject: notice.subject, messageId: notice.message.messageID,
        text: notice.text, report: String(decoding: notice.report, as: UTF8.self))
    }
  }

  /// Why there is nobody to write to, as a sentence.
  var whyNobody: String {
    let why = (obstacles + search.compactMap(\.failure)).prefix(6).joined(separator: "; ")
    return "there is nobody to write to about \(id)\(why.isEmpty ? "" : ": \(why)");"
      + " name an address with --to"
  }

  func text(_ style: TextStyle) -> String {
    var text = style.paint("Notice for \(id), to act by \(deadline); nothing is sent\n", .strong)
    text += style.paint("\nSearch\n", .strong)
    for step in search {
      let failure = step.failure.map { style.paint(style.safe($0), .warning) }
      text += "  " + style.column(step.aim, 12) + style.safe(step.asked)
      text += ": " + (failure ?? "\(step.found) found") + "\n"
    }
    text += style.paint("\nContacts\n", .strong)
    for contact in contacts {
      text += "  " + style.column(contact.scope, 11) + style.column(contact.role, 16)
      text += style.safe(contact.address)
      if let organization = contact.organization { text += ", \(style.safe(organization))" }
      text += style.paint("  from \(style.safe(contact.source))", .faint) + "\n"
    }
    for obstacle in obstacles { text += style.paint("  \(style.safe(obstacle))\n", .warning) }
    for letter in letters { text += "\n" + letter.text(style) }
    return text
  }
}

extension NoticePreview.LetterReply {
  func text(_ style: TextStyle) -> String {
    let lines = { (text: String) in
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { style.safe(String($0)) + "\n" }.joined()
    }
    return style.paint("Letter to \(style.safe(to)) (\(scope), \(language))\n", .strong)
      + style.fields([("subject", style.safe(subject)), ("message", style.safe(messageId))])
      + "\n" + lines(text) + style.paint("\nReport that goes with it (XARF 4)\n", .strong)
      + lines(report)
  }
}
