import Enforcement
import Foundation
import Testing

@testable import Conduct

struct PostLinesTests {
  private static let plain =
    #"{"id":"1","account":"a","published":"2026-08-24T00:00:00Z","text":"hello","public":true}"#

  private func read(_ text: String, allArePublic: Bool = false) -> [PostLines.Line] {
    PostLines.read(Array(text.utf8), allArePublic: allArePublic)
  }

  private func post(_ text: String, allArePublic: Bool = false) throws -> PublicPost {
    let lines = read(text, allArePublic: allArePublic)
    let line = try #require(lines.first)
    guard case .post(let post) = line, lines.count == 1 else {
      throw Surprise(line: line)
    }
    return post
  }

  private struct Surprise: Error { let line: PostLines.Line }

  private func fault(_ text: String, allArePublic: Bool = false) -> PostFault.Reason? {
    guard case .fault(let fault, _, _) = read(text, allArePublic: allArePublic).first else {
      return nil
    }
    return fault.reason
  }

  @Test func `a line gives every member of the post`() throws {
    let post = try post(
      #" { "links" : ["https://a.example/x"], "lang":"zh_Hant", "text":"\u79c1募 \ud83d\ude00\n","#
        + #""published":"2026-08-24T08:00:00.25+08:00","account":"u-1","id":"p\/1","public":true,"#
        + "\"extra\":{\"a\":[1,-2.5e3,null,{}]}}\r")
    #expect(post.id == "p/1")
    #expect(post.account == "u-1")
    #expect(post.published == Instant("2026-08-24T00:00:00.250Z"))
    #expect(String(decoding: post.text, as: UTF8.self) == "私募 😀\n")
    #expect(post.language == "zh-Hant")
    #expect(post.links == ["https://a.example/x"])
    #expect(post.isPublic == true)
  }

  @Test func `optional members may be null`() throws {
    let post = try post(
      #"{"id":"1","account":"a","published":"2026-08-24T00:00:00Z","text":"","lang":null,"links":null,"public":null}"#,
      allArePublic: true)
    #expect(post.language == nil && post.links.isEmpty && post.isPublic == nil)
  }

  @Test func `a post that nobody calls public is refused`() {
    let unsaid = Self.plain.replacing(#","public":true"#, with: "")
    #expect(fault(unsaid) == .notKnownPublic)
    #expect(fault(unsaid, allArePublic: true) == nil)
  }

  @Test func `a private post is refused whatever the platform declared`() {
    let hidden = Self.plain.replacing("true", with: "false")
    #expect(fault(hidden) == .notPublic)
    #expect(fault(hidden, allArePublic: true) == .notPublic)
  }

  @Test func `a bad line is told by its number and the others go on`() {
    let lines = read("\(Self.plain)\n\n{\"id\":\"7\",\"text\":5}\n\(Self.plain)\n")
    #expect(lines.count == 3)
    guard case .fault(let fault, let id, let line) = lines[1] else {
      Issue.record("the second line was read as \(lines[1])")
      return
    }
    #expect(id == "7" && line == 3)
    #expect(fault.reason == .wrongType("text", wanted: "a string"))
    #expect(fault.octet == 18)
  }

  @Test(arguments: [
    (#"{"id":"1","id":"2"}"#, PostFault.Reason.duplicate("id")),
    (#"{"x":1,"\u0078":2}"#, .duplicate("x")),
    (#"{"id":"1","\u0069d":"2"}"#, .duplicate("id")),
    (#"{"id":"\q"}"#, .badEscape),
    (#"{"id":"\ud83d"}"#, .loneSurrogate),
    (#"{"id":"\ude00"}"#, .loneSurrogate),
    (#"{"id":"\u00g0"}"#, .badEscape),
    (#"{"id":"a\u0000"}"#, .controlCharacter),
    ("{\"id\":\"a\tb\"}", .controlCharacter),
    (#"{"id":""}"#, .empty("id")),
    (#"{"id":7}"#, .wrongType("id", wanted: "a string")),
    (#"{"published":"yesterday"}"#, .badTime),
    (#"{"published":"2026-02-30T00:00:00Z"}"#, .badTime),
    (#"{"lang":"no language"}"#, .badLanguage),
    (#"{"public":"yes"}"#, .wrongType("public", wanted: "true or false")),
    (#"{"links":"x"}"#, .wrongType("links", wanted: "a list of strings")),
    (#"{"n":01}"#, .badNumber),
    (#"{"n":-}"#, .badNumber),
    (#"{"n":1.}"#, .badNumber),
    (#"{"n":tru}"#, .expected("a value")),
    (#"{"id":"1""#, .endsEarly),
    (#"{"id":"1"} x"#, .expected("the end of the line")),
    ("[]", .expected("{")),
    ("{}", .missing("id")),
    (#"{"id":"1","public":true,"account":"a"}"#, .missing("published")),
  ])
  func `a line against the rules names its fault`(line: String, reason: PostFault.Reason) {
    #expect(fault(line) == reason)
  }

  @Test func `bounds hold at their edges`() {
    func line(id: String = "1", text: String = "", links: Int = 0) -> String {
      let list = Array(repeating: "\"l\"", count: links).joined(separator: ",")
      return #"{"id":"\#(id)","account":"a","published":"2026-08-24T00:00:00Z","text":"\#(text)","#
        + #""links":[\#(list)],"public":true}"#
    }
    let longText = String(repeating: "x", count: PublicPost.textLimit)
    #expect(fault(line(id: String(repeating: "i", count: 200))) == nil)
    #expect(
      fault(line(id: String(repeating: "i", count: 201))) == .tooLong("id", limit: 200))
    #expect(fault(line(text: longText)) == nil)
    #expect(fault(line(text: longText + "x")) == .tooLong("text", limit: PublicPost.textLimit))
    #expect(fault(line(links: PublicPost.linkLimit)) == nil)
    #expect(fault(line(links: PublicPost.linkLimit + 1)) == .tooManyLinks)
    #expect(fault(String(repeating: " ", count: PostLines.lineLimit + 1)) == .lineTooLong)
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(fault(#"{"x":\#(deep)}"#) == .tooDeep)
    let many = (0..<70).map { "\"m\($0)\":1" }.joined(separator: ",")
    #expect(fault("{\(many)}") == .tooManyMembers)
  }

  @Test func `octets that are no UTF-8 are refused with their place`() {
    var octets = Array(Self.plain.utf8)
    octets[7] = 0xFF
    guard case .fault(let fault, _, _) = PostLines.read(octets, allArePublic: true).first else {
      Issue.record("the line was read")
      return
    }
    #expect(fault == PostFault(.notUTF8, octet: 8))
  }

  @Test func `times are read as the house reads them`() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let moment = Instant(milliseconds: Int64.random(in: 0...253_402_300_799_999, using: &random))
      let line = Self.plain.replacing("2026-08-24T00:00:00Z", with: "\(moment)")
      #expect(try post(line).published == moment)
    }
  }

  @Test func `mutated lines never end the program, and are read as Foundation reads them`() throws {
    var random = SeededGenerator(seed: 20_261_123)
    let seeds = [
      Self.plain,
      #"{"id":"p\/1","account":"用户","published":"2026-08-24T08:00:00.25+08:00","text":"\u79c1募 \ud83d\ude00","lang":"zh","links":["https://x.example/?ref=A1"],"n":[1,-2.5e3,{"a":null}],"public":true}"#,
    ].map { Array($0.utf8) }
    let pieces = [
      "\"", "\\", "\\u", "{", "}", "[", "]", ",", ":", "null", "true", "1e9", "\u{0}", "é",
      "\\ud800",
    ].map { Array($0.utf8) }
    var read = 0
    for _ in 0..<100_000 {
      var line = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard !line.isEmpty else { break }
        let place = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line[place] = UInt8.random(in: 0...255, using: &random)
        case 1: line.remove(at: place)
        case 2:
          line.insert(
            contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
        default: line = Array(line.prefix(place + 1))
        }
      }
      if line.contains(0x0A) { continue }
      guard case .post(let post) = PostLines.read(line, allArePublic: true).first else { continue }
      read += 1
      // Whatever is accepted is JSON to another reader too, and says the same.
      let other = try #require(
        try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
        "accepted what is no JSON: \(String(decoding: line, as: UTF8.self))")
      #expect(other["id"] as? String == post.id)
      #expect(other["text"] as? String == String(decoding: post.text, as: UTF8.self))
      #expect(other["account"] as? String == post.account)
    }
    #expect(read > 1_000)
  }
}
