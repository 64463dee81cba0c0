import Detection
import Foundation
import Testing

@testable import Interchange

/// Verdicts by the packs and weights that Cordon ships with.
@Suite("Verdicts") struct VerdictTests {
  /// Compiled once: it takes long.
  private static let detector = Result { try load() }
  private let detector: Detector

  init() throws {
    detector = try Self.detector.get()
  }

  private static func load() throws -> Detector {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Policies/detection").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") && $0 != "model.yaml" }.sorted()
    let packs = try files.map { name in
      let data = try Data(contentsOf: folder.appendingPathComponent(name))
      return try PackFile.read(Array(data), fileName: name)
    }
    let model = try Data(contentsOf: folder.appendingPathComponent("model.yaml"))
    return try Detector(
      packs: packs, model: try ModelFile.read(Array(model), fileName: "model.yaml"))
  }

  private func text(_ text: String, url: String? = nil) -> Subject {
    Subject(url: url, content: .text(Array(text.utf8)))
  }

  private func html(_ markup: String, url: String? = nil) -> Subject {
    Subject(url: url, content: .html(Array(markup.utf8)))
  }

  // MARK: Functions of pages

  @Test func `a newspaper page about a venue reports`() {
    let verdict = detector.verdict(on: html(VerdictPages.newspaper()))
    #expect(verdict.category == .reporting)
    #expect(verdict.language == "en")
  }

  @Test func `the same page with a referral link and a register box solicits, and shows both`() {
    let verdict = detector.verdict(on: html(VerdictPages.newspaper(box: VerdictPages.referralBox)))
    #expect(verdict.category == .solicitation)
    let signals = verdict.evidence.filter { $0.weight > 0 }.map(\.signal)
    #expect(signals.contains("page.referral-link"))
    #expect(signals.contains("solicitation.register-now"))
  }

  @Test(arguments: VerdictPages.texts)
  func `a text is judged by what it does`(_ sample: VerdictPages.Sample) {
    #expect(detector.verdict(on: text(sample.text)).category == sample.category)
  }

  @Test(arguments: VerdictPages.homonyms)
  func `words that crypto shares with other trades are no evidence`(_ words: String) {
    #expect(detector.verdict(on: text(words)).category == .none)
  }

  @Test(arguments: VerdictPages.objectsAlone)
  func `naming coins and venues is never a finding`(_ words: String) {
    let verdict = detector.verdict(on: text(words))
    #expect(!verdict.category.isFinding)
  }

  @Test(arguments: VerdictPages.boxes)
  func `a referral link beside a call to register is a finding in any report`(_ box: String) {
    let verdict = detector.verdict(on: html(VerdictPages.longReport(box: box)))
    #expect(verdict.category == .solicitation)
    let signals = verdict.evidence.prefix(8).filter { $0.weight > 0 }.map(\.signal)
    #expect(signals.contains("page.referral-link"), "\(signals)")
    #expect(signals.contains { $0.hasPrefix("solicitation.") }, "\(signals)")
    #expect(detector.verdict(on: html(VerdictPages.longReport())).category == .reporting)
  }

  @Test func `a call beside a referral link counts behind any number of others`() {
    let others = String(repeating: "<p>Sign up here for our newsletter by mail.</p>", count: 12)
    let far = "<p>\(String(repeating: "Nothing more was known by Friday. ", count: 60))</p>"
    let verdict = detector.verdict(
      on: html(VerdictPages.longReport(box: others + far + VerdictPages.boxes[1])))
    #expect(verdict.category == .solicitation)
    #expect(detector.verdict(on: html(VerdictPages.longReport(box: others))).category == .reporting)
  }

  @Test func `a referral link that is not the page's own, or that nothing calls for, is none`() {
    let box = VerdictPages.boxes[0]
    let others = [
      "<section class=\"comments\">\(box)</section>", "<blockquote>\(box)</blockquote>",
      "<p>The scheme paid for <a href=\"https://www.bybit.com/invite?ref=ABCD12\">such links</a>.</p>",
      "<p>The page said: Register now at https://www.bybit.com/invite?ref=ABCD12 and get rich.</p>",
      "<a href=\"https://www.bybit.com/invite?ref=ABCD12\">Bybit</a> <p>Share by Telegram, WhatsApp</p>",
      "<p>\(String(repeating: "Nothing more was known by Friday. ", count: 60))</p>"
        + "<a href=\"/newsletter\">Register now</a>",
    ]
    for box in others {
      let verdict = detector.verdict(on: html(VerdictPages.longReport(box: box)))
      #expect(verdict.category == .reporting, "\(box.prefix(60))")
    }
  }

  // MARK: Invariants

  private var subjects: [Subject] {
    VerdictPages.texts.map { text($0.text, url: "https://page.example/\($0.category.rawValue)") }
      + VerdictPages.homonyms.map { text($0) } + [
        html(VerdictPages.newspaper()),
        html(VerdictPages.newspaper(box: VerdictPages.referralBox)),
        text(""), html(""), text("\u{FEFF}\u{200B}"),
        Subject(title: "预售", content: .text([0xFF, 0x80, 0xE9, 0x82])),
      ]
  }

  @Test func `scores are probabilities, and evidence comes weightiest first`() {
    for subject in subjects {
      let verdict = detector.verdict(on: subject)
      #expect((0...1).contains(verdict.score))
      let weights = verdict.evidence.map { abs($0.weight) }
      #expect(weights == weights.sorted(by: >))
      #expect(verdict.evidence.count <= Detector.maximumEvidence)
      #expect(verdict.packs == detector.labels)
    }
  }

  @Test func `evidence quotes exactly the octets it points at`() {
    for subject in subjects {
      for piece in detector.verdict(on: subject).evidence {
        let octets: [UInt8] =
          switch (piece.location.part, subject.content) {
          case (.text, .text(let octets)), (.html, .html(let octets)): octets
          case (.title, _): Array((subject.title ?? "").utf8)
          case (.url, _): Array((subject.url ?? "").utf8)
          case (.text, .html), (.html, .text): []
          }
        let range = piece.location.start..<piece.location.end
        #expect(range.upperBound <= octets.count, "\(piece)")
        guard range.upperBound <= octets.count else { continue }
        let quoted = String(decoding: octets[range], as: UTF8.self)
        #expect(quoted.hasPrefix(piece.text) && !piece.text.isEmpty, "\(piece)")
      }
    }
  }

  @Test func `quotes begin and end at characters, also across blocks`() {
    let page = """
      <!doctype html><html lang="zh"><body><article><h1>监管机构警告离岸交易所</h1>
      <p>据公告，该所未取得牌照，发言人表示，案件已移交警方调查。</p><p>分析人士认为，此举与裁定有关。</p>
      <p>币安的用户称，交易量下降了三分之一。</p><p>建议投资者联系监管机构。</p></article></body></html>
      """
    let evidence = detector.verdict(on: html(page)).evidence
    #expect(evidence.contains { $0.text.contains("</p><p>") })
    for piece in evidence { #expect(!piece.text.contains("\u{FFFD}"), "\(piece)") }
  }

  @Test func `the same page always gets the same verdict`() {
    for subject in subjects {
      #expect(detector.verdict(on: subject) == detector.verdict(on: subject))
    }
  }

  @Test func `a reporting frame never raises a finding`() {
    for sample in VerdictPages.texts {
      let bare = detector.verdict(on: text(sample.text))
      let framed = detector.verdict(on: text(VerdictPages.framed(sample.text)))
      let before = bare.category.isFinding ? bare.score : 0
      let after = framed.category.isFinding ? framed.score : 0
      #expect(after <= before + 1e-9, "\(sample.text)")
    }
  }

  @Test func `nothing to see is no finding`() {
    for subject in [text(""), html("<html><body></body></html>"), text("你好。Hello.")] {
      #expect(detector.verdict(on: subject).category == .none)
    }
  }

  @Test func `Traditional, full-width and spaced-out writing change nothing`() {
    let plain = "點擊連結註冊幣安，填寫邀請碼 bifan88 永久返佣 20%，立即註冊領取新人禮包"
    let simplified = "点击链接注册币安，填写邀请码 bifan88 永久返佣 20%，立即注册领取新人礼包"
    let wide = "点击链接注册币安，填写邀请码 ｂｉｆａｎ８８ 永久返\u{200B}佣 20%，立即注册领取新人礼包"
    for words in [plain, simplified, wide] {
      #expect(detector.verdict(on: text(words)).category == .solicitation, "\(words)")
    }
  }
}
