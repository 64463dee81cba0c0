internal import Conduct
internal import Enforcement
internal import Records

// MARK: - Posts in, from the command line

extension Desk {
  /// Screens a batch of posts, and tells an answer a line.
  func ingest(
    _ file: [UInt8], on text: String, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    let platform = try platform(text)
    do {
      let screened = try await conduct.screen(file, on: platform, by: actor)
      try await teller.raw(screened.answers)
    } catch let full as IntakeGate.Full {
      throw DeskFault(full.description)
    }
  }
}
