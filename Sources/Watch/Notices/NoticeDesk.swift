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
