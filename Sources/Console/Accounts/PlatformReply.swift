internal import Enforcement

/// A platform, as verbs and programs are told.
struct PlatformReply: Tellable {
  let id: String
  let name: String
  let language: String
  let territory: [String]
  let appealDays: Int
  let answerDays: Int?
  let reportHours: Int?
  let keepDays: Int
  let appealAddress: String
  let webhook: String?
  let postsArePublic: Bool
  let ladder: String?
  let accounts: Int?

  init(_ platform: Platform, ladder: Ladder?, accounts: Int? = nil) {
    id = platform.id.text
    name = platform.name
    language = platform.language
    territory = platform.territory
    appealDays = platform.terms.appealDays
    answerDays = platform.terms.answerDays
    reportHours = platform.terms.reportHours
    keepDays = platform.terms.keepDays
    appealAddress = platform.appealAddress
    webhook = platform.webhook
    postsArePublic = platform.postsArePublic
    self.ladder = ladder.map { "\($0.name)@\($0.version)" }
    self.accounts = accounts
  }

  func text(_ style: TextStyle) -> String {
    style.fields([
      ("platform", style.paint(id, .strong)), ("name", style.safe(name)),
      ("ladder", ladder ?? style.paint("none yet: `cordon conduct ladder adopt`", .warning)),
      ("accounts", accounts.map { "\($0)" }),
      ("notices", "in \(style.safe(language)), for \(territory.joined(separator: ", "))"),
      ("appeals", "\(appealDays) days, at \(style.safe(appealAddress))"),
      ("answered", answerDays.map { "within \($0) days" } ?? "no time is set"),
      (
        "authority",
        reportHours.map { "told within \($0) hours" } ?? "is not told of sanctions"
      ), ("kept", "\(keepDays) days after the last sanction"),
      ("webhook", webhook.map(style.safe) ?? "none: the platform asks"),
      ("posts", postsArePublic ? "all public" : "public where each says so"),
    ])
  }
}

/// Platforms in lines.
struct PlatformLine: Tellable {
  let platform: PlatformReply

  func encode(to encoder: any Encoder) throws { try platform.encode(to: encoder) }

  func text(_ style: TextStyle) -> String {
    style.column(platform.id, 18) + style.column(platform.ladder ?? "no ladder", 20)
      + style.column(platform.webhook == nil ? "asks" : "webhook", 9)
      + style.safe(platform.name) + "\n"
  }
}
