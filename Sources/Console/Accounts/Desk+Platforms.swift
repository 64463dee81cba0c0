internal import Conduct
internal import Enforcement
internal import Records

// MARK: - Platforms

extension Desk {
  func platformReply(_ platform: Platform) -> PlatformReply {
    let book = conductBook
    return PlatformReply(platform, ladder: book.ladders[platform.id]?.last, at: journal.now)
  }

  func platforms() -> [PlatformReply] {
    conductBook.platforms.values.sorted { $0.id < $1.id }.map(platformReply)
  }

  /// Adds a platform, or changes what is set of it.
  func setPlatform(
    _ text: String, _ input: PlatformInput, by actor: Actor
  ) async throws -> PlatformReply {
    let id = try Slug.read(text, as: "a platform's name")
    let platform = try input.withProfile(policies: configuration.policies).platform(
      id, before: conductBook.platforms[id], consoleURL: configuration.consoleURL)
    try await act(.setPlatform(platform), by: actor)
    return try platformReply(self.platform(text))
  }

  /// A new token for a platform: its old one ends at once.
  func replacePlatformToken(_ text: String, by actor: Actor) async throws -> NewToken {
    let platform = try platform(text)
    guard let name = PersonName(platform.id.text) else {
      throw DeskFault("\(platform.id) cannot sign: its name is reserved")
    }
    let token = AccessToken.make()
    let digest = AccessToken.digest(of: token)
    if let person = journal.register.people[name] {
      guard person.isPlatform else {
        throw DeskFault("\(name) is a person of the house, and cannot be a platform too")
      }
      _ = try await record(.replaceToken(name, tokenDigest: digest), by: actor)
    } else {
      _ = try await record(.addPerson(name, .platform, tokenDigest: digest), by: actor)
    }
    return NewToken(name: name.text, role: Role.platform.rawValue, token: token)
  }

  /// A new secret that a platform's webhooks are signed with; the one before signs beside it until
  /// the next change, so that the platform can change over.
  func replaceSecret(of text: String, by actor: Actor) throws -> NewSecret {
    let platform = try platform(text).id
    guard case .person(let name) = actor,
      journal.register.people[name]?.role.permissions.contains(.managePlatforms) == true
    else { throw Refusal(.notAllowed, "only an administrator hands out a platform's secret") }
    return NewSecret(platform: platform.text, secret: try conduct.secrets.rotate(platform))
  }

  func addPlatform(
    _ id: String, _ input: PlatformInput, isNew: Bool, by actor: Actor, _ teller: inout DeskTeller
  ) async throws {
    let known = Slug(text: id).flatMap { conductBook.platforms[$0] } != nil
    if isNew, known {
      throw DeskFault("there is a platform \(id) already: `cordon platform set` changes it")
    }
    if !isNew, !known { _ = try platform(id) }
    let reply = try await setPlatform(id, input, by: actor)
    try await teller.tell(reply)
    guard isNew else { return }
    try await teller.tell(try await replacePlatformToken(id, by: actor))
    if reply.webhook != nil { try await teller.tell(try replaceSecret(of: id, by: actor)) }
    teller.remark { style in
      style.paint(
        "\nThe token stands here once. Next: `cordon conduct ladder adopt \(id) FILE`.\n", .faint)
    }
  }
}

/// A new webhook secret; it is told this once.
struct NewSecret: Tellable {
  let platform: String
  let secret: String

  func text(_ style: TextStyle) -> String {
    style.fields([("platform", platform), ("secret", style.paint(secret, .strong))])
      + style.paint(
        "Give it to the platform, to check webhooks with (Standard Webhooks).\n", .faint)
  }
}
