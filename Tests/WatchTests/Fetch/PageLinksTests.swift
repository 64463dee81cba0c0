import Testing

@testable import Watch

@Suite("Links of a page") struct PageLinksTests {
  private let place = try! WebURL("https://site.example/news/today.html")

  private func read(_ markup: String) -> PageLinks { PageLinks(Array(markup.utf8), at: place) }

  private func paths(_ markup: String) -> [String] {
    read(markup).links.map { $0.url.text.replacing("https://site.example", with: "") }
  }

  @Test func `links of every kind are found, each once, in order`() {
    let page = read(
      """
      <!DOCTYPE html><html><head><link rel="canonical" href="/c"><LINK REL='next' HREF=p2>
      <link rel="stylesheet" href="/s.css"><link rel=sitemap href=/map.xml>
      <meta http-equiv="Refresh" content="5; URL='/later'"></head>
      <body><a class=x href="a?x=1&amp;y=&#50;">A</a><A HREF = '//other.example/'>B</A>
      <a href="#top">no</a><a href="javascript:void(0)">no</a><a>no</a><a href="/c">again</a>
      <area href="../map"><iframe src="/frame"></iframe><frame src=/f2>
      <a rel="Nofollow ugc" href=/n>n</a><a href="/sp ace\n">s</a></body></html>
      """)
    #expect(
      page.links.map(\.url.text) == [
        "https://site.example/c", "https://site.example/news/p2", "https://site.example/map.xml",
        "https://site.example/later", "https://site.example/news/a?x=1&y=2",
        "https://other.example/", "https://site.example/map", "https://site.example/frame",
        "https://site.example/f2", "https://site.example/n", "https://site.example/sp%20ace",
      ])
    #expect(
      page.links.map(\.kind) == [
        .canonical, .next, .sitemap, .refresh, .anchor, .anchor, .anchor, .frame, .frame, .anchor,
        .anchor,
      ])
    #expect(page.links.filter(\.isNoFollow).map(\.url.path) == ["/n"])
    #expect(!page.isNoFollow)
  }

  @Test func `the first base is what relative links start from`() {
    #expect(
      paths("<a href=x><base href=/docs/><base href=/no/><a href=y>") == ["/news/x", "/docs/y"])
  }

  @Test func `a page may disown all its links`() {
    #expect(read("<meta name=robots content='noindex, NoFollow'>").isNoFollow)
    #expect(read("<meta content=none name=ROBOTS>").isNoFollow)
    #expect(!read("<meta name=description content=nofollow>").isNoFollow)
  }

  @Test func `what only looks like a link is none`() {
    #expect(paths("<!-- <a href=/x> --><a href=/y>") == ["/y"])
    #expect(paths("<script>'<a href=/x>'</script><a href=/y>") == ["/y"])
    #expect(paths("<STYLE><a href=/x></Style ><a href=/y>") == ["/y"])
    #expect(paths("<textarea><a href=/x></textarea><abbr href=/z><a href=/y>") == ["/y"])
    #expect(paths("<a data-x='<a href=/no>' href=/y>") == ["/y"])
    #expect(paths("1 < 2 <a href=/y") == ["/y"])
  }

  @Test func `a page of links ends at the bound`() {
    let many = (0..<PageLinks.linkLimit + 100).map { "<a href=/\($0)>" }.joined()
    #expect(read(many).links.count == PageLinks.linkLimit)
  }

  @Test func `no markup brings the scanner down`() {
    var dice = Dice(seed: 11)
    let pieces = [
      "<a ", "<a", "href", "=", "\"", "'", ">", "/", "<!--", "-->", "<script>", "</script",
      "&#x41;",
      "&", "#", "x", " ", "<base href=", "<meta http-equiv=refresh content=", "0;url=", "\u{0}",
      "é",
    ]
    for _ in 0..<20_000 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &dice)! }.joined()
      #expect(read(text).links.count <= 12)
    }
  }
}
