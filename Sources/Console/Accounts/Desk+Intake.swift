internal import Conduct
internal import Enforcement
internal import HTTPTypes
internal import Records

// MARK: - Posts in

extension Desk {
  /// Screens a batch of posts for whoever may hand them in: the platform itself, or a person of the
  /// house who deals with accounts.
  func screen(
    _ octets: [UInt8], on text: String, by actor: Actor
  ) async throws -> ScreenedBatch {
    let platform = try platform(text).id
    guard mayHandIn(actor, on: platform) else {
      throw Refusal(.notAllowed, "\(actor) may not hand in posts of \(platform)")
    }
    do {
      return try await conduct.screen(octets, of: platform)
    } catch let fault as ScreeningFault {
      switch fault {
      case .unknownPlatform: throw Refusal(.unknownPlatform, fault.description)
      case .tooLarge:
        throw APIProblem(
          status: .contentTooLarge, code: "too-large", detail: fault.description)
      case .refused(let refusal): throw refusal
      }
    } catch let full as IntakeGate.Full {
      throw APIProblem.busy(seconds: full.retryAfter, full.description)
    }
  }

  private func mayHandIn(_ actor: Actor, on platform: Slug) -> Bool {
    guard case .person(let name) = actor, let person = journal.register.people[name] else {
      return false
    }
    return person.isPlatform
      ? name.text == platform.text : person.role.permissions.contains(.handleConduct)
  }

  /// Screens a batch of posts, and tells an answer a line.
  func ingest(
    _ file: [UInt8], on text: String, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    do {
      try await teller.raw(try await screen(file, on: text, by: actor).answers)
    } catch let problem as APIProblem {
      throw DeskFault(problem.detail)
    }
  }
}
