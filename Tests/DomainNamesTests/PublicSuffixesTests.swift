import DomainNames
import Foundation
import Testing

@Suite("Public suffixes") struct PublicSuffixesTests {
  private static let list = """
    // ===BEGIN ICANN DOMAINS===
    com
    uk
    co.uk
    *.ck
    !www.ck
    jp
    *.kawasaki.jp
    !city.kawasaki.jp
    cn
    公司.cn
    // ===END ICANN DOMAINS===
    // ===BEGIN PRIVATE DOMAINS===
    github.io
    *.compute.amazonaws.com
    s3.amazonaws.com
    // ===END PRIVATE DOMAINS===
    """

  private func suffixes() throws -> PublicSuffixes {
    try PublicSuffixes(list: Array(Self.list.utf8))
  }

  private func name(_ text: String) throws -> DomainName {
    try DomainName(international: text)
  }

  @Test(
    arguments: [
      ("com", .icann), ("co.uk", .icann), ("ck", .icann), ("any.ck", .icann), ("www.ck", nil),
      ("a.b.ck", nil), ("kawasaki.jp", .icann), ("x.kawasaki.jp", .icann),
      ("city.kawasaki.jp", nil),
      ("公司.cn", .icann), ("github.io", .private), ("me.github.io", nil),
      ("x.compute.amazonaws.com", .private), ("s3.amazonaws.com", .private), ("amazonaws.com", nil),
      ("example.com", nil), ("unlisted", nil), (".", nil), (#"a\.b.ck"#, .icann),
      (#"co\.uk"#, nil), (#"\000.ck"#, .icann), (#"com\000"#, nil), (#"x\000.com"#, nil),
    ] as [(String, PublicSuffixes.Section?)])
  func `a listed suffix is known with its section`(text: String, section: PublicSuffixes.Section?)
    throws
  {
    let suffixes = try suffixes()
    #expect(suffixes.section(of: try name(text)) == section)
    #expect(suffixes.isPublicSuffix(try name(text)) == (section != nil))
  }

  @Test(
    arguments: [
      ("www.example.com", "com", "example.com"), ("example.com", "com", "example.com"),
      ("com", "com", nil), ("a.b.example.co.uk", "co.uk", "example.co.uk"),
      ("a.www.ck", "ck", "www.ck"), ("a.b.c.ck", "c.ck", "b.c.ck"), ("x.ck", "x.ck", nil),
      ("a.city.kawasaki.jp", "kawasaki.jp", "city.kawasaki.jp"),
      ("me.github.io", "github.io", "me.github.io"), ("x.y.unlisted", "unlisted", "y.unlisted"),
      ("unlisted", "unlisted", nil), (".", ".", nil), ("www.例.公司.cn", "公司.cn", "例.公司.cn"),
      (#"w.a\.b.ck"#, #"a\.b.ck"#, #"w.a\.b.ck"#), (#"a.\001com"#, #"\001com"#, #"a.\001com"#),
      (#"a.b\000c.com"#, "com", #"b\000c.com"#), ("_x._y.com", "com", "_y.com"),
    ] as [(String, String, String?)])
  func `a name is cut at its suffix`(text: String, suffix: String, registrable: String?) throws {
    let suffixes = try suffixes()
    #expect(suffixes.publicSuffix(of: try name(text)) == (try name(suffix)))
    #expect(
      suffixes.registrableDomain(of: try name(text)) == (try registrable.map { try name($0) }))
  }

  @Test func `a name above a suffix is known as such`() throws {
    let suffixes = try suffixes()
    for text in ["amazonaws.com", "io"] { #expect(suffixes.hasSuffixBelow(try name(text))) }
    for text in ["com", "compute.amazonaws.com", "github.io", "example.com", "www.ck", ".", "x.io"]
    {
      #expect(!suffixes.hasSuffixBelow(try name(text)))
    }
  }

  @Test func `a top-level domain is listed or not`() throws {
    let suffixes = try suffixes()
    #expect(suffixes.isListedTopLevel(try name("www.example.com")))
    #expect(suffixes.isListedTopLevel(try name("ck")))
    #expect(!suffixes.isListedTopLevel(try name("www.unlisted")))
    #expect(!suffixes.isListedTopLevel(.root))
  }

  @Test func `what is no list is refused`() {
    #expect(throws: PublicSuffixes.ListError.noRules) { try PublicSuffixes(list: []) }
    #expect(throws: PublicSuffixes.ListError.noRules) {
      try PublicSuffixes(list: Array("// nothing\n\n".utf8))
    }
    #expect(throws: PublicSuffixes.ListError.notUTF8) { try PublicSuffixes(list: [0xFF, 0x0A]) }
    #expect(throws: PublicSuffixes.ListError.badRule(line: 2, text: "a..b")) {
      try PublicSuffixes(list: Array("com\na..b\n".utf8))
    }
  }

  @Test func `the built-in list knows the great suffixes`() throws {
    let suffixes = try #require(PublicSuffixes.builtin)
    for text in ["com", "co.uk", "github.io", "ck"] {
      #expect(suffixes.isPublicSuffix(try name(text)))
    }
    #expect(!suffixes.isPublicSuffix(try name("amazonaws.com")))
    #expect(!suffixes.hasSuffixBelow(try name("amazonaws.com")))
  }

  private static let systemList = "/usr/share/publicsuffix/public_suffix_list.dat"

  @Test(.enabled(if: FileManager.default.isReadableFile(atPath: systemList)))
  func `every rule of the system's list is a suffix`() throws {
    let list = try Data(contentsOf: URL(filePath: Self.systemList))
    let suffixes = try PublicSuffixes(list: Array(list))
    var rules = 0
    for line in String(decoding: list, as: UTF8.self).split(whereSeparator: \.isNewline)
    where !line.hasPrefix("//") {
      let isException = line.hasPrefix("!")
      let rule = try name(String(line).replacing("*.", with: "any-label.").replacing("!", with: ""))
      #expect(suffixes.isPublicSuffix(rule) == !isException, "\(line)")
      rules += 1
    }
    #expect(rules > 9_000)
    #expect(suffixes.hasSuffixBelow(try name("amazonaws.com")))
    #expect(!suffixes.hasSuffixBelow(try name("example.com")))
  }
}
