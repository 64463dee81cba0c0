import Enforcement

@testable import Records

extension ContentDigest {
  /// A digest of one octet, again and again.
  static func sample(_ octet: String) -> ContentDigest {
    ContentDigest(hex: String(repeating: octet, count: 32))!
  }
}

extension Finding {
  static func sample(
    _ site: String = "pages.example/club/", _ category: FindingCategory = .venue,
    evidence: String = "ab", seen: Instant = instant("2018-08-23T11:59:00Z")
  ) -> Finding {
    Finding(
      site: Site(site)!, url: "https://\(site)a", address: "192.0.2.1", category: category,
      score: 0.934,
      language: "zh-Hans", evidence: EvidencePiece.samples, packs: ["crypto-trading@1"],
      capture: .sample, evidenceDigest: .sample(evidence), seen: seen)
  }
}

extension EvidencePiece {
  static let samples = [
    EvidencePiece(
      signal: "venue.order-form", text: "买入 BTC", part: .text, start: 10, end: 20, weight: 2.5),
    EvidencePiece(
      signal: "reporting.byline", text: "By \"A\"", part: .html, start: 1, end: 7, weight: -0.125),
  ]
}

extension CaptureReference {
  static let sample = CaptureReference(file: "a.warc.gz", offset: 512, payload: .sample("cd"))
}

extension NoticeLetter {
  static func sample(
    _ case: String = "c-20180823-1", to address: String = "abuse@host.example"
  ) -> NoticeLetter {
    NoticeLetter(
      recipient: NoticeRecipient(
        address: address, duty: .host, source: "https://rdap.example/ip/192.0.2.1"),
      sender: "desk@authority.example", messageID: "<\(`case`).1.host@authority.example>",
      message: "Subject: a notice\r\n\r\nPlease act.\r\n")
  }
}

extension Enforcement.Notice {
  static func sample(
    number: Int = 1, deadline: Instant = instant("2018-09-06T12:00:00Z"),
    letters: [NoticeLetter] = [.sample()]
  ) -> Enforcement.Notice {
    Notice(
      number: number, evidence: .sample("ab"), deadline: deadline,
      rule: "Payment Services Act s. 5", language: "en", letters: letters)
  }
}

extension Office {
  /// Has something found, and answers its case.
  func found(_ finding: Finding = .sample()) async throws -> CaseID {
    _ = try await journal.perform(.reportFinding(finding), by: .system)
    return journal.register.book.newest(of: finding.site, finding.category)!.id
  }

  /// Has something found, looked at, and a notice written to some addresses.
  func noticed(
    _ finding: Finding = .sample(), to addresses: [String] = ["abuse@host.example"]
  ) async throws -> CaseID {
    let id = try await found(finding)
    _ = try await journal.perform(
      .reviewCase(id, evidence: finding.evidenceDigest, remark: "seen"), by: Office.clerk)
    let notice = Enforcement.Notice.sample(
      deadline: clock.now + .seconds(14 * 86_400), letters: addresses.map { .sample(to: $0) })
    _ = try await journal.perform(.prepareNotice(id, notice), by: Office.officer)
    return id
  }
}
