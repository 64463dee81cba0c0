import Egress
import Enforcement
import Testing

@testable import Watch

@Suite("robots.txt (RFC 9309)") struct RobotsTests {
  private func rules(_ text: String, for product: String = "cordon") -> RobotsRules {
    RobotsRules(Array(text.utf8), for: product)
  }

  private func allows(_ text: String, _ path: String, for product: String = "cordon") throws -> Bool
  {
    rules(text, for: product).allows(try WebURL("https://site.example" + path))
  }

  /// Section 5.1: three groups, one of them for several crawlers.
  @Test func `each crawler goes by its own group, and by the general one where it has none`() throws
  {
    let file = """
      User-Agent: *
      Disallow: *.gif$
      Disallow: /example/
      Allow: /publications/

      User-Agent: foobot
      Disallow:/
      Allow:/example/page.html
      Allow:/example/allowed.gif

      User-Agent: barbot
      User-Agent: bazbot
      Disallow: /example/page.html

      User-Agent: quxbot
      """
    #expect(try !allows(file, "/example/page.html"))
    #expect(try !allows(file, "/a/b.gif"))
    #expect(try allows(file, "/a/b.gif?x"))
    #expect(try allows(file, "/publications/x"))
    #expect(try !allows(file, "/other", for: "FooBot"))
    #expect(try allows(file, "/example/page.html", for: "foobot"))
    #expect(try allows(file, "/example/allowed.gif", for: "foobot"))
    #expect(try !allows(file, "/example/page.html", for: "barbot"))
    #expect(try !allows(file, "/example/page.html", for: "bazbot"))
    #expect(try allows(file, "/example/", for: "bazbot"))
    #expect(try allows(file, "/anything", for: "quxbot"))
  }

  /// Section 5.2.
  @Test func `the longest match decides`() throws {
    let file = """
      User-Agent: foobot
      Allow: /example/page/
      Disallow: /example/page/disallowed.gif
      """
    #expect(try !allows(file, "/example/page/disallowed.gif", for: "foobot"))
    #expect(try allows(file, "/example/page/other.gif", for: "foobot"))
  }

  @Test func `of two patterns as long, the one that allows decides, whatever the order`() throws {
    for lines in ["Allow: /page\nDisallow: /page", "Disallow: /page\nAllow: /page"] {
      #expect(try allows("User-agent: *\n" + lines, "/page"))
    }
  }

  /// Section 2.2.2: what percent-encoding means for a match.
  @Test(arguments: [
    ("/foo/bar?baz=quz", "/foo/bar?baz=quz", true),
    ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false),
    ("/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", true),
    ("/foo/bar/ツ", "/foo/bar/%E3%83%84", true), ("/foo/bar/%E3%83%84", "/foo/bar/ツ", true),
    ("/foo/bar/%62%61%7A", "/foo/bar/baz", true), ("/foo/bar/baz", "/foo/bar/%62%61%7a", true),
    ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true),
    ("/path/foo-%24", "/path/foo-$", true), ("/path/foo-%24", "/path/foo-", false),
    ("/a%3cd.html", "/a%3Cd.html", true), ("/a%2fb.html", "/a/b.html", false),
  ])
  func `patterns and addresses are compared by what they mean`(
    _ pattern: String, _ path: String, _ matches: Bool
  ) throws {
    #expect(try allows("User-agent: *\nDisallow: \(pattern)", path) == !matches)
  }

  /// Section 2.2.3.
  @Test(arguments: [
    ("/fish", "/fish.html", true), ("/fish", "/Fish", false), ("/fish*", "/fishheads", true),
    ("/fish/", "/fish", false), ("/*.php", "/folder/file.php?x", true), ("/*.php", "/", false),
    ("/*.php$", "/file.php", true), ("/*.php$", "/file.php?x", false),
    ("/*.php$", "/file.php/", false), ("/fish*.php", "/fishheads/cat.php?x", true),
    ("/fish*.php", "/Fish.PHP", false), ("*", "/x", true), ("/$", "/", true), ("/$", "/x", false),
    ("/a*b*c$", "/aXbYbZc", true), ("/a*b*c$", "/aXbYbZcd", false), ("/a**b", "/ab", true),
    ("/ab$cd", "/ab$cd", true), ("/*", "/x", true), ("x", "/x", true), ("/a*a$", "/a", false),
  ])
  func `a star stands for anything and a dollar for the end`(
    _ pattern: String, _ path: String, _ matches: Bool
  ) throws {
    #expect(try allows("User-agent: *\nDisallow: \(pattern)", path) == !matches)
  }

  @Test func `groups for one crawler are taken together, and a mark, case and ends do not matter`()
    throws
  {
    let file =
      "\u{FEFF}USER-AGENT : Cordon/1.0 # us\rdisallow : /a\r\n\r\n\nuser-agent: other\nDisallow: /\n"
      + "User-Agent: cordon\nDisallow: /b # c\nDisallow:\nnonsense\nDisallow: /d/#e\n"
    let rules = rules(file)
    for (path, isAllowed) in [("/a", false), ("/b", false), ("/c", true), ("/d/x", false)] {
      #expect(rules.allows(try WebURL("http://x.y" + path)) == isAllowed)
    }
  }

  @Test func `the file itself may always be asked, and nothing is forbidden by nothing`() throws {
    #expect(try allows("User-agent: *\nDisallow: /", "/robots.txt"))
    #expect(try allows("", "/x"))
    #expect(try allows("Disallow: /", "/x"))
    #expect(try allows("<html><body>Not found: /</body></html>", "/x"))
    #expect(RobotsRules.disallowAll.allows(try WebURL("http://x.y/")) == false)
  }

  @Test func `delays and sitemaps are read`() {
    let rules = rules(
      "Sitemap: https://a.b/one.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x\n"
        + "sitemap:/two.xml\nUser-agent: slow\nCrawl-delay: 999999999999\n")
    #expect(rules.crawlDelay == .milliseconds(2_500))
    #expect(rules.sitemaps == ["https://a.b/one.xml", "/two.xml"])
    #expect(self.rules("User-agent: *\nCrawl-delay: -1").crawlDelay == nil)
    #expect(self.rules("User-agent: *\nCrawl-delay: nan").crawlDelay == nil)
    #expect(
      self.rules("User-agent: *\nCrawl-delay: 1e300").crawlDelay == RobotsRules.longestDelay)
  }

  @Test func `what lies past 500 KiB is not read`() throws {
    let filler = String(repeating: "# filler line\n", count: RobotsRules.sizeLimit / 14)
    #expect(try !allows("User-agent: *\nDisallow: /a\n" + filler, "/a"))
    #expect(try allows("User-agent: *\n" + filler + filler + "Disallow: /a\n", "/a"))
  }

  @Test func `patterns made to be slow are not worked through, and buy nothing`() throws {
    let pattern = "/*" + String(repeating: "a", count: 900) + "b"
    let file =
      "User-agent: *\nAllow: /\n" + String(repeating: "Disallow: \(pattern)\n", count: 50)
    let path = "/" + String(repeating: "a", count: 1_900)
    #expect(try !allows(file, path))
  }

  @Test func `a pattern matches exactly where a slow definition says so`() throws {
    var dice = Dice(seed: 3)
    func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
      guard let first = pattern.first else { return true }
      if first == UInt8(ascii: "$"), pattern.count == 1 { return text.isEmpty }
      if first == UInt8(ascii: "*") {
        return (0...text.count).contains { matches(pattern.dropFirst(), text.dropFirst($0)) }
      }
      return text.first == first && matches(pattern.dropFirst(), text.dropFirst())
    }
    for _ in 0..<20_000 {
      let pattern =
        "/"
        + String(
          (0..<Int.random(in: 0...6, using: &dice)).map { _ in
            "aab/*".randomElement(using: &dice)!
          }) + (Bool.random(using: &dice) ? "$" : "")
      let path =
        "/"
        + String(
          (0..<Int.random(in: 0...9, using: &dice)).map { _ in
            "aab/".randomElement(using: &dice)!
          })
      var effort = RobotsPattern.effortLimit
      let found = RobotsPattern(pattern).matches(Array(path.utf8), effort: &effort)
      #expect(
        found == matches(Array(pattern.utf8)[...], Array(path.utf8)[...]), "\(pattern) \(path)")
    }
  }

  @Test func `what a fetch of the file came to decides what may be asked, and for how long`() throws
  {
    let now = Instant(seconds: 1_600_000_000)
    func page(_ status: Int, hops: Int = 1) throws -> FetchOutcome {
      let exchange = Exchange(
        url: "https://a.b/robots.txt", address: "192.0.2.1", time: now, request: [],
        responseHead: [], body: [], status: status, fields: [])
      return .fetched(
        FetchedPage(
          hops: Array(repeating: exchange, count: hops), url: exchange.url, status: status,
          mediaType: "text/plain", content: Array("User-agent: *\nDisallow: /x".utf8),
          isTruncated: false, charset: "utf-8"))
    }
    func file(_ outcome: FetchOutcome, previous: RobotsFile? = nil) -> RobotsFile {
      RobotsFile(outcome, for: "cordon", at: now, previous: previous)
    }
    let found = file(try page(200))
    #expect(found.state == .found)
    #expect(found.isFresh(at: now + .seconds(86_399)) && !found.isFresh(at: now + .seconds(86_400)))
    #expect(!found.rules.allows(try WebURL("https://a.b/x")))
    for status in [400, 401, 403, 404, 410, 302] {
      #expect(file(try page(status)).rules == .allowAll)
    }
    for status in [429, 500, 503] {
      #expect(file(try page(status)).rules == .disallowAll)
      #expect(file(try page(status), previous: found).rules == found.rules)
    }
    #expect(file(.failed(.timedOut(""), hops: [])).state == .unreachable)
    #expect(file(.failed(.redirectLoop(""), hops: [])).rules == .allowAll)
    #expect(file(try page(200, hops: 6)).state == .found)
    #expect(file(try page(200, hops: 7)).state == .unavailable)
  }
}
