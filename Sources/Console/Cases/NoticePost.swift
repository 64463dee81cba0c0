internal import Egress
internal import Enforcement
internal import Watch

/// The way to whoever finds contacts and writes notices.
///
/// Connections are made for one case and closed after it: notices are rare, and a verb without a
/// server in progress must leave nothing open.
struct NoticePost: Sendable {
  let configuration: NoticeConfiguration
  /// Where the owner of a machine that is asked learns who asks.
  let contactURL: String
  let clock: @Sendable () -> Instant

  /// Prepares notices, one plan for each group of facts.
  func plans(_ facts: [NoticeFacts]) async throws -> [NoticePlan] {
    let fetcher = try Fetcher(
      policy: FetchPolicy(version: ProgramVersion.text, contact: contactURL),
      addressGuard: AddressGuard(
        rules: AddressGuard.Rules(exceptions: configuration.exceptions)), now: clock)
    let office = NoticeOffice(
      settings: configuration.settings, contacts: configuration.contacts,
      server: configuration.server, fetching: fetcher)
    var plans: [NoticePlan] = []
    for facts in facts { plans.append(await office.prepare(facts)) }
    await fetcher.shutDown()
    return plans
  }
}
