import Detection
import DomainNames
import Testing

/// Pages of sites made alike and otherwise.
enum SamplePages {
  /// A page of `rows` rows of one make; what it says differs by `salt`.
  static func page(make: String, salt: String, rows: Int = 60, scripts: [String] = []) -> [UInt8] {
    var html = "<!doctype html><html><head><title>\(salt)</title>"
    for script in scripts { html += "<script src='\(script)'></script>" }
    html += "</head><body class=\(make)>"
    for row in 0..<rows {
      // The make decides which elements come in which order.
      let kind = (make.utf8.reduce(7) { $0 &* 31 &+ Int($1) } &* (row + 1) / 11) & 63
      html += "<div class='c\(kind)-\(make)'><p>\(salt) \(row)</p><a href='/\(row)'>x</a></div>"
      if kind > 30 { html += "<ul class=u\(kind)><li>\(salt)</li></ul>" }
    }
    return Array((html + "</body></html>").utf8)
  }
}

struct MirrorComparisonTests {
  private func comparison(_ sites: [SiteFingerprint]) throws -> MirrorComparison {
    MirrorComparison(
      sites, names: try SampleVenues.names(), suffixes: try #require(SampleVenues.suffixes))
  }

  @Test func `pages of one make are alike whatever they say, others are not`() throws {
    let one = SiteFingerprint(reading: SamplePages.page(make: "a", salt: "first"), of: "a.example")
    let two = SiteFingerprint(reading: SamplePages.page(make: "a", salt: "其他"), of: "b.example")
    let other = SiteFingerprint(reading: SamplePages.page(make: "zq", salt: "first"), of: "c.test")
    let template = try #require(one.template)
    #expect(template.similarity(to: try #require(two.template)) == 1)
    #expect(template.similarity(to: try #require(other.template)) < 0.3)
  }

  @Test func `the same icon on two sites proposes one, with the reason`() throws {
    let icon = SiteFingerprint.digest(of: [1, 2, 3])
    let old = SiteFingerprint(site: "old.example", icon: icon)
    let new = SiteFingerprint(site: "new.test", icon: icon)
    let proposals = try comparison([old, new]).proposals(for: new)
    #expect(proposals.map(\.resembles) == ["old.example"])
    #expect(proposals.first?.reasons.map(\.kind) == [.icon])
  }

  @Test func `what many sites share makes no two alike`() throws {
    let common = (0..<40).map { number in
      SiteFingerprint(
        site: "s\(number).example", icon: "shared", scripts: ["jquery-digest", "own-\(number)"],
        template: SiteFingerprint(
          reading: SamplePages.page(make: "system", salt: "\(number)"), of: "s"
        ).template)
    }
    let comparison = try comparison(common)
    for site in common { #expect(comparison.proposals(for: site).isEmpty) }
  }

  @Test func `a rare script makes two sites alike where a common one does not`() throws {
    var sites = (0..<30).map {
      SiteFingerprint(site: "s\($0).example", scripts: ["library", "own-\($0)"])
    }
    sites[3].scripts.insert("app-digest")
    sites[9].scripts.insert("app-digest")
    let proposals = try comparison(sites).proposals(for: sites[3])
    #expect(proposals.map(\.resembles) == ["s9.example"])
    #expect(proposals.first?.reasons.first?.evidence.contains("app-digest") == true)
  }

  @Test func `hosts of one site are not mirrors of each other`() throws {
    let icon = SiteFingerprint.digest(of: [9])
    let sites = ["example.com", "www.example.com"].map { SiteFingerprint(site: $0, icon: icon) }
    #expect(try comparison(sites).proposals(for: sites[0]).isEmpty)
  }

  @Test func `a redirect and a name in a certificate are reasons`() throws {
    let target = SiteFingerprint(site: "new.test", certificateNames: ["new.test", "old.example"])
    let old = SiteFingerprint(
      site: "old.example", certificateNames: ["new.test", "old.example"], redirects: ["new.test"])
    let proposal = try comparison([target, old]).proposals(for: old).first
    #expect(Set(proposal?.reasons.map(\.kind) ?? []) == [.redirect, .certificate])
    #expect((proposal?.strength ?? 0) > 0.85)
  }

  @Test func `an invitation made as a venue's leads to the host behind it`() throws {
    let html = Array(
      """
      <a href="https://ouyizh.net/zh-hans/join/8823">注册</a><a href="https://www.okx.com/join/8823">
      <a href="https://news.example/join/about"><a href="https://shop.example/join/XXXXXXX">
      """.utf8)
    let page = SiteFingerprint(reading: html, of: "promo.example")
    let found = try comparison([page]).linkedProposals(from: page)
    #expect(found.map(\.candidate) == ["ouyizh.net"])
    #expect(found.first?.resembles == "okx")
    #expect(found.first?.reasons.map(\.kind) == [.name, .path])
  }

  @Test func `no page is too broken to be read`() {
    var seed: UInt64 = 7
    let page = SamplePages.page(make: "m", salt: "<!-- ' \" <script>", scripts: ["/a.js?<"])
    for _ in 0..<2000 {
      var mutated = page
      for _ in 0..<8 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(seed >> 33) % mutated.count
        mutated[place] = UInt8(truncatingIfNeeded: seed >> 20)
        if seed >> 60 == 3 { mutated.removeSubrange(place...) }
        if mutated.isEmpty { mutated = page }
      }
      let fingerprint = SiteFingerprint(reading: mutated, of: "x.example")
      #expect(fingerprint.scripts.count <= 2 * SiteFingerprint.limit)
    }
  }
}
