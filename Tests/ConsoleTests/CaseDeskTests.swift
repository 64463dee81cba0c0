import Enforcement
import Foundation
import Records
import Testing

@testable import Console

extension Finding {
  static func sample(
    _ site: String = "venue-one.com", evidence: String = "ab", seen: String = "2018-08-24T11:00:00Z"
  ) -> Finding {
    Finding(
      site: Site(site)!, url: "https://\(site)/trade", address: "192.0.2.7", category: .venue,
      score: 0.934, language: "en",
      evidence: [
        EvidencePiece(
          signal: "venue.order-form", text: "Buy BTC/USDT\u{1B}[31m now", part: .html, start: 100,
          end: 121, weight: 2.5),
        EvidencePiece(
          signal: "reporting.byline", text: "By A. Writer", part: .text, start: 1, end: 13,
          weight: -0.25),
      ],
      packs: ["crypto-trading@1"],
      capture: CaptureReference(
        file: "20180824-1.warc.gz", offset: 4_711,
        payload: ContentDigest(hex: String(repeating: "cd", count: 32))!),
      evidenceDigest: ContentDigest(hex: String(repeating: evidence, count: 32))!,
      seen: Instant(seen)!)
  }
}

extension DeskOffice {
  /// Has something found; answers the number of its case.
  func found(_ finding: Finding = .sample()) async throws -> String {
    _ = try await journal.perform(.reportFinding(finding), by: .system)
    return try #require(journal.register.book.newest(of: finding.site, finding.category)).id.text
  }

  func reviewed(_ finding: Finding = .sample()) async throws -> String {
    let id = try await found(finding)
    let talk = await ask(.caseReview(id: id, evidence: nil, remark: "it trades"), as: "carl")
    #expect(talk.code == .done, "\(talk.errors)")
    return id
  }
}

@Suite("The desk: cases") struct CaseDeskTests {
  @Test func `a list has what is open, and says what is next`() async throws {
    let office = try await DeskOffice.open()
    #expect(await office.ask(.caseList(CaseSelection()), json: false).output.contains("no cases"))
    let first = try await office.found()
    let second = try await office.found(.sample("pages.example/club/"))
    _ = await office.ask(.caseClose(id: first, as: "dismissed", reason: "a news page"), as: "carl")
    let open = await office.ask(.caseList(CaseSelection()))
    #expect(open.lines.map { $0["id"] as? String } == [second])
    let line = try #require(open.lines.first)
    #expect(line["site"] as? String == "pages.example/club/")
    #expect(line["state"] as? String == "new" && line["next_step"] as? String == "review")
    #expect(line["score"] as? Double == 0.934 && line["reviewed"] as? Bool == false)
    let all = await office.ask(.caseList(CaseSelection(everyCase: true)))
    #expect(all.lines.map { $0["id"] as? String } == [first, second])
    let text = await office.ask(.caseList(CaseSelection()), json: false).output
    #expect(text.contains(second) && text.contains("1 case has ended"))
    let ofSite = await office.ask(.caseList(CaseSelection(site: "venue-one.com", everyCase: true)))
    #expect(ofSite.lines.count == 1)
    let dismissed = await office.ask(.caseList(CaseSelection(state: "dismissed")))
    #expect(dismissed.lines.first?["id"] as? String == first)
    #expect(await office.ask(.caseList(CaseSelection(state: "lost"))).code == .refused)
  }

  @Test func `a case is shown with its evidence, where it stands, and how to prove it`()
    async throws
  {
    let office = try await DeskOffice.open()
    let id = try await office.reviewed()
    let entry = try #require(try office.journal.findings(of: CaseID(id)!).first?.index)
    let text = await office.ask(.caseShow(id: id, everyPiece: false), json: false).output
    for part in [
      "https://venue-one.com/trade", "venue.order-form", "+2.5", "-0.25", "“By A. Writer”",
      "html 100–121", "20180824-1.warc.gz, octet 4711", "cordon record prove \(entry)",
      "it trades", "carl", String(repeating: "ab", count: 32), String(repeating: "cd", count: 32),
    ] { #expect(text.contains(part), "\(part)") }
    #expect(!text.contains("\u{1B}"), "what a page holds cannot steer the terminal")
    let json = try #require(await office.ask(.caseShow(id: id, everyPiece: true)).lines.first)
    let finding = try #require((json["findings"] as? [[String: Any]])?.first)
    #expect((finding["evidence"] as? [[String: Any]])?.count == 2)
    #expect((finding["capture"] as? [String: Any])?["offset"] as? Int == 4_711)
    #expect(finding["evidence_digest"] as? String == String(repeating: "ab", count: 32))
    #expect((json["review"] as? [String: Any])?["is_current"] as? Bool == true)
    #expect((json["history"] as? [[String: Any]])?.count == 2)
    #expect(await office.ask(.caseShow(id: "c-1", everyPiece: false)).code == .refused)
    #expect(await office.ask(.caseShow(id: "o-1", everyPiece: false)).code == .refused)
  }

  @Test func `a review names what was seen, and an old look does not count for the new`()
    async throws
  {
    let office = try await DeskOffice.open()
    let id = try await office.found()
    let seen = String(repeating: "ab", count: 4)
    _ = try await office.found(.sample(evidence: "ef"))
    let stale = await office.ask(
      .caseReview(id: id, evidence: seen, remark: "it trades"), as: "carl")
    #expect(stale.code == .refused && stale.errors.first?.contains("new evidence") == true)
    for wrong in ["ab", "12345678", "zz"] {
      let talk = await office.ask(.caseReview(id: id, evidence: wrong, remark: "x"), as: "carl")
      #expect(talk.code == .refused)
    }
    let newest = String(repeating: "EF", count: 6)
    let talk = await office.ask(.caseReview(id: id, evidence: newest, remark: "both"), as: "carl")
    #expect(talk.lines.first?["state"] as? String == "reviewed")
    #expect(await office.ask(.caseReview(id: id, evidence: nil, remark: "x")).code == .refused)
    #expect(
      await office.ask(.caseReview(id: id, evidence: nil, remark: "x"), as: "axel").code == .refused
    )
  }

  @Test func `a case is closed by people, with a reason, once`() async throws {
    let office = try await DeskOffice.open()
    let id = try await office.found()
    for (closing, reason) in [("dismissed", nil), ("lost", "x"), ("resolved", " ")] {
      let talk = await office.ask(.caseClose(id: id, as: closing, reason: reason), as: "carl")
      #expect(talk.code == .refused)
    }
    let talk = await office.ask(.caseClose(id: id, as: "resolved", reason: "licensed"), as: "rita")
    #expect(talk.lines.first?["state"] as? String == "resolved")
    #expect(talk.lines.first?["ended"] as? String == "2018-08-24T12:00:00Z")
    let again = await office.ask(.caseClose(id: id, as: "dismissed", reason: "x"), as: "carl")
    #expect(again.code == .refused)
  }
}

@Suite("The desk: referrals") struct ReferralDeskTests {
  @Test(arguments: [
    ("venue-one.com", "venue-one.com", "subtree"),
    ("trade.venue-one.com", "trade.venue-one.com", "exact"),
    ("pages.venue-one.com/club/", "pages.venue-one.com", "exact"),
    ("venue-one.com/club/", "venue-one.com", "exact"),
    ("venue-one.com:8443", "venue-one.com", "exact"),
  ])
  func `a referral drafts an order that imports as it stands`(
    site: String, name: String, scope: String
  ) async throws {
    let office = try await DeskOffice.open()
    let id = try await office.found(.sample(site))
    let early = await office.ask(.caseRefer(id: id, reason: "it goes on"), as: "carl")
    #expect(early.code == .refused && early.errors.first?.contains("looked") == true)
    _ = await office.ask(.caseReview(id: id, evidence: nil, remark: "it trades"), as: "carl")
    let talk = await office.ask(.caseRefer(id: id, reason: "it goes on"), as: "carl")
    let order = try #require(talk.lines.first?["order"] as? [String: Any], "\(talk.errors)")
    #expect((talk.lines.first?["case"] as? [String: Any])?["state"] as? String == "referred")
    let targets = try #require(order["targets"] as? [[String: Any]])
    #expect(targets.map { $0["name"] as? String } == [name])
    #expect(targets.map { $0["scope"] as? String } == [scope])
    #expect((order["note"] as? String)?.contains("Buy BTC/USDT") == true)
    #expect((order["note"] as? String)?.contains("Mind:") == site.contains("/"))
    let draft = await office.ask(.caseRefer(id: id, reason: nil), as: "carl", json: false)
    let input = OrderInput(fileName: "draft.json")
    let check = await office.ask(.orderCheck(input), file: draft.output)
    #expect(check.code == .done, "\(check.errors)")
    #expect(check.lines.first?["decision"] as? String == "accept")
    let summary = try #require(check.lines.last)
    #expect(summary["problem"] == nil && summary["summary"] != nil)
    let imported = await office.ask(.orderImport(input), as: "carl", file: draft.output)
    #expect(imported.lines.first?["reference"] as? String == "case \(id)", "\(imported.errors)")
    let referrals = try office.journal.history(of: CaseID(id)!).filter {
      if case .caseChanged(_, .referred) = $0.event.change { true } else { false }
    }
    #expect(referrals.count == 1, "drafting again records nothing")
  }

  @Test(arguments: ["192.0.2.9", "[2001:db8::1]:8443/x/"])
  func `what no order can name is not referred`(site: String) async throws {
    let office = try await DeskOffice.open()
    let id = try await office.reviewed(.sample(site))
    let talk = await office.ask(.caseRefer(id: id, reason: "it goes on"), as: "carl")
    #expect(talk.code == .refused && talk.errors.first?.contains("address") == true)
    #expect(office.journal.register.book[CaseID(id)!]?.state == .reviewed)
  }
}

@Suite("The desk: notices") struct NoticeDeskTests {
  /// An office whose letters rest on a bootstrap registry of its own, which names no server.
  static func open(writes: Bool = true) async throws -> (DeskOffice, Desk) {
    let office = try await DeskOffice.open()
    let registry = office.folder + "/rdap"
    try FileManager.default.createDirectory(atPath: registry, withIntermediateDirectories: true)
    for file in ["dns", "ipv4", "ipv6"] {
      try Data(#"{"version": "1.0", "services": []}"#.utf8)
        .write(to: URL(fileURLWithPath: "\(registry)/\(file).json"))
    }
    let letters = [
      "CORDON_NOTICE_REPORTER": "An Office", "CORDON_NOTICE_CONTACT": "answers@office.example",
      "CORDON_NOTICE_RULE": "An Act, s. 5", "CORDON_MAIL_FROM": "watch@office.example",
    ]
    let desk = Desk(
      journal: office.journal,
      configuration: try DeskOffice.configuration(
        (writes ? letters : [:]).merging(["CORDON_RDAP_BOOTSTRAP": registry]) { $1 }))
    return (office, desk)
  }

  static let addresses = ["abuse@venue-one.com", "desk@host.example"]

  @Test func `nobody is asked, and nothing written, before a person has looked`() async throws {
    let (office, desk) = try await Self.open()
    let id = try await office.found()
    let size = office.journal.size
    let wanted = NoticeRequest(to: Self.addresses, preview: true)
    let preview = await desk.talk(.caseNotice(id: id, wanted), token: office.tokens["olga"])
    #expect(preview.code == .refused && office.journal.size == size)
    let notice = NoticeRequest(to: Self.addresses)
    let talk = await desk.talk(.caseNotice(id: id, notice), token: office.tokens["olga"])
    #expect(talk.code == .refused && talk.errors.first?.contains("nobody has looked") == true)
    #expect(office.journal.size == size + 1, "the attempt is on the record")
    #expect(try office.journal.pendingDeliveries().isEmpty)
  }

  @Test func `a preview shows letters and reports, and sends and records nothing`() async throws {
    let (office, desk) = try await Self.open()
    let id = try await office.reviewed()
    let size = office.journal.size
    let wanted = NoticeRequest(deadlineDays: 10, to: Self.addresses, preview: true)
    let talk = await desk.talk(.caseNotice(id: id, wanted), token: office.tokens["olga"])
    let reply = try #require(talk.lines.first, "\(talk.errors)")
    #expect(reply["deadline"] as? String == "2018-09-03T12:00:00Z")
    let letters = try #require(reply["letters"] as? [[String: Any]])
    #expect(letters.map { $0["to"] as? String } == Self.addresses)
    for letter in letters {
      let text = try #require(letter["text"] as? String)
      #expect(text.contains("An Act, s. 5") && text.contains("https://venue-one.com/trade"))
      let report = try JSONSerialization.jsonObject(
        with: Data(try #require(letter["report"] as? String).utf8))
      #expect((report as? [String: Any])?["xarf_version"] as? String != nil)
    }
    #expect(office.journal.size == size)
    #expect(try office.journal.pendingDeliveries().isEmpty)
    let text = await desk.talk(
      .caseNotice(id: id, wanted), token: office.tokens["olga"], json: false)
    #expect(text.output.contains("nothing is sent") && text.output.contains("XARF 4"))
  }

  @Test func `a notice puts its letters into the outbox, ready to go`() async throws {
    let (office, desk) = try await Self.open()
    let id = try await office.reviewed()
    let notice = NoticeRequest(deadlineDays: 7, to: Self.addresses, rule: "Another Act, s. 9")
    let talk = await desk.talk(.caseNotice(id: id, notice), token: office.tokens["rita"])
    #expect(talk.lines.first?["state"] as? String == "noticed", "\(talk.errors)")
    let pending = try office.journal.pendingDeliveries()
    #expect(pending.map(\.letter.recipient.address) == Self.addresses)
    #expect(pending.map(\.letter.recipient.duty) == [.chosen, .chosen])
    for delivery in pending {
      let letter = delivery.letter
      #expect(letter.message.contains("Message-ID: \(letter.messageID)\r\n"))
      #expect(letter.message.contains("To: \(letter.recipient.address)\r\n"))
    }
    #expect(Set(pending.map(\.letter.messageID)).count == 2)
    let detail = try #require(await desk.talk(.caseShow(id: id, everyPiece: false)).lines.first)
    let kept = try #require((detail["notices"] as? [[String: Any]])?.first)
    #expect(kept["rule"] as? String == "Another Act, s. 9")
    #expect(
      (kept["letters"] as? [[String: Any]])?.map { $0["state"] as? String } == [
        "pending", "pending",
      ])
    let again = await desk.talk(.caseNotice(id: id, notice), token: office.tokens["rita"])
    #expect(again.code == .refused && again.errors.first?.contains("on its way") == true)
  }

  @Test func `a notice that cannot be written is refused with the reason`() async throws {
    let (office, mute) = try await Self.open(writes: false)
    let id = try await office.reviewed()
    let token = office.tokens["olga"]
    let unset = await mute.talk(
      .caseNotice(id: id, NoticeRequest(to: Self.addresses)), token: token)
    #expect(unset.code == .refused && unset.errors.first?.contains("notice.reporter") == true)
    for wrong in [
      NoticeRequest(deadlineDays: 0, to: Self.addresses),
      NoticeRequest(deadlineDays: 91, to: Self.addresses), NoticeRequest(to: ["nobody"]),
      NoticeRequest(scopes: ["world"]),
    ] {
      #expect(await mute.talk(.caseNotice(id: id, wrong), token: token).code == .refused)
    }
    let clerk = await mute.talk(
      .caseNotice(id: id, NoticeRequest(to: Self.addresses)), token: office.tokens["carl"])
    #expect(clerk.code == .refused && clerk.errors.first?.contains("clerk") == true)
    #expect(office.journal.register.book[CaseID(id)!]?.notices.isEmpty == true)
  }

  @Test func `the pauses between tries grow, and stay below the longest`() {
    let pauses = (1...40).map { OutboxService.pause(afterAttempts: $0) }
    #expect(pauses.first == OutboxService.firstPause && pauses.last == OutboxService.longestPause)
    #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(pauses[1] == OutboxService.firstPause * 2)
  }
}
