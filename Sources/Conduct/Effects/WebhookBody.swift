internal import Enforcement
internal import Records

/// What a platform is told: made from the event and the account's key alone.
struct WebhookBody {
  /// The body's octets.
  let octets: [UInt8]

  /// What the register adds to an event.
  struct Context {
    /// The platform.
    var platform: Platform
    /// The account.
    var account: Account
    /// The sanction as it stands.
    var sanction: Sanction
    /// The posts that it rests on, the newest last.
    var facts: [SanctionLetter.Fact]
    /// Lets the account holder in.
    var token: String
  }

  /// Makes the body; nil where the event is none that is told.
  init?(_ effect: PendingEffect, _ context: Context) {
    guard let type = effect.webhookType,
      case .conduct(let change) = effect.event.event.change
    else { return nil }
    var out = JSONLineWriter()
    out.raw("{\"type\":")
    out.string(type)
    out.raw(",\"timestamp\":")
    out.string("\(effect.event.event.time)")
    out.raw(",\"data\":{\"sanction\":")
    out.string("\(context.sanction.id)")
    out.raw(",\"account\":")
    out.string(context.account.entry.identity.key)
    out.raw(",\"sequence\":")
    out.number(effect.sequence)
    switch change {
    case .sanctionImposed(_, _, let plan, let notice):
      Self.write(plan.terms, until: notice.until, to: &out)
      let letter = SanctionLetter(
        notice, platform: context.platform.name, facts: context.facts,
        appeal: Self.appealURL(notice, context))
      Self.write(letter, to: &out)
      Self.writeAppeal(notice, from: effect.event.event.time, context, to: &out)
    case .sanctionReduced(_, let terms, let until, let cause):
      Self.write(terms, until: until, to: &out)
      Self.write(cause, remaining: terms, until: until, context, to: &out)
    case .sanctionLifted(_, let cause, _, _):
      Self.write(context.sanction.plan.terms, until: nil, to: &out)
      Self.write(cause, remaining: nil, until: nil, context, to: &out)
    case .platformSet, .ladderAdopted, .ruleWritten, .ruleStaged, .ruleReverted, .partySet,
      .accountOpened, .accountChanged, .accountReviewed, .infractionFound, .infractionSettled,
      .sanctionProposed,
      .sanctionApproved, .sanctionDeclined, .sanctionConfirmed, .noticeDelivered, .appealFiled,
      .appealMessage, .appealDecided, .leadNoted, .leadSettled, .batchProposed, .batchApproved,
      .batchMoved, .reportMade, .reportReceived, .holdSet, .partyErased:
      return nil
    }
    out.raw("}}")
    octets = out.octets
  }

  private static func write(
    _ terms: SanctionTerms, until: Instant?, to out: inout JSONLineWriter
  ) {
    out.raw(",\"kind\":")
    out.string(terms.kind.rawValue)
    out.raw(",\"restrictions\":[")
    for (index, restriction) in terms.restrictions.enumerated() {
      if index > 0 { out.raw(",") }
      out.string(restriction.rawValue)
    }
    out.raw("],\"until\":")
    if let until { out.string("\(until)") } else { out.raw("null") }
  }

  private static func write(
    _ cause: LiftingCause, remaining: SanctionTerms?, until: Instant?, _ context: Context,
    to out: inout JSONLineWriter
  ) {
    out.raw(",\"cause\":")
    out.string(cause.rawValue)
    let language =
      context.sanction.notice?.language ?? context.account.entry.language
      ?? context.platform.language
    write(
      SanctionLetter(
        ending: context.sanction.plan.terms.kind, because: cause, remaining: remaining,
        until: until, platform: context.platform.name, language: language),
      to: &out)
  }

  private static func write(_ letter: SanctionLetter, to out: inout JSONLineWriter) {
    out.raw(",\"notice\":{\"language\":")
    out.string(letter.language)
    out.raw(",\"title\":")
    out.string(letter.title)
    out.raw(",\"text\":")
    out.string(letter.text)
    out.raw(",\"items\":[")
    for (index, item) in letter.items.enumerated() {
      if index > 0 { out.raw(",") }
      out.raw("{\"kind\":")
      out.string(item.kind.rawValue)
      out.raw(",\"heading\":")
      out.string(item.heading)
      out.raw(",\"text\":")
      out.string(item.text)
      out.raw("}")
    }
    out.raw("]}")
  }

  /// `until` is the earliest end of the time for an appeal: it is counted from the delivery of the
  /// notice, which is later.
  private static func writeAppeal(
    _ notice: SanctionNotice, from moment: Instant, _ context: Context,
    to out: inout JSONLineWriter
  ) {
    out.raw(",\"appeal\":{\"url\":")
    out.string(appealURL(notice, context))
    out.raw(",\"token\":")
    out.string(context.token)
    out.raw(",\"days\":")
    out.number(notice.appealDays)
    out.raw(",\"until\":")
    out.string("\(moment + .seconds(Int64(notice.appealDays) * 86_400))")
    out.raw("}")
  }

  /// The token stands in the path: the page works without a script, and is asked with no referrer.
  private static func appealURL(_ notice: SanctionNotice, _ context: Context) -> String {
    notice.appealAddress + "/appeal/" + context.token
  }
}
