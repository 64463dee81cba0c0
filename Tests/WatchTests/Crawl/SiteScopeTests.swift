import DomainNames
import Egress
import Enforcement
import Testing

@testable import Watch

@Suite("What belongs to a site") struct SiteScopeTests {
  private static let suffixes = try! PublicSuffixes(
    list: Array("com\nexample\nco.example\n// ===BEGIN PRIVATE DOMAINS===\npages.example\n".utf8))

  private func site(_ url: String, wholeHost: Bool = false) -> String? {
    Site(of: try! WebURL(url), suffixes: Self.suffixes, wholeHost: wholeHost)?.description
  }

  @Test(arguments: [
    ("http://www.shop.example/x", "shop.example"),
    ("https://shop.example:8443/", "shop.example:8443"),
    ("https://shop.co.example/", "shop.co.example"),
    ("http://club.pages.example/a", "club.pages.example"),
    ("http://pages.example/club/a", "pages.example/club/"),
    ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
    ("http://[::1]:81/", "[::1]:81"),
    ("http://www.example/", "www.example"),
  ])
  func `a URL names its site`(url: String, name: String) { #expect(site(url) == name) }

  @Test func `a shared host can be taken as a whole`() {
    #expect(site("http://pages.example/club/a", wholeHost: true) == "pages.example")
  }

  @Test(arguments: [
    ("shop.example", "https://shop.example/x", true),
    ("shop.example", "http://www.shop.example/", true),
    ("shop.example", "http://app.trade.shop.example/", true),
    ("shop.example", "http://notshop.example/", false),
    ("shop.example", "http://shop.example.com/", false),
    ("shop.example", "http://shop.example:8080/", false),
    ("co.example", "http://shop.co.example/", false),
    ("pages.example/club/", "http://pages.example/club", true),
    ("pages.example/club/", "http://pages.example/club/a", true),
    ("pages.example/club/", "http://pages.example/clubs", false),
    ("pages.example/club/", "http://other.pages.example/club/", false),
    ("127.0.0.1:8080", "http://127.0.0.1:8080/a", true),
    ("127.0.0.1:8080", "http://127.0.0.1:8081/a", false),
  ])
  func `an address belongs to a site, or does not`(name: String, url: String, belongs: Bool) {
    let scope = SiteScope(Site(name)!, suffixes: Self.suffixes)
    #expect(scope.contains(try! WebURL(url)) == belongs)
  }
}
