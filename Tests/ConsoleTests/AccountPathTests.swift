import Conduct
import Enforcement
import Foundation
import HTTPTypes
import Records
import Testing

@testable import Console

@Suite struct `Four eyes over every way in` {
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `what takes two people takes two, by verb, by program and on the page`(seed: UInt64)
    async throws
  {
    let office = try await AccountOffice()
    try await office.web.serving { reader in
      var history = PathHistory(office: office, reader: reader, seed: seed)
      for _ in 0..<300 { try await history.step() }
      // Each way in has to have been refused and let through, or nothing was shown.
      for way in ["verb", "program", "page"] {
        #expect(history.done[way, default: 0] > 3, "\(way) \(history.done)")
        #expect(history.refused[way, default: 0] > 3, "\(way) \(history.refused)")
      }
      let effective = office.book.sanctions.values.filter {
        $0.state != .proposed && $0.state != .declined
      }
      #expect(Set(effective.map(\.plan.terms.kind)).isSuperset(of: [.suspend, .close]))
      #expect(office.book.appeals.values.contains { $0.decidedBy != nil })
      #expect(office.web.journal.verify().verified)
    }
  }
}

/// People who try what they may and what they may not, each time by another way in, and a judge who
/// reads the record after each step.
private struct PathHistory {
  let office: AccountOffice
  let reader: WebReader
  var random: SeededDice
  var posts = 0
  var done: [String: Int] = [:]
  var refused: [String: Int] = [:]

  init(office: AccountOffice, reader: WebReader, seed: UInt64) {
    self.office = office
    self.reader = reader
    random = SeededDice(state: seed)
  }

  mutating func step() async throws {
    let before = office.web.journal.size
    let name = pick(AccountOffice.people.map(\.name))
    var asker: Actor? = AccountOffice.person(name)
    let way: String
    let isDone: Bool
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      posts += 1
      try await office.strike(pick(AccountOffice.accounts), number: posts)
      (way, isDone, asker) = ("post", true, nil)
    case 1:
      (way, isDone, asker) = ("page", try await appeal(), nil)
    case let kind:
      let asksVerb = Bool.random(using: &random)
      way = asksVerb ? "verb" : "program"
      isDone = try await act(kind, as: name, byVerb: asksVerb)
    }
    if isDone { done[way, default: 0] += 1 } else { refused[way, default: 0] += 1 }
    try judge(from: before, asker)
  }

  private mutating func pick<Thing>(_ things: [Thing]) -> Thing {
    things[Int.random(in: 0..<things.count, using: &random)]
  }

  private mutating func sanction(_ state: SanctionState?) -> String {
    let all = office.book.sanctions.values.filter { state == nil || $0.state == state }
      .map(\.id).sorted()
    return all.isEmpty ? "s-1" : pick(all).description
  }

  /// The account holder's form, with a right token or, now and then, another's.
  private mutating func appeal() async throws -> Bool {
    let id = sanction(Bool.random(using: &random) ? .imposed : nil)
    guard let number = SanctionID(text: id) else { return false }
    var token = try office.desk.conduct.appealKey().token(for: number)
    if Int.random(in: 0..<3, using: &random) == 0 { token = "s-1" + token.drop { $0 != "." } }
    let answer = try await reader.ask(
      "/appeal/\(token)", .post,
      ["content-type": "application/x-www-form-urlencoded", "origin": "http://console.test:8480"],
      body: "text=\(WebReader.encoded("It was satire."))")
    #expect(answer.status < 500)
    return answer.status == 303
  }

  /// Has a person ask for something, by one of two ways that must come to the same.
  private mutating func act(_ kind: Int, as name: String, byVerb: Bool) async throws -> Bool {
    let why = "because of \(posts)"
    let account = "agora/\(pick(AccountOffice.accounts))"
    switch kind {
    case 2:
      let kind = pick(["suspend", "close"])
      let days: Int? = kind == "suspend" ? 7 : nil
      let terms = TermsInput(kind: kind, days: days)
      if byVerb {
        return await office.verb(
          .accountSanction(
            account: account, SanctionInput(terms: terms, clause: "section 5", reason: why)),
          as: name)
      }
      var body: [String: Any] = ["kind": kind, "clause": "section 5", "reason": why]
      if let days { body["days"] = days }
      return try await office.call(
        "platforms/agora/accounts/\(account.dropFirst(6))/sanctions", body, as: name, reader)
    case 3, 4:
      let id = sanction(.proposed)
      return byVerb
        ? await office.verb(.sanctionApprove(id: id, reason: why), as: name)
        : try await office.call("sanctions/\(id)/approve", ["reason": why], as: name, reader)
    case 5:
      let id = sanction(.imposed)
      return byVerb
        ? await office.verb(.sanctionLift(id: id, reason: why), as: name)
        : try await office.call("sanctions/\(id)/lift", ["reason": why], as: name, reader)
    case 6:
      let open = office.book.appeals.values.filter { $0.outcome == nil }.map(\.id).sorted()
      let id = open.isEmpty ? "ap-1" : pick(open).description
      let outcome = pick(["upheld", "overturned"])
      return byVerb
        ? await office.verb(
          .appealDecide(id: id, AppealDecision(outcome: outcome, reason: why)), as: name)
        : try await office.call(
          "appeals/\(id)/decide", ["outcome": outcome, "reason": why], as: name, reader)
    case _: return try await batch(account, why, as: name, byVerb: byVerb)
    }
  }

  private mutating func batch(
    _ account: String, _ why: String, as name: String, byVerb: Bool
  ) async throws -> Bool {
    let waiting = office.book.batches.values.filter { $0.state == .proposed }.map(\.id).sorted()
    if !waiting.isEmpty, Bool.random(using: &random) {
      let id = pick(waiting).description
      return byVerb
        ? await office.verb(.batchMove(id: id, to: "approve", reason: why), as: name)
        : try await office.call("batches/\(id)/approve", ["reason": why], as: name, reader)
    }
    let terms = TermsInput(kind: "close")
    if byVerb {
      return await office.verb(
        .batchPropose(
          BatchInput(
            action: "impose", terms: terms, clause: "section 5", accounts: [account], reason: why)),
        as: name)
    }
    return try await office.call(
      "batches",
      [
        "action": "impose", "terms": ["kind": "close"], "clause": "section 5",
        "accounts": [account], "reason": why,
      ], as: name, reader)
  }

  /// What is on the record was done by who asked or by the system, and nothing grave by one alone.
  private func judge(from before: UInt64, _ asker: Actor?) throws {
    for number in before..<office.web.journal.size {
      let recorded = try office.web.journal.event(at: number)
      #expect(
        recorded.event.actor == .system || recorded.event.actor == asker || asker == nil,
        "\(recorded.event)")
    }
    let officers = Set(
      AccountOffice.people.filter { $0.role == .officer || $0.role == .administrator }
        .map { AccountOffice.person($0.name) })
    for sanction in office.book.sanctions.values where sanction.imposed != nil {
      var agreed = Set(sanction.approvedBy)
      if let batch = sanction.plan.batch.flatMap({ office.book.batches[$0] }) {
        agreed.formUnion(batch.approvedBy)
        agreed.remove(batch.by)
      }
      agreed.remove(sanction.proposedBy)
      let needed: Int
      switch sanction.plan.terms.kind {
      case .warn, .restrict: needed = 0
      case .suspend: needed = 1
      case .close: needed = 2
      }
      #expect(agreed.count >= needed && agreed.isSubset(of: officers), "\(sanction)")
    }
    for appeal in office.book.appeals.values {
      guard let judge = appeal.decidedBy, let sanction = office.book.sanctions[appeal.sanction]
      else { continue }
      let part = [sanction.proposedBy] + sanction.approvedBy + [AccountOffice.person("olga")]
      #expect(!part.contains(judge), "\(appeal)")
    }
  }
}

/// Random numbers that are the same every time (SplitMix64).
private struct SeededDice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
