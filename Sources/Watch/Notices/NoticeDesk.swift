/// Finds out whom to write to, writes it, and hands it to the mail server.
///
/// It decides nothing: a person has looked at the case before ``prepare(_:)`` is asked, and at the
/// plan before anything is given to ``deliver(_:)``.
public protocol NoticeDesk: Sendable {
  /// Looks for contacts and writes a notice to each; sends nothing.
  ///
  /// A search that fails is part of the answer, not an error: see ``ContactReport/steps``. The same
  /// facts, settings and contacts give the same octets.
  func prepare(_ facts: NoticeFacts) async -> NoticePlan

  /// Hands a message to the mail server and waits for its answer.
  ///
  /// - Throws: ``MailFailure``, which says whether to try again.
  func deliver(_ message: OutgoingMessage) async throws(MailFailure)
}

/// The desk of this program: RDAP, the letters of this room, SMTP.
public struct NoticeOffice: NoticeDesk {
  private let settings: NoticeSettings?
  private let search: ContactSearch
  private let carrier: MailCarrier

  /// Takes the settings and what fetches.
  ///
  /// - Parameters:
  ///   - settings: who writes, and on which ground; nil where that is not set, and then contacts
  ///     are found but no letters are written.
  ///   - contacts: where contacts are looked up.
  ///   - server: the mail server; nil where none is set.
  ///   - fetching: what fetches RDAP answers.
  public init(
    settings: NoticeSettings?, contacts: ContactSettings, server: MailServer?,
    fetching: any Fetching
  ) {
    self.settings = settings
    search = ContactSearch(settings: contacts, fetching: fetching)
    carrier = MailCarrier(server: server)
  }

  /// Looks for contacts and writes a notice to the best of each scope.
  public func prepare(_ facts: NoticeFacts) async -> NoticePlan {
    let found = await search.contacts(
      host: facts.host, address: facts.address, siteAddresses: facts.siteAddresses,
      at: facts.written)
    var plan = NoticePlan(contacts: found, notices: [])
    guard let settings else {
      plan.obstacles = [
        "no letter can be written: set mail.from, notice.reporter, notice.contact and notice.rule"
      ]
      return plan
    }
    for scope in ContactScope.allCases where facts.scopes.contains(scope) {
      guard let contact = found.best(scope) else {
        plan.obstacles.append("no contact of the \(scope.rawValue) was found")
        continue
      }
      do {
        plan.notices.append(try PlannedNotice(facts, to: contact, found, settings))
      } catch {
        plan.obstacles.append("no notice to the \(scope.rawValue) can be written: \(error)")
      }
    }
    return plan
  }

  /// Hands a message to the mail server.
  public func deliver(_ message: OutgoingMessage) async throws(MailFailure) {
    try await carrier.carry(message)
  }
}
