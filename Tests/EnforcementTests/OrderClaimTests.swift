import Testing

@testable import Enforcement

@Suite struct `The claim of an order` {
  private let now = instant("2018-08-23T12:00:00Z")

  @Test func `with all that is required becomes terms, with the usual choices`() throws {
    let terms = try OrderClaim.sample().terms(receivedAt: now)
    #expect(terms.reference == "IFRR-2018-117")
    #expect(terms.authority == "Example Financial Supervisor")
    #expect(terms.basis == "Payment Services Act s. 12(3)")
    #expect(terms.issued == instant("2018-08-23"))
    #expect(terms.effective == instant("2018-08-24"))
    #expect(terms.expires == instant("2019-08-24"))
    #expect(terms.mode == .block && terms.answer == .nxdomain && terms.origin == .authority)
    #expect(terms.jurisdiction == nil && terms.contact == nil && terms.note == nil)
    #expect(terms.deadline == nil)
  }

  @Test(arguments: Field.required) func `is refused without`(field: Field) {
    for empty in [nil, "", "  ", "\t\n", "\u{3000}"] {
      let refusal = refusal { $0[keyPath: field.path] = empty }
      #expect(refusal?.code == .missingField)
      #expect(refusal?.text.contains(field.name) == true)
    }
  }

  @Test func `takes effect on receipt where it does not say when`() throws {
    for empty in [nil, "", "  "] {
      var claim = OrderClaim.sample()
      claim.effective = empty
      #expect(try claim.terms(receivedAt: now).effective == now)
    }
  }

  @Test(arguments: Field.dates) func `with a bad date is refused, by the name of`(field: Field) {
    for bad in ["24.08.2018", "2018-02-29", "2018-13-01", "tomorrow", "2018-08-23T12:00:60Z"] {
      let refusal = refusal { $0[keyPath: field.path] = bad }
      #expect(refusal?.code == .badField)
      #expect(refusal?.text.contains(field.name) == true)
      #expect(refusal?.text.contains(bad) == true)
    }
  }

  @Test func `that would never be in force is refused`() {
    for expires in ["2018-08-24", "2018-08-23T23:59:59Z"] {
      #expect(refusal { $0.expires = expires }?.code == .badField)
    }
    #expect(refusal { $0.expires = "2018-08-24T00:00:00.001Z" } == nil)
  }

  @Test func `that is over before it came in is refused`() {
    let past = refusal {
      $0.issued = "2017-01-01"
      $0.effective = "2017-01-02"
      $0.expires = "2018-08-23T12:00:00Z"
    }
    #expect(past?.code == .alreadyExpired)
    let live = refusal {
      $0.issued = "2017-01-01"
      $0.effective = "2017-01-02"
      $0.expires = "2018-08-23T12:00:00.001Z"
    }
    #expect(live == nil)
  }

  @Test func `may bear the date of tomorrow, which another time zone has already, and no later`() {
    #expect(refusal { $0.issued = "2018-08-24T12:00:00Z" } == nil)
    #expect(refusal { $0.issued = "2018-08-24T12:00:00.001Z" }?.code == .badField)
  }

  @Test(arguments: Field.limited) func `is held to the limit of`(field: Field) throws {
    let fitting = String(repeating: "é", count: field.limit)
    #expect(refusal { $0[keyPath: field.path] = "  " + fitting + "\n" } == nil)
    let refusal = refusal { $0[keyPath: field.path] = fitting + "é" }
    #expect(refusal?.code == .badField)
    #expect(refusal?.text.contains("\(field.limit)") == true)
  }

  @Test(arguments: Field.limited) func `is refused with a control character or line break in`(
    field: Field
  ) {
    for bad in [
      "\u{0}", "\u{7}", "\u{1B}[2J", "\n", "\r\n", "\t", "\u{85}", "\u{2028}", "\u{2029}",
    ] {
      #expect(refusal { $0[keyPath: field.path] = "a\(bad)b" }?.code == .badField)
    }
  }

  @Test func `may choose mode, answer and origin, in any case of letters`() throws {
    for mode in EnforcementMode.allCases {
      for answer in BlockedAnswer.allCases {
        for origin in OrderOrigin.allCases {
          var claim = OrderClaim.sample()
          claim.mode = mode.rawValue.uppercased()
          claim.answer = " \(answer.rawValue) "
          claim.origin = origin.rawValue.uppercased()
          let terms = try claim.terms(receivedAt: now)
          #expect(terms.mode == mode && terms.answer == answer && terms.origin == origin)
        }
      }
    }
  }

  @Test(arguments: Field.choices)
  func `is refused with an unknown choice, and told the choices, of`(
    field: Field
  ) {
    let refusal = refusal { $0[keyPath: field.path] = "delete" }
    #expect(refusal?.code == .badField)
    #expect(refusal?.text.contains(field.name) == true)
    for choice in field.choices { #expect(refusal?.text.contains(choice) == true) }
  }

  @Test func `keeps its own fields when another completes it`() {
    for field in Field.all {
      var mine = OrderClaim()
      var other = OrderClaim()
      mine[keyPath: field.path] = "mine"
      other[keyPath: field.path] = "other"
      #expect(mine.completed(from: other) == mine)
      #expect(OrderClaim().completed(from: other) == other)
      #expect(mine.completed(from: OrderClaim()) == mine)
    }
  }

  @Test func `is trimmed of white space at either end, and of none within`() throws {
    #expect("  a b ".trimmingWhitespace == "a b")
    #expect(" \t\r\n\u{3000}".trimmingWhitespace == "")
    #expect("".trimmingWhitespace == "")
    #expect("x".trimmingWhitespace == "x")
  }

  private func refusal(_ change: (inout OrderClaim) -> Void) -> Refusal? {
    var claim = OrderClaim.sample()
    change(&claim)
    do {
      _ = try claim.terms(receivedAt: now)
      return nil
    } catch {
      return error
    }
  }
}

/// A field of a claim, with what the law says about it.
struct Field: Sendable, CustomTestStringConvertible {
  var name: String
  var path: any WritableKeyPath<OrderClaim, String?> & Sendable
  var limit = 40
  var choices: [String] = []

  var testDescription: String { name }

  static let required = [
    Field(name: "reference", path: \.reference, limit: 120),
    Field(name: "authority", path: \.authority, limit: 200),
    Field(name: "basis", path: \.basis, limit: 500),
    Field(name: "issued", path: \.issued), Field(name: "expires", path: \.expires),
  ]
  static let dates = [
    Field(name: "issued", path: \.issued), Field(name: "effective", path: \.effective),
    Field(name: "expires", path: \.expires), Field(name: "deadline", path: \.deadline),
  ]
  static let limited =
    required.prefix(3) + [
      Field(name: "jurisdiction", path: \.jurisdiction, limit: 40),
      Field(name: "contact", path: \.contact, limit: 200),
      Field(name: "note", path: \.note, limit: 2000),
    ]
  static let choices = [
    Field(name: "mode", path: \.mode, choices: ["block", "observe"]),
    Field(
      name: "answer", path: \.answer, choices: ["nxdomain", "nodata", "refused", "address"]),
    Field(name: "origin", path: \.origin, choices: ["authority", "operator"]),
  ]
  static let all = required + dates + limited.suffix(3) + choices
}
