internal import Enforcement
internal import Mustache

/// The pages: templates made ready once, filled in for each answer.
struct Pages: Sendable {
  /// A template; its text stands in a file of its own.
  enum Template: String, CaseIterable {
    case layout
    case order
    case transparency
    case contest
    case contestForm = "contest-form"
    case thanks
    case blocked
    case problem
    case appeal
    case report
  }

  private let library: MustacheLibrary

  /// - Throws: where a template cannot be read.
  init() throws {
    MustacheContentTypes.register(PageText(), named: PageText.name)
    var library = MustacheLibrary()
    for template in Template.allCases {
      try library.register(template.text, named: template.rawValue)
    }
    self.library = library
  }

  func render(_ template: Template, _ links: Links, _ values: [String: Any]) -> String {
    var context = values
    context["t"] = Phrase.all(links.language)
    context["lang"] = links.language.rawValue
    context["otherLang"] = links.language.other.rawValue
    context["otherHref"] = links.otherLanguage
    context["ordersHref"] = links.to("/transparency")
    context["contestHref"] = links.to("/contest")
    return library.render(context, withTemplate: template.rawValue) ?? ""
  }

  func problem(_ document: ProblemDocument, _ links: Links) -> String {
    render(
      .problem, links,
      ["title": document.title, "status": document.status, "detail": document.detail])
  }

  /// The page at a blocked name speaks both languages at once: it cannot know the reader's.
  ///
  /// Without orders it is the page of a name that an alias leads to a blocked one.
  func blocked(_ host: String, _ orders: [PublicOrder], console: String) -> String {
    let sections = Language.allCases.map { language in
      let (title, lead): (Phrase, Phrase) =
        orders.isEmpty ? (.aliasTitle, .aliasLead) : (.blockedTitle, .blockedLead)
      return [
        "lang": language.rawValue,
        "title": title.text(language, ["host": host]),
        "lead": lead.text(language, ["host": host]),
        "headings": orders.isEmpty ? [] : [Phrase.blockedOrders.text(language)],
        "orders": orders.map { Self.blocking($0, host, console: console, language) },
        "others": orders.isEmpty ? Self.elsewhere(host, console: console, language) : [],
      ] as [String: Any]
    }
    let context: [String: Any] = ["host": host, "sections": sections]
    return library.render(context, withTemplate: Template.blocked.rawValue) ?? ""
  }

  /// Where to read on about a name that no order names.
  private static func elsewhere(
    _ host: String, console: String, _ language: Language
  ) -> [[String: Any]] {
    [
      (Phrase.ordersLink, "\(console)/transparency?lang=\(language.rawValue)"),
      (.contestLink, "\(console)/contest?name=\(host)&lang=\(language.rawValue)"),
    ].map { phrase, address in ["address": address, "text": phrase.text(language)] }
  }

  private static func blocking(
    _ order: PublicOrder, _ host: String, console: String, _ language: Language
  ) -> [String: Any] {
    var facts = [
      Fact(.authority, order.authority), Fact(.reference, order.reference),
      Fact(.basis, order.basis), Fact(.issued, at: order.issued),
    ]
    if let since = order.since { facts.append(Fact(.inForceSince, at: since)) }
    facts.append(Fact(.expires, at: order.expires))
    return [
      "address": "\(order.address)?lang=\(language.rawValue)",
      "read": Phrase.blockedRead.text(language, ["id": order.id.text]),
      "contest":
        "\(console)/contest?order=\(order.id)&name=\(host)&lang=\(language.rawValue)",
      "contestText": Phrase.contestHeading.text(language),
      "facts": facts.map { $0.context(language) },
    ]
  }
}

/// A fact with its label.
struct Fact {
  let label: Phrase
  let value: String
  /// The moment that the value tells, if it tells one.
  var moment: Instant?
  /// Whether the value is code, such as a hash.
  var isCode = false

  init(_ label: Phrase, _ value: String, isCode: Bool = false) {
    self.label = label
    self.value = value
    self.isCode = isCode
  }

  init(_ label: Phrase, at moment: Instant) {
    self.label = label
    self.value = moment.pageText
    self.moment = moment
  }

  func context(_ language: Language) -> [String: Any] {
    var context: [String: Any] = ["label": label.text(language), "value": value]
    if let moment {
      context["moment"] = moment.description
    } else if isCode {
      context["code"] = true
    } else {
      context["plain"] = true
    }
    return context
  }
}

extension Instant {
  /// The moment for readers: to the minute, in UTC.
  var pageText: String {
    let text = description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }
}

extension OrderState {
  /// The state in a word.
  var phrase: Phrase {
    switch self {
    // A draft is never public; no page asks for its word.
    case .assessed, .confirmed: .stateConfirmed
    case .inForce: .stateInForce
    case .suspended: .stateSuspended
    case .expired: .stateExpired
    case .revoked: .stateRevoked
    }
  }
}
