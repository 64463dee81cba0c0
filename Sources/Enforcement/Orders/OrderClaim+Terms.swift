extension OrderClaim {
  /// Checks the claim against what every order must say, and makes it terms.
  ///
  /// Required are `reference`, `authority`, `basis`, `issued` and `expires`. `effective` is the
  /// moment of receipt where the order does not say.
  ///
  /// - Parameter moment: when the order was received.
  /// - Returns: the checked terms.
  /// - Throws: ``Refusal`` that names the missing or wrong field.
  public func terms(receivedAt moment: Instant) throws(Refusal) -> OrderTerms {
    var terms = OrderTerms(
      reference: try Self.required(reference, "reference", upTo: 120),
      authority: try Self.required(authority, "authority", upTo: 200),
      basis: try Self.required(basis, "basis", upTo: 500),
      issued: try Self.moment(try Self.required(issued, "issued", upTo: 40), "issued"),
      effective: try Self.moment(effective, "effective") ?? moment,
      expires: try Self.moment(try Self.required(expires, "expires", upTo: 40), "expires")
    )
    terms.jurisdiction = try Self.optional(jurisdiction, "jurisdiction", upTo: 40)
    terms.contact = try Self.optional(contact, "contact", upTo: 200)
    terms.note = try Self.optional(note, "note", upTo: 2000)
    terms.deadline = try Self.moment(deadline, "deadline")
    terms.mode = try Self.choice(mode, "mode") ?? .block
    terms.answer = try Self.choice(answer, "answer") ?? .nxdomain
    terms.origin = try Self.choice(origin, "origin") ?? .authority
    try Self.checkDates(of: terms, receivedAt: moment)
    return terms
  }

  private static func checkDates(of terms: OrderTerms, receivedAt moment: Instant) throws(Refusal) {
    guard terms.expires > terms.effective else {
      throw Refusal(
        .badField,
        "expires (\(terms.expires)) is not after effective (\(terms.effective)): the order would"
          + " never be in force")
    }
    guard terms.expires > moment else {
      throw Refusal(
        .alreadyExpired,
        "the order expired on \(terms.expires), before it was received: check the field expires, or"
          + " ask the authority to renew it")
    }
    guard terms.issued <= moment + .seconds(86_400) else {
      throw Refusal(.badField, "issued (\(terms.issued)) lies in the future: check the date")
    }
  }

  private static func required(
    _ value: String?, _ field: String, upTo limit: Int
  ) throws(Refusal) -> String {
    guard let text = try optional(value, field, upTo: limit) else {
      throw Refusal(
        .missingField,
        "the order has no \(field): give it in the file, or with --\(field) where the file has no"
          + " place for it")
    }
    return text
  }

  private static func optional(
    _ value: String?, _ field: String, upTo limit: Int
  ) throws(Refusal) -> String? {
    guard let value else { return nil }
    let text = value.trimmingWhitespace
    guard !text.isEmpty else { return nil }
    guard text.count <= limit else {
      throw Refusal(
        .badField, "\(field) has \(text.count) characters; at most \(limit) are allowed")
    }
    guard !text.unicodeScalars.contains(where: \.isControlOrLineBreak) else {
      throw Refusal(.badField, "\(field) has a control character or a line break: remove it")
    }
    return text
  }

  private static func moment(_ text: String, _ field: String) throws(Refusal) -> Instant {
    guard let moment = Instant(text) else {
      throw Refusal(
        .badField,
        "\(field) is \"\(text)\", which is no date: write 2026-08-24 or 2026-08-24T00:00:00Z")
    }
    return moment
  }

  private static func moment(_ text: String?, _ field: String) throws(Refusal) -> Instant? {
    guard let text = try optional(text, field, upTo: 40) else { return nil }
    let moment: Instant = try moment(text, field)
    return moment
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String?, _ field: String
  ) throws(Refusal) -> Choice? {
    guard let text = try optional(text, field, upTo: 40) else { return nil }
    guard let choice = Choice(rawValue: text.lowercased()) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal(.badField, "\(field) is \"\(text)\"; it may be \(choices)")
    }
    return choice
  }
}

extension Unicode.Scalar {
  /// Whether this breaks a line or steers a terminal instead of showing something.
  fileprivate var isControlOrLineBreak: Bool {
    let category = properties.generalCategory
    return category == .control || category == .format || category == .lineSeparator
      || category == .paragraphSeparator
  }
}

extension String {
  /// The text without white space at either end.
  var trimmingWhitespace: String {
    let start = self.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
