import Testing

@testable import Egress

@Suite("Web addresses") struct WebURLTests {
  /// RFC 3986, Section 5.4, with the base's scheme and host made those of the web.
  @Test(arguments: [
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"),
    ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
    ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
    ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"),
    ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
    (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    ("g;x=1/../y", "http://a/b/c/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("http:g", "http://a/b/c/g"), ("https:g", "https://g/"),
  ])
  func `references are resolved as the RFC and browsers do`(
    _ reference: String, _ expected: String
  ) throws {
    let base = try WebURL("http://a/b/c/d;p?q")
    #expect(try WebURL(reference, relativeTo: base).text == expected)
  }

  @Test(arguments: [
    ("HTTP://EXAMPLE.com:80", "http://example.com/"), ("https://a.b:443/", "https://a.b/"),
    ("https://a.b:80/", "https://a.b:80/"), ("http://a.b:/x", "http://a.b/x"),
    ("http:\\\\a.b\\c\\d", "http://a.b/c/d"), ("http:/a.b/c", "http://a.b/c"),
    ("http:a.b", "http://a.b/"), ("http:////a.b/c", "http://a.b/c"),
    ("  http://a.b/c d\n ", "http://a.b/c%20d"), ("ht\ntp://a.\tb/c", "http://a.b/c"),
    ("http://user:pass@a.b/", "http://a.b/"), ("http://a@b@c.d/", "http://c.d/"),
    ("http://a.b/%7euser/%41", "http://a.b/~user/A"), ("http://a.b/%2f%3a", "http://a.b/%2F%3A"),
    ("http://a.b/%2e%2E/x/%2e/y", "http://a.b/x/y"), ("http://a.b/100%", "http://a.b/100%25"),
    ("http://a.b/?q=a b|c", "http://a.b/?q=a%20b%7Cc"),
    ("http://a.b/交易", "http://a.b/%E4%BA%A4%E6%98%93"),
    ("http://例え.jp/", "http://xn--r8jz45g.jp/"), ("http://faß.de/", "http://xn--fa-hia.de/"),
    ("http://ＥＸＡＭＰＬＥ．ＣＯＭ/", "http://example.com/"), ("http://a。b/", "http://a.b/"),
    ("http://a.b./x", "http://a.b/x"), ("http://a_b.c/", "http://a_b.c/"),
    ("http://[2001:DB8::0:1]:80/", "http://[2001:db8::1]/"),
    ("http://0x7f.1/", "http://127.0.0.1/"),
    ("http://a.b/x#y?z", "http://a.b/x"), ("http://a.b//x///y", "http://a.b//x///y"),
    ("http://a.b?x", "http://a.b/?x"), ("http://a%2Eb/", "http://a.b/"),
  ])
  func `an address is written in one way only`(_ text: String, _ expected: String) throws {
    #expect(try WebURL(text).text == expected)
  }

  @Test(arguments: [
    "javascript:alert(1)", "mailto:a@b.c", "ftp://a.b/", "data:text/html,x", "tel:+1", "file:///x",
    "/x", "x", "", "//a.b/", "http://", "http:///", "http://a.b:x/", "http://a.b:65536/",
    "http://a.b:-1/", "http://:80/", "http://@/",
  ])
  func `what leads to no web page is refused`(_ text: String) {
    #expect(throws: WebURL.Invalid.self) { try WebURL(text) }
  }

  @Test func `an address that is too long is refused, however it came to be`() throws {
    let room = WebURL.maximumLength - "http://a.b/".utf8.count
    #expect(throws: Never.self) { try WebURL("http://a.b/" + String(repeating: "x", count: room)) }
    for tail in [
      String(repeating: "x", count: room + 1), String(repeating: " ", count: room / 3 + 1) + "x",
    ] {
      #expect(throws: WebURL.Invalid.self) { try WebURL("http://a.b/" + tail) }
    }
    let deep = try WebURL("http://a.b/" + String(repeating: "d/", count: room / 2))
    #expect(throws: WebURL.Invalid.self) { try WebURL("12345678901", relativeTo: deep) }
    #expect(throws: WebURL.Invalid.self) {
      try WebURL("http://a.b/" + String(repeating: "../", count: 100_000))
    }
  }

  @Test(arguments: [
    ("http://a.b/?utm_source=x&id=7&UTM_Medium=y&gclid=1", "http://a.b/?id=7"),
    ("http://a.b/?fbclid=x", "http://a.b/"), ("http://a.b/?", "http://a.b/"),
    ("http://a.b/?b=2&a=1&b=3", "http://a.b/?b=2&a=1&b=3"),
    ("http://a.b/?&&a=1&", "http://a.b/?a=1"),
    ("http://a.b/?utm=1&page=utm_source", "http://a.b/?utm=1&page=utm_source"),
    ("http://a.b/join?ref=77&utm_campaign=z", "http://a.b/join?ref=77"),
  ])
  func `what only says where a visitor came from is not part of the page`(
    _ text: String, _ expected: String
  ) throws {
    #expect(try WebURL.canonical(text) == expected)
  }

  @Test func `whatever is read is read the same when it is read again`() throws {
    var dice = Dice(seed: 1)
    let pieces = [
      "http://", "https:", "//", "/", "\\", ".", "..", "/../", "%2e", "%2F", "%", "%zz", "?", "#",
      "&", "=", "utm_x=1", "a", "B", "交", "é", " ", "\t", "\n", "@", ":", ":80", ":443", "[::1]",
      "127.1", "0x7f", "xn--", "example.com", "-", "_", "'", "\"", "<", "|", "\u{0}", "\u{FF0E}",
    ]
    let base = try WebURL("https://base.example/folder/page?x=1")
    var read = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...9, using: &dice)
      let text = (0..<count).map { _ in pieces.randomElement(using: &dice)! }.joined()
      guard let url = try? WebURL(text, relativeTo: base) else { continue }
      read += 1
      #expect(try WebURL(url.text) == url)
      #expect(try WebURL(url.text, relativeTo: base) == url)
      #expect(url.identity.identity == url.identity)
      #expect(url.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      #expect(!url.path.contains("/../") && !url.path.contains("/./"))
      #expect(url.text.utf8.count <= WebURL.maximumLength)
    }
    #expect(read > 5_000)
  }

  @Test func `ways to write one address are one address`() throws {
    var dice = Dice(seed: 2)
    for _ in 0..<2_000 {
      let path = (0..<Int.random(in: 1...4, using: &dice)).map { _ in
        String("abcdefXYZ0189-._~".randomElement(using: &dice)!)
          + String("abcdefXYZ0189".randomElement(using: &dice)!)
      }
      let plain = "http://shop.example/" + path.joined(separator: "/")
      var other = Bool.random(using: &dice) ? "HTTP://Shop.EXAMPLE:80" : "http:\\\\shop.example.:80"
      for segment in path {
        other += Bool.random(using: &dice) ? "/x/%2E./" : "/./"
        other += segment.utf8.map { octet in
          let hex = String(octet, radix: 16)
          return Bool.random(using: &dice)
            ? "%" + (Bool.random(using: &dice) ? hex : hex.uppercased())
            : String(UnicodeScalar(octet))
        }.joined()
      }
      other += "#" + path[0]
      #expect(try WebURL(other) == WebURL(plain))
    }
  }
}
