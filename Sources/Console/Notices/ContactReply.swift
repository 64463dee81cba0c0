internal import Watch

/// Who can be written to about a site, as `cordon notice contacts` tells it.
struct ContactReply: Tellable {
  let host: String
  let registrar: String?
  let network: String?
  let contacts: [Entry]
  let search: [Step]

  struct Entry: Encodable, Sendable {
    let scope: String
    let role: String
    let address: String
    let organization: String?
    let telephone: String?
    let source: String
  }

  struct Step: Encodable, Sendable {
    let aim: String
    let asked: String
    let found: Int
    let failure: String?
    let retryAfter: Int?
  }

  init(host: String, _ report: ContactReport) {
    self.host = host
    registrar = report.registrar
    network = report.network
    contacts = report.contacts.map {
      Entry(
        scope: $0.scope.rawValue, role: $0.role.rawValue, address: $0.address.text,
        organization: $0.organization, telephone: $0.telephone, source: $0.source)
    }
    search = report.steps.map {
      Step(
        aim: $0.aim.rawValue, asked: $0.asked, found: $0.found, failure: $0.failure,
        retryAfter: $0.retryAfter)
    }
  }

  func text(_ style: TextStyle) -> String {
    var text = style.fields([
      ("host", style.safe(host)), ("registrar", registrar.map(style.safe)),
      ("network", network.map(style.safe)),
    ])
    let width = (contacts.map(\.address.count).max() ?? 0) + 2
    for contact in contacts {
      text += style.column(contact.scope, 11) + style.column(contact.role, 16)
      let address = style.safe(contact.address)
      if let organization = contact.organization {
        text += style.column(address, width) + style.paint(style.safe(organization), .faint)
      } else {
        text += address
      }
      text += "\n"
    }
    for step in search {
      let outcome =
        step.failure.map { style.paint(style.safe($0), .warning) } ?? "\(step.found) found"
      text += style.paint("  \(step.aim) \(style.safe(step.asked)): ", .faint) + outcome + "\n"
    }
    return text
  }
}

/// What a test message came to, as `cordon notice test` tells it.
struct TestReply: Tellable {
  let recipient: String
  let messageId: String
  let server: String

  func text(_ style: TextStyle) -> String {
    "The mail server \(server) took a test notice to \(recipient).\n"
      + style.fields([("message", messageId)])
  }
}
