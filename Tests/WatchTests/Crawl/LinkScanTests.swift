import Testing

@testable import Watch

@Suite("Links of a page") struct LinkScanTests {
  private func links(_ markup: String) -> [String] {
    var scan = LinkScan(Array(markup.utf8))
    var found: [String] = []
    while let link = scan.next() { found.append(scan.address(link.address)) }
    return found
  }

  @Test func `links are found however their attributes are written`() {
    #expect(links(#"<a href="/a">x</a>"#) == ["/a"])
    #expect(links("<A class=x HREF='/a b' id=1>x</A>") == ["/a b"])
    #expect(
      links("<a\nhref = /a?x=1>x</a><area href=/b><iframe src=/c></iframe>") == [
        "/a?x=1", "/b", "/c",
      ])
    #expect(links(#"<a title="> href=/no " href="/yes">"#) == ["/yes"])
    #expect(links(#"<a href=" /a ">x</a>"#) == ["/a"])
    #expect(links("<a href='/a?x=1&amp;y=2&#38;z=3'>") == ["/a?x=1&y=2&z=3"])
    #expect(links(#"<meta http-equiv=refresh content="0; URL='/next'">"#) == ["/next"])
    #expect(links("<a href=/first href=/second>") == ["/first"])
  }

  @Test func `what is no link is none`() {
    #expect(links("<a name=x><abbr href=/a><a href='#top'><ahref=/b><a href=''>") == [])
    #expect(
      links("<!-- <a href=/a> --><script>'<a href=/b>'</script><style><a href=/c></style>") == [])
    #expect(links("<!DOCTYPE html><a href=/a>") == ["/a"])
    #expect(links(#"<meta name=description content="see url=/x">"#) == [])
  }

  @Test func `the words of a link are read without its tags`() {
    let markup = Array("<a href=/a><b>立即</b><img src=x>充值</a> and more".utf8)
    var scan = LinkScan(markup)
    let label = scan.next().map { String(decoding: scan.label(of: $0), as: UTF8.self) }
    #expect(label == "立即充值")
  }

  @Test func `a base element is told, and is no link`() {
    let markup = Array("<base href='http://b.example/x/'><a href=y>".utf8)
    var scan = LinkScan(markup)
    #expect(scan.next() != nil)
    #expect(scan.base.map { scan.address($0) } == "http://b.example/x/")
  }

  @Test(arguments: 1...8)
  func `broken markup ends, and its links lie within it`(seed: UInt64) {
    var random = FrontierRandom(seed)
    let seeds = Array(
      #"<a href="/x?y=1&amp;z">w</a><!-- c --><script>s</script><meta content='1;url=/m'><base href=/b>"#
        .utf8)
    for _ in 0..<3_000 {
      var markup = seeds
      for _ in 0..<random.number(1...12) {
        let place = random.number(0...(markup.count - 1))
        switch random.number(0...2) {
        case 0: markup[place] = UInt8(random.number(0...255))
        case 1: markup.remove(at: place)
        default: markup.insert(random.pick(seeds), at: place)
        }
      }
      var scan = LinkScan(markup)
      var count = 0
      while let link = scan.next() {
        count += 1
        #expect(link.address.lowerBound >= 0 && link.address.upperBound <= markup.count)
        _ = scan.address(link.address)
        _ = scan.label(of: link)
      }
      #expect(count <= markup.count / 3)
    }
  }
}
