import Enforcement
import Foundation
import HTTPTypes
import Hummingbird
import Interchange
import NIOCore
import Testing

@testable import Console

@Suite struct `The page of a report` {
  private static func links(_ language: String) -> Links {
    let head = HTTPRequest(
      method: .get, scheme: "http", authority: "console.test", path: "/reports/r-1?lang=\(language)"
    )
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    return Links(Preference(request), path: "/reports/r-1")
  }

  /// A report in which one text stands wherever somebody else's words can.
  private static func sheet(_ text: String) throws -> AuthoritySheet {
    let entry: [String: Any] = [
      "account": [
        "number": "a-1", "platform": "forum", "platform_name": text, "id": text, "handle": text,
        "category": text, "filing_number": text, "agreement_version": text, "reviewed_by": text,
        "news_permit": text,
      ],
      "party": ["name": text, "kind": "firm", "registration": text, "group": text],
      "sanction": [
        "number": "s-1", "kind": "suspend", "state": "imposed", "imposed": "2026-06-01T12:00:00Z",
        "clauses": [text], "territory": ["CN"], "points": 20, "rung_points": 16,
        "ladder": "standard@1", "automated_detection": true, "automated_decision": false,
        "officers": 1,
      ],
      "infractions": [
        [
          "number": "i-1", "state": "counted", "category": "solicitation", "kind": text,
          "rule": "r@1", "post": text, "published": "2026-06-01T11:00:00Z",
          "found": "2026-06-01T11:00:01Z", "content_sha256": "ab", "score": 0.9,
          "evidence": [["signal": "s", "text": text]],
        ]
      ],
      "appeals": [["number": "ap-1", "filed": "2026-06-01T13:00:00Z", "outcome": "upheld"]],
      "proof": [
        "log": "log.test", "entry": 7, "leaf_hash": "0a", "tree_size": 9, "root_hash": "0b",
        "inclusion_path": ["0c"],
      ],
    ]
    let report: [String: Any] = [
      "report": "r-1", "made": "2026-06-02T12:00:00Z", "reporter": text, "sanctions": [entry],
    ]
    return try AuthoritySheet([UInt8](JSONSerialization.data(withJSONObject: report)))
  }

  private static func subject(_ text: String?) throws -> ReportSubject {
    let content = try #require(ContentDigest(hex: String(repeating: "ab", count: 32)))
    let made = try #require(Instant("2026-06-02T12:00:00Z"))
    let report = Report(
      id: ReportID(count: 1), kind: .authority, sanctions: [SanctionID(count: 1)],
      content: content, made: made, key: "authority-r-1")
    return ReportSubject(report: report, delivery: nil, sheet: try text.map(sheet))
  }

  @Test(arguments: `Text on pages`.hostile)
  func `foreign text never becomes markup`(text: String) throws {
    let pages = try Pages()
    for language in ["en", "zh-Hans"] {
      let page = pages.report(try Self.subject(text), Self.links(language))
      let plain = pages.report(try Self.subject("plain"), Self.links(language))
      let tags = { (page: String) in page.unicodeScalars.count { $0 == "<" } }
      let quotes = { (page: String) in page.unicodeScalars.count { $0 == "\"" } }
      #expect(tags(page) == tags(plain) && quotes(page) == quotes(plain))
      #expect(page.range(of: PageText().escapeText(text), options: .literal) != nil)
    }
  }

  @Test func `it speaks both languages, and loads nothing from elsewhere`() throws {
    let pages = try Pages()
    let english = pages.report(try Self.subject("Orchid"), Self.links("en"))
    let chinese = pages.report(try Self.subject("Orchid"), Self.links("zh-Hans"))
    #expect(english.contains("Suspension") && chinese.contains("暂停更新"))
    #expect(chinese.contains("lang=\"zh-Hans\""))
    for page in [english, chinese] {
      #expect(!page.contains("://") && !page.contains("<script") && !page.contains("<img"))
      #expect(page.components(separatedBy: "href=").count == 6)
    }
  }

  @Test func `a report whose words were erased still says what it was`() throws {
    let page = try Pages().report(try Self.subject(nil), Self.links("en"))
    #expect(page.contains("not kept here any more") && !page.contains("r-1.json"))
    #expect(page.contains(String(repeating: "ab", count: 32)))
  }

  @Test func `whoever has no token of the house is asked for one`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let strangers: [[String: String]] = [
        [:], ["authorization": "Basic eDp5"], ["authorization": "Bearer x"],
        ["authorization": "Basic %%%"], ["authorization": "Digest x"],
      ]
      for headers in strangers {
        let answer = try await reader.get("/reports/r-1", headers)
        #expect(answer.status == 401)
        #expect(answer.field("www-authenticate") == "Basic realm=\"cordon\", charset=\"UTF-8\"")
      }
      let answer = try await reader.get("/transparency/accounts.json")
      #expect(answer.status == 200 && (answer["platforms"] as? [Any])?.isEmpty == true)
    }
  }
}
