import Egress
import Enforcement
import Testing

@testable import Watch

@Suite("Sitemaps") struct SitemapTests {
  private let place = try! WebURL("https://site.example/sitemaps/all.xml")

  private func read(_ text: String) -> Sitemap { Sitemap(Array(text.utf8), at: place) }

  private let sample = """
    <?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <url><loc>https://site.example/a?x=1&amp;y=2</loc><lastmod>2026-01-02</lastmod>
        <changefreq>daily</changefreq><priority>0.8</priority></url>
      <url><loc> <![CDATA[/b]]> </loc><lastmod>2026-01-02T03:04+08:00</lastmod></url>
      <url><loc></loc></url>
      <url><loc>ftp://site.example/</loc></url>
      <url xmlns:image="urn:i"><loc>c</loc><lastmod>2025-07</lastmod><image:loc>/i.png</image:loc>
        <changefreq>sometimes</changefreq></url>
    </urlset>
    """

  private let expected = [
    Sitemap.Entry(
      url: try! WebURL("https://site.example/a?x=1&y=2"), lastModified: Instant("2026-01-02"),
      changeFrequency: .daily),
    Sitemap.Entry(
      url: try! WebURL("https://site.example/b"), lastModified: Instant("2026-01-01T19:04:00Z")),
    Sitemap.Entry(
      url: try! WebURL("https://site.example/sitemaps/c"), lastModified: Instant("2025-07-01")),
  ]

  @Test func `pages are read with their dates and how often they change`() {
    #expect(read(sample).entries == expected)
    #expect(!read(sample).isIndex)
  }

  @Test func `a packed list is the list`() throws {
    let packed = try #require(GzipMember.pack(Array(sample.utf8)))
    #expect(Sitemap(packed, at: place).entries == expected)
  }

  @Test func `a list of lists is known as one`() {
    let index = read(
      "<sitemapindex><sitemap><loc>/one.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
    )
    #expect(index.isIndex)
    #expect(index.entries.map(\.url.text) == ["https://site.example/one.xml.gz"])
    #expect(index.entries.map(\.lastModified) == [Instant("2026-01-01")])
  }

  @Test func `a plain list is an address a line`() {
    let list = read("\u{FEFF}https://site.example/a\r\n\r\nnot one\nhttps://site.example/b")
    #expect(list.entries.map(\.url.path) == ["/a", "/b"])
  }

  @Test func `what comes before a fault is kept`() {
    #expect(
      read("<urlset><url><loc>/a</loc></url><url><loc>/b</l").entries.map(\.url.path) == ["/a"])
    #expect(read("").entries.isEmpty)
    #expect(read("<").entries.isEmpty)
  }

  @Test func `entities that a document defines are neither expanded nor loaded`() {
    let bomb = """
      <?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">
      <!ENTITY f SYSTEM "file:///etc/passwd">]>
      <urlset><url><loc>/x&d;&f;</loc></url><url><loc>/y</loc></url></urlset>
      """
    #expect(read(bomb).entries.map(\.url.path).allSatisfy { $0.utf8.count < 10 })
  }

  @Test func `no more entries are read than the protocol allows`() {
    let lines = String(repeating: "<url><loc>/a</loc></url>", count: Sitemap.entryLimit + 10)
    #expect(read("<urlset>" + lines + "</urlset>").entries.count == Sitemap.entryLimit)
  }

  @Test func `no octets bring the reader down`() {
    var dice = Dice(seed: 5)
    let source = Array(sample.utf8)
    for _ in 0..<2_000 {
      var octets = source
      for _ in 0..<Int.random(in: 1...8, using: &dice) {
        octets[Int.random(in: 0..<octets.count, using: &dice)] = UInt8.random(
          in: 0...255, using: &dice)
      }
      octets.removeLast(Int.random(in: 0..<octets.count, using: &dice))
      #expect(Sitemap(octets, at: place).entries.count <= 5)
    }
  }
}
