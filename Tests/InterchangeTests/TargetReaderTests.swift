import DomainNames
import Enforcement
import Testing

@testable import Interchange

@Suite("Reading one cell") struct TargetReaderTests {
  private static let names = [
    ("example.com", "plain example.com"),
    ("EXAMPLE.Com", "plain example.com"),
    ("  example.com\t", "plain example.com"),
    ("\u{A0}example.com\u{3000}", "plain example.com"),
    ("example.com.", "plain example.com"),
    ("example.com/", "plain example.com"),
    ("_dmarc.example.com", "plain _dmarc.example.com"),
    ("a-.example.com", "plain a-.example.com"),
    ("1inch.io", "plain 1inch.io"),
    ("0x.org", "plain 0x.org"),
    ("com", "plain com"),
    ("COM.", "plain com"),
    ("xn--p1ai", "plain xn--p1ai"),
    (".", "plain ."),
    ("*", "wildcard ."),
    ("*.example.com", "wildcard example.com"),
    ("*.com", "wildcard com"),
    ("https://example.com", "url example.com"),
    ("HTTPS://Example.COM/", "url example.com"),
    ("http://example.com.", "url example.com"),
    ("https://*.example.com/", "wildcard example.com"),
    ("https://example.com/en", "path example.com"),
    ("https://example.com:8443", "path example.com"),
    ("https://example.com?x=1", "path example.com"),
    ("https://example.com/#/trade", "path example.com"),
    ("https://example.com//", "path example.com"),
    ("https://t.example/@channel", "path t.example"),
    ("https://example.com/go?to=http://other.example", "path example.com"),
    ("https://example.com/a,b;c", "path example.com"),
    ("binance.com/en", "path binance.com"),
    ("example.com:8080", "path example.com"),
    ("example.com/index.html", "path example.com"),
    ("example.com/download/app.apk", "path example.com"),
  ]

  @Test(arguments: names)
  func `a cell that can be read in one way is a name`(cell: String, reading: String) {
    #expect(TargetReader.read(cell).short == reading)
  }

  private static let international = [
    ("münchen.example", "plain xn--mnchen-3ya.example"),
    ("MÜNCHEN.example", "plain xn--mnchen-3ya.example"),
    ("https://münchen.example/", "url xn--mnchen-3ya.example"),
    ("ｅｘａｍｐｌｅ．ｃｏｍ", "plain example.com"),
    ("例え。example", "plain xn--r8jz45g.example"),
    ("中国", "plain xn--fiqs8s"),
    ("*.münchen.example", "wildcard xn--mnchen-3ya.example"),
  ]

  @Test(arguments: international)
  func `international names become ASCII`(cell: String, reading: String) {
    #expect(TargetReader.read(cell).short == reading)
  }

  private static let addresses = [
    ("1.2.3.4", "1.2.3.4"),
    ("https://1.2.3.4/x", "1.2.3.4"),
    ("1.2.3.4:80", "1.2.3.4"),
    ("1.2.3.4.", "1.2.3.4"),
    ("192.0.2.0/24", "192.0.2.0/24"),
    ("0x7f.1", "127.0.0.1"),
    ("0x7F.0.0.0x1", "127.0.0.1"),
    ("0177.0.0.1", "127.0.0.1"),
    ("2130706433", "127.0.0.1"),
    ("http://2130706433/", "127.0.0.1"),
    ("0x7f000001", "127.0.0.1"),
    ("１２７。０。０。１", "127.0.0.1"),
    ("https://１.２.３.４/", "1.2.3.4"),
    ("::1", "::1"),
    ("2001:DB8::1", "2001:db8::1"),
    ("2001:db8::/32", "2001:db8::/32"),
    ("[2001:db8::1]", "2001:db8::1"),
    ("https://[2001:db8::1]:8443/", "2001:db8::1"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ("fe80::1%eth0", "fe80::1%eth0"),
  ]

  @Test(arguments: addresses)
  func `an address in any spelling is never a name`(cell: String, address: String) {
    #expect(TargetReader.read(cell) == .address(address))
  }

  private static let quarantined: [(String, [String])] = [
    ("empty", ["", "   ", "\u{A0}\t"]),
    (
      "bad-url",
      [
        "ttps://cryptoin24.io", "https:/frame-2u-avapro.org", "hxxp://example.com",
        "hxxps://example.com/x", "https//example.com", "http//example.com", "ttp//example.com",
        "https:example.com", "http:example.com", "http://http://example.com",
        "https://https//example.com", "https://https/example.com", "http:///example.com",
        "https://", "://example.com", "//example.com", "/example.com", "ftp://example.com",
        "www.https://example.com", "https/example.com", "https://example.com:",
        "https://example.com:0", "https://example.com:99999", "https://example.com:80x",
        "example.com:port", "https://[::1", "https://[nothing]/", "https://[::1]x/",
        "https://*.example.com/path", "https://example.com/a b", "h t t p s://example",
      ]
    ),
    (
      "single-label",
      [
        "https://kapidexnx", "http://com", "kapidexnx/", "kapidex1", "a-b", "-",
        "https://kapidexnx/x",
      ]
    ),
    (
      "several-names",
      [
        "a.example b.example", "a.example, b.example", "a.example,b.example",
        "a.example;b.example", "Paycraftv.top - Paycraftn.top", "a.example | b.example",
        "a.example/b.example", "a.example / b.example", "https://a.example https://b.example",
        "https://a.example,https://b.example", "https://a.example,b.example",
        "https://a.example/https://b.example", "a.example/www.b.example",
        "a.example\nb.example", "a.example、b.example", "https://a.example/x,https://b.example",
        "a.example and b.example",
      ]
    ),
    (
      "bad-name",
      [
        "Example Exchange Ltd", "example .com", "exam ple", "a..example", ".example.com",
        "..", "example.com,", "\"example.com\"", "<example.com>", "example.com(mirror)",
        "a.*.example", "*a.example", "**.example", "*.*.example", "exa%6Dple.com",
        "example.com\\", "ex\\046ample.com", "a\\.b.example", "||example.com^", "a+b.example",
        "xn--a.example", "℀.example", "a！b.example", String(repeating: "a", count: 64) + ".com",
        Array(repeating: "abcdefgh", count: 32).joined(separator: "."), "example.com&b",
      ]
    ),
    (
      "hidden-character",
      [
        "exa\u{200B}mple.com", "\u{200B}example.com", "example.com\u{FEFF}", "exam\u{AD}ple.com",
        "example\u{202E}.com", "a\u{A0}b.example", "a\u{0}.example", "a\u{7F}.example",
        "exam\u{FE0F}ple.com", "a\u{2028}b.example", "a\u{E0061}.example", "a\u{3164}.example",
      ]
    ),
    (
      "defanged",
      [
        "example[.]com", "hxxps://example[.]com", "example(.)com", "example[dot]com",
        "example{.}com", "https[:]//example.com", "info[at]example.com",
      ]
    ),
    ("email", ["info@example.com", "mailto:info@example.com", "info@example.com/x"]),
    ("userinfo", ["https://google.com@example.com/", "http://a:b@example.com"]),
    (
      "all-numeric-tld",
      [
        "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "example.123", "60", "2018",
        "example.0x1f", "*.1.2.3.4", "4294967296", "09.1.1.1", "https://example.1",
      ]
    ),
  ]

  @Test(arguments: quarantined)
  func `a cell that leaves a doubt waits for a person`(code: String, cells: [String]) {
    for cell in cells {
      let reading = TargetReader.read(cell)
      #expect(reading.short == code, "\(cell.debugDescription)")
      guard case .unreadable(let reason) = reading else { continue }
      #expect(reason.text.hasSuffix(".") || reason.text.hasSuffix("?"), "\(reason.text)")
    }
  }

  @Test func `reading a name's own text gives the name again`() {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("abcxyz019-_".utf8)
    for _ in 0..<2000 {
      let labels = (0..<Int.random(in: 2...5, using: &random)).map { _ in
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
          alphabet.randomElement(using: &random)!
        }
      }
      let name = try! DomainName(labels: labels + [Array("example".utf8)])
      #expect(TargetReader.read(name.description) == .name(name, .plain))
      #expect(TargetReader.read("*.\(name).") == .name(name, .wildcard))
      #expect(TargetReader.read("https://\(name)/") == .name(name, .url))
      #expect(TargetReader.read(" \(name)/x ") == .name(name, .urlWithPath))
    }
  }

  @Test func `the short way to a plain name reads what the long way reads`() {
    var random = SeededGenerator(seed: 13)
    let pieces = ["a", "Z", "9", ".", "-", "_", "xn--", "com", "0x", "f", " ", "é"]
    var names = 0
    for _ in 0..<20_000 {
      let cell = (0..<Int.random(in: 1...8, using: &random))
        .map { _ in pieces.randomElement(using: &random)! }.joined()
      let reading = TargetReader.read(cell)
      #expect(reading == TargetReader.carefully(cell), "\(cell)")
      if reading.isName { names += 1 }
    }
    #expect(names > 1000)
  }

  @Test func `whatever stands in a cell, a name that comes out has only host octets`() {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "a", "Z", "9", ".", "-", "_", "*", "/", ":", "@", "[", "]", "http", "s", "://", "www.", " ",
      "%", "\\", ",", "ß", "。", "\u{200B}", "é", "中", "℀", "0x", "xn--", "?", "#", "ı", "İ",
      "\u{301}",
    ]
    for _ in 0..<50_000 {
      let cell = (0..<Int.random(in: 0...10, using: &random))
        .map { _ in pieces.randomElement(using: &random)! }.joined()
      guard case .name(let name, _) = TargetReader.read(cell) else { continue }
      #expect(
        name.labels.allSatisfy { $0.allSatisfy(\.isHostOctet) }, "\(cell.debugDescription) \(name)")
      let endsInNumber = name.labels.last?.allSatisfy { $0.isDigit } ?? false
      #expect(!endsInNumber, "\(cell.debugDescription) \(name)")
    }
  }
}
