import Foundation
import Testing

@testable import Watch

@Suite("Character encodings") struct CharsetTests {
  /// Texts encoded by another implementation: the file, and the encoding's name.
  static let samples: [(file: String, name: String)] = [
    ("zh-hans.gb18030", "gb18030"), ("zh-hans.gbk", "gb18030"), ("zh-hans.gb2312", "gb18030"),
    ("zh-hans.utf-16le", "utf-16le"), ("zh-hans.utf-16be", "utf-16be"), ("zh-hant.big5", "big5"),
    ("zh-hant.big5-hkscs", "big5"), ("ja.shift_jis", "shift_jis"), ("ja.euc-jp", "euc-jp"),
    ("ja.iso-2022-jp", "iso-2022-jp"), ("ko.euc-kr", "euc-kr"), ("ko.windows-949", "euc-kr"),
    ("ru.windows-1251", "windows-1251"), ("ru.koi8-r", "koi8-r"),
    ("ru.iso-8859-5", "iso-8859-5"), ("de.windows-1252", "windows-1252"),
    ("de.iso-8859-1", "windows-1252"), ("de.iso-8859-15", "iso-8859-15"),
    ("el.windows-1253", "windows-1253"), ("tr.windows-1254", "windows-1254"),
    ("tr.iso-8859-9", "windows-1254"), ("th.windows-874", "windows-874"),
    ("th.tis-620", "windows-874"),
  ]

  /// The encodings that show themselves in the octets.
  static let known = samples.filter {
    ["gb18030", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr"].contains($0.name)
  }

  private func load(_ file: String) throws -> (octets: [UInt8], text: String, label: String) {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/charsets")
    let parts = file.split(separator: ".", maxSplits: 1)
    let octets = try Data(contentsOf: folder.appendingPathComponent(file))
    let text = try String(
      contentsOf: folder.appendingPathComponent("\(parts[0]).txt"), encoding: .utf8)
    return (Array(octets), text, String(parts[1]))
  }

  private func string(_ page: PageText) -> String { String(decoding: page.octets, as: UTF8.self) }

  @Test(arguments: samples)
  func `the server's word is taken`(_ file: String, _ name: String) throws {
    let sample = try load(file)
    let page = PageText(sample.octets, contentType: "text/html; Charset=\"\(sample.label)\"")
    #expect(string(page) == sample.text)
    #expect(page.charset == name)
  }

  @Test(arguments: samples.filter { !$0.name.hasPrefix("utf-16") })
  func `the page's own word is taken, in each of its forms`(_ file: String, _ name: String) throws {
    let sample = try load(file)
    for head in [
      "<meta charset=\(sample.label)>", "<META CharSet = '\(sample.label)'/>",
      "<!-- <meta charset=koi8-u> --><meta http-equiv=Content-Type content=\"text/html; charset=\(sample.label)\">",
      "<?xml version=\"1.0\" encoding=\"\(sample.label)\"?>",
    ] {
      let page = PageText(Array(head.utf8) + sample.octets, contentType: "text/html")
      #expect(string(page) == head + sample.text)
      #expect(page.charset == name)
    }
  }

  @Test(arguments: known)
  func `where nothing is said the octets say it`(_ file: String, _ name: String) throws {
    let sample = try load(file)
    let page = PageText(sample.octets, contentType: "text/html")
    #expect(page.charset == name)
    #expect(string(page) == sample.text)
  }

  @Test(arguments: known)
  func `where what is said is wrong the octets say it`(_ file: String, _ name: String) throws {
    let sample = try load(file)
    for wrong in ["utf-8", "iso-8859-1"] {
      let page = PageText(sample.octets, contentType: "text/html; charset=\(wrong)")
      #expect(page.charset == name, "declared \(wrong)")
    }
  }

  @Test func `UTF-8 is UTF-8 whatever is said`() throws {
    for file in ["zh-hans.gbk", "ja.shift_jis", "ru.koi8-r"] {
      let text = try load(file).text
      for label in ["gbk", "big5", "shift_jis", "windows-1252", "nonsense", "utf-8"] {
        let page = PageText(Array(text.utf8), contentType: "text/html; charset=\(label)")
        #expect(page.charset == "utf-8" && string(page) == text)
      }
    }
  }

  @Test func `a mark beats everything, and is no part of the text`() throws {
    let text = try load("zh-hans.gbk").text
    let marked = PageText(
      [0xEF, 0xBB, 0xBF] + Array(text.utf8), contentType: "text/html; charset=gbk")
    #expect(marked.charset == "utf-8" && string(marked) == text)
    for (mark, file) in [([0xFF, 0xFE], "zh-hans.utf-16le"), ([0xFE, 0xFF], "zh-hans.utf-16be")] {
      let page = PageText(
        mark.map { UInt8($0) } + (try load(file).octets), contentType: "text/html")
      #expect(string(page) == text)
    }
  }

  @Test func `Western text is Western where nothing is said`() throws {
    let sample = try load("de.windows-1252")
    let page = PageText(sample.octets, contentType: nil)
    #expect(page.charset == "windows-1252" && string(page) == sample.text)
  }

  @Test func `a few broken octets do not change the encoding`() throws {
    let text = try load("zh-hans.gbk").text
    var octets = Array(text.utf8)
    octets[100] = 0xFF
    octets.removeLast()
    let page = PageText(octets, contentType: "text/html")
    #expect(page.charset == "utf-8")
    #expect(string(page).unicodeScalars.filter { $0 == "\u{FFFD}" }.count <= 4)
    var packed = try load("zh-hans.gb18030").octets
    packed[200] = 0xFF
    let other = PageText(packed, contentType: "text/html; charset=gbk")
    #expect(other.charset == "gb18030" && string(other).contains("\u{FFFD}"))
  }

  @Test func `the euro sign of GBK is read`() {
    let page = PageText([0xCE, 0xD2, 0x80, 0x31], contentType: "text/html; charset=gb2312")
    #expect(string(page) == "我€1")
  }

  @Test func `whatever comes, what goes out is UTF-8`() {
    var dice = Dice(seed: 31)
    let labels = [
      "gbk", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "utf-16le", "utf-16be",
      "utf-8",
      "windows-1251", "windows-874", "koi8-u", "macintosh", "ibm866", "iso-8859-16", "none",
    ]
    for _ in 0..<4_000 {
      let octets = (0..<Int.random(in: 0...60, using: &dice)).map { _ in
        Bool.random(using: &dice)
          ? UInt8.random(in: 0x80...0xFF, using: &dice) : UInt8.random(in: 0...0x7F, using: &dice)
      }
      let page = PageText(
        octets, contentType: "text/html; charset=\(labels.randomElement(using: &dice)!)")
      #expect(String(validating: page.octets, as: UTF8.self) != nil)
      #expect(page.octets.count <= 4 * octets.count + 3)
    }
  }

  @Test func `every label leads to an encoding that is installed`() throws {
    for label in [
      "utf8", "GBK", "gb_2312-80", "cn-big5", "x-sjis", "ms_kanji", "x-euc-jp", "ks_c_5601-1987",
      "windows-1250", "windows-1258", "cp1256", "iso-8859-2", "iso8859-7", "iso_8859-15",
      "iso-8859-11", "koi8-ru", "866", "mac", "x-mac-ukrainian", "tis-620", "latin1", "us-ascii",
      "arabic", "hebrew", "greek", "cyrillic", "l5",
    ] {
      let charset = try #require(Charset(label: label))
      let read = try #require(Transcoding.utf8(Array("plain".utf8)[...], from: charset))
      if !charset.name.hasPrefix("utf-16") { #expect(read.text == Array("plain".utf8)) }
    }
    #expect(Charset(label: "windows-9999") == nil)
    #expect(Charset(label: "iso-8859-12") == nil)
    #expect(Charset(label: "") == nil)
  }
}
