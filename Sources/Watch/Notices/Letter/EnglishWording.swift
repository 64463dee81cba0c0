internal import Detection
internal import Enforcement

/// A letter in English.
struct EnglishWording: LetterWording {
  func subject(host: String, caseNumber: String, deadline: Instant) -> String {
    "Notice about \(host): please answer by \(date(deadline)) (case \(caseNumber))"
  }

  func greeting(_ scope: ContactScope, organization: String?, host: String) -> String {
    switch scope {
    case .operator: "To whoever runs \(host),"
    case .host: "To the abuse desk of \(organization ?? "the network that \(host) is in"),"
    case .registrar: "To the abuse desk of \(organization ?? "the registrar of \(host)"),"
    }
  }

  func opening(reporter: String, seen: Instant) -> String {
    "We are \(reporter). On \(time(seen)) we saw this page:"
  }

  func finding(_ category: Category) -> String {
    let what =
      switch category {
      case .venue: "run a venue for trading crypto-assets, or lead visitors into one"
      case .tokenSale: "offer tokens for sale"
      case .paymentAcceptance: "take payment in crypto-assets"
      case .solicitation: "invite people to trade or buy crypto-assets"
      case .reporting, .none: "concern crypto-assets"
      }
    return "It appears to \(what). This is what that rests on, in the page's own words:"
  }

  func quotation(_ text: String, _ evidence: Evidence) -> String {
    let place = evidence.location
    return "“\(text)”\n   (\(evidence.signal); \(place.part.rawValue), octets \(place.start) to "
      + "\(place.end))"
  }

  func more(_ count: Int) -> String {
    count == 1
      ? "One more piece is in the attachment." : "\(count) more pieces are in the attachment."
  }

  func capture(digest: String) -> String {
    "We have kept a copy of the page. Its SHA-256 hash is\n\(digest)"
  }

  func rule(_ text: String) -> String { "The rule we write under:\n\(text)" }

  func request(
    _ scope: ContactScope, host: String, address: String?, deadline: Instant
  ) -> String {
    let by = time(deadline)
    switch scope {
    case .operator:
      return "Please stop this, or tell us why the rule does not apply: for example which licence "
        + "you hold, or which exemption you rely on. Please answer by \(by)."
    case .host:
      let place = address.map { "\(host) answers from \($0), which is in your network." }
      return (place ?? "\(host) is in your network.")
        + " Please pass this notice on to your customer, look into it under your own terms, and "
        + "tell us by \(by) what came of it. Others may be served from the same address: what "
        + "you do should reach this site alone."
    case .registrar:
      return "The name of \(host) is registered through you. Please pass this notice on to its "
        + "holder, look into it under your own terms, and tell us by \(by) what came of it."
    }
  }

  func contest(contact: String, url: String?, caseNumber: String) -> String {
    "If we are wrong, please say so. Answer this message or write to \(contact)"
      + (url.map { ", or use \($0)" } ?? "")
      + ". Name case \(caseNumber) and, if you can, which piece of evidence is wrong. A person "
      + "reads every answer."
  }

  func limits() -> String {
    "This notice says no more than what is quoted above. It draws no other conclusion about the "
      + "site, those who run it, or you. It is a notice, not an order."
  }

  func guessed() -> String {
    "We found no published address for this site, so we wrote to the customary one. If you have "
      + "nothing to do with it, please tell us; there is nothing else you need to do."
  }

  func attachment(name: String) -> String {
    "The same is attached for machines: \(name), in the format XARF 4."
  }

  func caseLine(_ caseNumber: String) -> String { "Case \(caseNumber)" }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private func date(_ moment: Instant) -> String {
    let parts = LetterTime(moment)
    return "\(parts.day) \(Self.months[(parts.month - 1) % 12]) \(parts.year)"
  }

  private func time(_ moment: Instant) -> String {
    "\(date(moment)), \(LetterTime(moment).clock) UTC"
  }
}
