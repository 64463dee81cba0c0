import Enforcement
import Foundation
import Records
import Testing

@testable import Console

@Suite("The desk: people") struct DeskPeopleTests {
  @Test func `the first user is an administrator and needs no token, the next one does`()
    async throws
  {
    let office = try await DeskOffice.open(staffed: false)
    let first = await office.ask(.userAdd(name: "ada", role: nil))
    #expect(first.code == .done)
    #expect(first.lines.first?["role"] as? String == "administrator")
    let token = try #require(first.lines.first?["token"] as? String)
    let next = await office.ask(.userAdd(name: "olga", role: "officer"))
    #expect(next.code == .refused)
    #expect(next.errors.first?.contains("CORDON_TOKEN") == true)
    #expect(
      await office.desk.talk(.userAdd(name: "olga", role: "officer"), token: token).code == .done)
  }

  @Test(arguments: ["", "a b", "ä", "system", String(repeating: "a", count: 65), "a/b", "a\n"])
  func `a name that nobody can sign with is refused`(name: String) async throws {
    let office = try await DeskOffice.open()
    let talk = await office.ask(.userAdd(name: name, role: "clerk"), as: "ada")
    #expect(talk.code == .refused)
    #expect(office.journal.register.people.count == 6)
  }

  @Test(arguments: [nil, "", "boss", "Officer", "public"] as [String?])
  func `an unknown role is refused, and the roles are told`(role: String?) async throws {
    let office = try await DeskOffice.open()
    let talk = await office.ask(.userAdd(name: "new", role: role), as: "ada")
    #expect(talk.code == .refused)
    #expect(talk.errors.count == 1)
    #expect(office.journal.register.people.count == 6)
  }

  @Test func `a token that is nobody's decides nothing, and is not repeated`() async throws {
    let office = try await DeskOffice.open()
    let size = office.journal.size
    for token in ["", "cordon_wrong-token", office.tokens["ada"]! + " ", "\u{0}"] {
      let talk = await office.desk.talk(.userAdd(name: "eve", role: "administrator"), token: token)
      #expect(talk.code == .refused)
      #expect(token.isEmpty || !talk.errors.joined().contains(token))
    }
    #expect(office.journal.size == size)
  }

  @Test func `a replaced token no longer counts`() async throws {
    let office = try await DeskOffice.open()
    let talk = await office.ask(.userToken(name: "olga"), as: "ada")
    let token = try #require(talk.lines.first?["token"] as? String)
    #expect(token != office.tokens["olga"])
    let id = try await office.order("venue-one.com\n")
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .refused)
    #expect(await office.desk.talk(.orderConfirm(id: id, reason: nil), token: token).code == .done)
  }

  @Test func `no token is in any file of the data directory`() async throws {
    let office = try await DeskOffice.open()
    for file in try FileManager.default.contentsOfDirectory(atPath: office.directory) {
      let data = try Data(contentsOf: URL(fileURLWithPath: office.directory + "/" + file))
      for token in office.tokens.values {
        #expect(data.range(of: Data(token.utf8)) == nil, "\(file)")
      }
    }
    #expect(Set(office.tokens.values).count == 6)
    #expect(office.tokens.values.allSatisfy { $0.hasPrefix("cordon_") && $0.count == 50 })
  }

  @Test func `users are listed without their tokens`() async throws {
    let office = try await DeskOffice.open()
    let talk = await office.ask(.userList)
    #expect(
      talk.lines.compactMap { $0["name"] as? String } == [
        "ada", "axel", "carl", "olga", "otto", "rita",
      ])
    #expect(talk.lines.allSatisfy { $0["token"] == nil })
  }
}

@Suite("The desk: orders") struct DeskOrderTests {
  @Test func `a check tells every line in order, then the sum, and changes nothing`() async throws {
    let office = try await DeskOffice.open()
    let size = office.journal.size
    let talk = await office.ask(
      .orderCheck(.list()), file: "venue-one.com\nco.uk\nvenue-one.com\nnot a name at all\n")
    #expect(talk.code == .done)
    let verdicts = talk.lines.dropLast()
    #expect(verdicts.compactMap { $0["line"] as? Int } == verdicts.indices.map { $0 + 1 })
    for verdict in verdicts {
      #expect(verdict["input"] is String)
      #expect(Decision(rawValue: verdict["decision"] as? String ?? "") != nil)
      #expect(verdict["reasons"] is [Any])
    }
    let summary = try #require(talk.lines.last?["summary"] as? [String: Int])
    #expect(summary.values.reduce(0, +) == verdicts.count)
    #expect(summary["accept"] == 1 && summary["duplicate"] == 1)
    #expect(office.journal.size == size)
  }

  @Test func `an order walks from import to revocation`() async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n")
    func state() async -> String? {
      await office.ask(.orderList(state: nil)).lines.first?["state"] as? String
    }
    #expect(await state() == "assessed")
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .done)
    #expect(await state() == "in-force")
    #expect(await office.ask(.orderSuspend(id: id, reason: "x"), as: "otto").code == .done)
    #expect(await state() == "suspended")
    #expect(await office.ask(.orderResume(id: id, reason: "x"), as: "olga").code == .done)
    #expect(await office.ask(.orderRevoke(id: id, reason: "x"), as: "olga").code == .done)
    #expect(await state() == "revoked")
    #expect(await office.ask(.orderList(state: "in-force")).output.isEmpty)
    #expect(await office.ask(.orderList(state: "asleep")).code == .refused)
    let shown = await office.ask(.orderShow(id: id, everyTarget: true))
    #expect((shown.lines.first?["history"] as? [Any])?.count == 8)
    #expect(await office.ask(.recordVerify).lines.first?["verified"] as? Bool == true)
  }

  @Test func `who brought an order in may not confirm it, and the attempt is on the record`()
    async throws
  {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n", as: "olga")
    let size = office.journal.size
    let talk = await office.ask(.orderConfirm(id: id, reason: nil), as: "olga")
    #expect(talk.code == .refused)
    #expect(office.journal.size == size + 1)
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "carl").code == .refused)
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "axel").code == .refused)
    #expect(await office.ask(.orderConfirm(id: id, reason: nil)).code == .refused)
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "otto").code == .done)
  }

  @Test func `the same file again is the same order, until that has ended`() async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n")
    let size = office.journal.size
    #expect(try await office.order("venue-one.com\n") == id)
    #expect(office.journal.size == size)
    _ = await office.ask(.orderRevoke(id: id, reason: "by mistake"), as: "olga")
    let again = try await office.order("venue-one.com\n")
    #expect(again != id)
    #expect(office.journal.register.orders.count == 2)
  }

  @Test(arguments: ["o-1", "", "O-1", "../../etc", "o 1", String(repeating: "o", count: 300)])
  func `an order that is not there is refused by every verb`(id: String) async throws {
    let office = try await DeskOffice.open()
    let settlement = OrderSettlement(lines: ["1"], outcome: .drop, reason: "x")
    let tasks: [DeskRequest.Task] = [
      .orderConfirm(id: id, reason: nil), .orderConfirm(id: id, reason: "x"),
      .orderSettle(id: id, settlement), .orderSuspend(id: id, reason: "x"),
      .orderResume(id: id, reason: "x"), .orderRevoke(id: id, reason: "x"),
      .orderShow(id: id, everyTarget: false), .orderAmend(id: id, .list()),
    ]
    let size = office.journal.size
    for task in tasks {
      #expect(await office.ask(task, as: "olga", file: "venue-one.com\n").code == .refused)
    }
    #expect(office.journal.size == size)
  }

  @Test func `a decision without a reason in writing is refused where one is needed`() async throws
  {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n")
    for reason in [nil, "", " \n\t"] as [String?] {
      let talk = await office.ask(.orderRevoke(id: id, reason: reason), as: "olga")
      #expect(talk.code == .refused)
      #expect(talk.errors.first?.contains("--reason") == true)
    }
  }

  static let missing = ["reference", "authority", "basis", "issued", "expires"]

  @Test(arguments: missing)
  func `an order without what every order must say is refused by the field's name`(
    field: String
  ) async throws {
    let office = try await DeskOffice.open()
    let size = office.journal.size
    for value in ["", "  "] {
      let talk = await office.ask(
        .orderImport(.list([field: value])), as: "carl", file: "venue-one.com\n")
      #expect(talk.code == .refused)
      #expect(talk.errors.first?.contains(field) == true)
    }
    #expect(office.journal.size == size)
  }

  @Test func `wrong formats, scopes and fields are refused, and the right ones told`() async throws
  {
    let office = try await DeskOffice.open()
    var inputs = [OrderInput.list(), .list(), .list(["colour": "red"]), .list(["mode": "shout"])]
    inputs[0].format = "docx"
    inputs[1].scope = "everything"
    for input in inputs {
      for task in [DeskRequest.Task.orderImport(input), .orderCheck(input)] {
        let talk = await office.ask(task, as: "carl", file: "venue-one.com\n")
        if case .orderCheck = task, input.terms["mode"] != nil { continue }
        #expect(talk.code == .refused, "\(input)")
        #expect(talk.errors.count == 1)
      }
    }
  }

  // MARK: Lines that wait

  /// A held name (popular), a line that cannot be read, and a plain one.
  private static let mixed = "venue-one.com\ngoogle.com\n???\n"

  @Test func `lines that wait are settled one by one, or all of a kind`() async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order(Self.mixed)
    let open = try #require(
      office.journal.register.orders[OrderID(id)!]?.unconfirmed?.openLines)
    #expect(!open.isEmpty)
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .refused)
    for (line, decision) in open.sorted(by: { $0.key < $1.key }) {
      let word = decision == .hold ? "held" : "quarantined"
      let named = Bool(line.line % 2 == 0)
      let settlement = OrderSettlement(
        lines: [named ? line.description : word], outcome: .drop, reason: "not meant")
      let talk = await office.ask(.orderSettle(id: id, settlement), as: "rita")
      #expect(talk.code == .done, "\(talk.errors)")
    }
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .done)
  }

  @Test(arguments: ["0", "-1", "99", "1.9", "x", "", "held ", "12.2.3", "1e3"])
  func `a line that does not wait cannot be settled`(line: String) async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order(Self.mixed)
    let settlement = OrderSettlement(lines: [line], outcome: .drop, reason: "x")
    #expect(await office.ask(.orderSettle(id: id, settlement), as: "rita").code == .refused)
  }

  @Test func `settling nothing is refused`() async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n")
    for lines in [[], ["held"], ["quarantined"], ["held", "quarantined"]] {
      let settlement = OrderSettlement(lines: lines, outcome: .accept, reason: "x")
      let talk = await office.ask(.orderSettle(id: id, settlement), as: "rita")
      #expect(talk.code == .refused)
    }
  }

  @Test(arguments: ["", "not a name", "com", "192.0.2.1", "safe.venue-one.com"])
  func `a line cannot be read as what may not be blocked`(name: String) async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order(Self.mixed)
    let open = try #require(
      office.journal.register.orders[OrderID(id)!]?.unconfirmed?.openLines.keys.first)
    let settlement = OrderSettlement(
      lines: ["\(open)"], outcome: .read(name: name, scope: nil), reason: "x")
    #expect(await office.ask(.orderSettle(id: id, settlement), as: "rita").code == .refused)
    let wrongScope = OrderSettlement(
      lines: ["\(open)"], outcome: .read(name: "venue-two.com", scope: "wide"), reason: "x")
    #expect(await office.ask(.orderSettle(id: id, wrongScope), as: "rita").code == .refused)
  }
}

@Suite("The desk: explaining and exporting") struct DeskReadingTests {
  @Test func `a name is blocked, observed, protected or not listed`() async throws {
    let office = try await DeskOffice.open()
    let blocking = try await office.order("venue-one.com\n")
    let observing = try await office.order(
      "venue-two.com\n", reference: "R-2", terms: ["mode": "observe"])
    for id in [blocking, observing] {
      #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .done)
    }
    for (name, decision) in [
      ("www.venue-one.com", "blocked"), ("VENUE-ONE.COM.", "blocked"),
      ("venue-two.com", "observed"), ("x.safe.venue-one.com", "protected"),
      ("venue-three.com", "not-listed"),
    ] {
      let talk = await office.ask(.explain(name: name, at: nil))
      #expect(talk.lines.first?["decision"] as? String == decision, "\(name)")
      #expect(
        (talk.lines.first?["proof"] != nil) == (decision == "blocked" || decision == "observed"))
    }
    let past = await office.ask(.explain(name: "venue-one.com", at: "2018-08-24T11:59:59Z"))
    #expect(past.lines.first?["decision"] as? String == "not-listed")
    let later = await office.ask(.explain(name: "venue-one.com", at: "2030-01-01"))
    #expect(later.lines.first?["decision"] as? String == "not-listed")
  }

  @Test func `what is no name or no time is refused`() async throws {
    let office = try await DeskOffice.open()
    for name in ["", " ", "a b", "192.0.2.1", String(repeating: "a", count: 300), "a..b"] {
      #expect(await office.ask(.explain(name: name, at: nil)).code == .refused, "\(name)")
    }
    for time in ["", "yesterday", "2018-02-30", "2018-08-24T25:00:00Z"] {
      #expect(await office.ask(.explain(name: "a.example", at: time)).code == .refused, "\(time)")
    }
  }

  @Test(arguments: ["json", "hosts", "rpz"])
  func `the rules in force can be had in other systems' forms`(format: String) async throws {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n")
    let zone = DeskRequest.Task.zoneExport(format: format, zone: "rpz.example")
    #expect(!(await office.ask(zone).output.contains("venue-one.com")))
    _ = await office.ask(.orderConfirm(id: id, reason: nil), as: "olga")
    let talk = await office.ask(zone)
    #expect(talk.code == .done)
    #expect(talk.output.contains("venue-one.com"))
    office.setClock("2019-08-24")
    #expect(!(await office.ask(zone).output.contains("venue-one.com")))
  }

  @Test func `an unknown form, and a zone that is none, are refused`() async throws {
    let office = try await DeskOffice.open()
    for (format, zone) in [
      ("xml", "rpz.example"), ("", "rpz.example"), ("rpz", ""), ("rpz", "."), ("rpz", "a b"),
    ] {
      let talk = await office.ask(.zoneExport(format: format, zone: zone))
      #expect(talk.code == .refused, "\(format) \(zone)")
    }
  }

  @Test func `an entry is proved by its number, and no other`() async throws {
    let office = try await DeskOffice.open()
    let talk = await office.ask(.recordProve(entry: "0"))
    #expect(talk.code == .done)
    #expect((talk.lines.first?["leaf"] as? String)?.contains("record.opened") == true)
    for (entry, code) in [
      ("-1", ExitCode.refused), ("x", .refused), ("", .refused), ("99", .failed),
      ("18446744073709551616", .refused), ("18446744073709551615", .failed),
    ] {
      #expect(await office.ask(.recordProve(entry: entry)).code == code, "\(entry)")
    }
  }

  @Test func `a clock that is behind stops decisions, not reading, until it is accepted`()
    async throws
  {
    let office = try await DeskOffice.open()
    let id = try await office.order("venue-one.com\n")
    office.setClock("2018-08-20")
    #expect(await office.ask(.orderList(state: nil)).code == .done)
    let talk = await office.ask(.orderConfirm(id: id, reason: nil), as: "olga")
    #expect(talk.code == .failed)
    #expect(talk.errors.first?.contains("accept-clock") == true)
    #expect(await office.ask(.recordAcceptClock(reason: "x"), as: "olga").code == .refused)
    #expect(await office.ask(.recordAcceptClock(reason: nil), as: "ada").code == .refused)
    #expect(await office.ask(.recordAcceptClock(reason: "it ran ahead"), as: "ada").code == .done)
    #expect(await office.ask(.orderConfirm(id: id, reason: nil), as: "olga").code == .done)
  }

  @Test func `nothing that a file says can steer a terminal`() async throws {
    let office = try await DeskOffice.open()
    let nasty = "venue-one.com\n\u{1B}[2Jvenue-two.com\n\u{202E}moc.eno-eunev\u{7}\n\u{9B}31m\n"
    let check = await office.ask(.orderCheck(.list()), file: nasty, json: false)
    let id = try await office.order(nasty)
    let shown = await office.ask(.orderShow(id: id, everyTarget: true), json: false)
    for talk in [check, shown] {
      #expect(talk.code == .done)
      for scalar in talk.output.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format, "\(scalar.value)")
      }
    }
  }

  @Test func `a reader that goes away ends the verb, and what was recorded stays`() async throws {
    let office = try await DeskOffice.open()
    struct Gone: Error {}
    let id = try await office.order("venue-one.com\n")
    let gone = DeskOutput(out: { _ in throw Gone() }, err: { _ in throw Gone() })
    let code = await office.desk.handle(
      DeskRequest(task: .orderConfirm(id: id, reason: nil), token: office.tokens["olga"]),
      file: [], output: gone)
    #expect(code == .failed)
    #expect(office.journal.register.orders[OrderID(id)!]?.state == .inForce)
    #expect(await office.ask(.recordVerify).code == .done)
  }
}
