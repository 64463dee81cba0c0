import Enforcement
import Testing

@testable import Conduct

struct SanctionLetterTests {
  private func notice(
    _ kind: SanctionKind, language: String, until: Instant? = nil
  ) -> SanctionNotice {
    SanctionNotice(
      language: language,
      terms: SanctionTerms(
        kind: kind, restrictions: kind == .restrict ? Restriction.allCases : [],
        days: until == nil ? nil : 7),
      until: until, territory: ["CN", "DE"],
      ground: SanctionGround(
        infractions: [InfractionID(count: 1), InfractionID(count: 2)], points: 50, rungPoints: 40,
        ladder: LadderReference(name: Slug(text: "standard")!, version: 2),
        clauses: ["Terms of use, section 4"], share: 0),
      automation: .init(detection: true, decision: true), appealAddress: "https://agora.example",
      appealDays: 184)
  }

  @Test(arguments: ["en", "zh-Hans", "zh-Hant"], SanctionKind.allCases)
  func `every letter has all seven parts in its language`(language: String, kind: SanctionKind) {
    let fact = SanctionLetter.Fact(
      post: "p-9", published: Instant("2026-08-24T10:11:12Z")!, category: .tokenSale)
    let letter = SanctionLetter(
      notice(kind, language: language, until: Instant("2026-09-01T00:00:00Z")!), platform: "Agora",
      facts: [fact], appeal: "https://agora.example/appeal#t")
    #expect(letter.language == language)
    #expect(letter.items.map(\.kind) == SanctionLetter.Kind.allCases)
    #expect(letter.items.allSatisfy { !$0.heading.isEmpty && !$0.text.isEmpty })
    #expect(Set(letter.items.map(\.heading)).count == SanctionLetter.Kind.allCases.count)
    for part in [
      "p-9", "2026-08-24 10:11 UTC", "50", "40", "Terms of use, section 4", "2026-09-01 00:00 UTC",
      "CN", "DE", "184", "https://agora.example/appeal#t", "Agora",
    ] {
      #expect(letter.text.contains(part), "\(part) is missing")
    }
  }

  @Test(arguments: ["en", "zh-Hans", "zh-Hant"])
  func `a letter says where else to turn, and names the Regulation only where it holds`(
    language: String
  ) throws {
    var texts: [String] = []
    for territory in [["CN"], ["CN", "DE"]] {
      var notice = notice(.close, language: language)
      notice.territory = territory
      let letter = SanctionLetter(notice, platform: "Agora", facts: [])
      texts.append(try #require(letter.items.first { $0.kind == .appeal }).text)
    }
    let court = ["en": "court", "zh-Hans": "法院", "zh-Hant": "法院"][language] ?? ""
    #expect(texts.allSatisfy { $0.contains(court) })
    #expect(texts.map { $0.contains("2022/2065") } == [false, true])
  }

  @Test(arguments: ["en", "zh-Hans", "zh-Hant"])
  func `a letter says why a sanction ended`(language: String) {
    var texts: Set<String> = []
    for cause in LiftingCause.allCases {
      let letter = SanctionLetter(
        ending: .suspend, because: cause, remaining: nil, until: nil, platform: "Agora",
        language: language)
      #expect(letter.items.count == 1)
      texts.insert(letter.text)
    }
    #expect(texts.count == LiftingCause.allCases.count)
    let milder = SanctionLetter(
      ending: .suspend, because: .appeal,
      remaining: SanctionTerms(kind: .restrict, restrictions: [.links], days: 3),
      until: Instant("2026-09-01T00:00:00Z")!, platform: "Agora", language: language)
    #expect(milder.text.contains("2026-09-01"))
  }

  @Test(arguments: [
    ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-TW", "zh-Hant"),
    ("zh-HK", "zh-Hant"), ("zh-Hant-CN", "zh-Hant"), ("zh-Hans-HK", "zh-Hans"), ("en-GB", "en"),
    ("de", "en"), ("", "en"),
  ])
  func `the nearest language is written`(tag: String, language: String) {
    #expect(LetterLanguage(tag: tag).words.tag == language)
  }

  @Test func `many posts are told by their number`() {
    let facts = (0..<30).map {
      SanctionLetter.Fact(
        post: "p-\($0)", published: Instant(seconds: Int64($0)), category: .solicitation)
    }
    let letter = SanctionLetter(notice(.warn, language: "en"), platform: "Agora", facts: facts)
    #expect(letter.text.contains("p-29") && !letter.text.contains("p-19:"))
    #expect(letter.text.contains("And 20 more posts."))
  }
}
