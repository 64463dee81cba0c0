import DomainNames
import Testing

@testable import Enforcement

/// One target, and what is to become of it.
struct Case: Sendable, CustomTestStringConvertible {
  var text: String
  var writing: Writing = .plain
  var scope: Scope? = nil
  var codes: [String]

  init(_ text: String, _ codes: String..., writing: Writing = .plain, scope: Scope? = nil) {
    self.text = text
    self.writing = writing
    self.scope = scope
    self.codes = codes
  }

  var testDescription: String { "\(text) \(writing) \(scope?.rawValue ?? "-")" }

  var assessed: AssessedLine {
    Assessor(basis: .sample).assess(.named(text, writing, scope: scope))
  }
}

@Suite struct `An assessment` {
  @Test(arguments: [
    Case(".", "root"), Case(".", "root", scope: .exact),
    Case("com", "top-level-domain"), Case("com", "top-level-domain", scope: .exact),
    Case("uk", "top-level-domain"), Case("co.uk", "public-suffix"),
    Case("co.uk", "public-suffix", scope: .exact),
    Case("github.io", "public-suffix"), Case("blogspot.com", "public-suffix"),
    Case("x.kawasaki.jp", "public-suffix"),
    Case("s3.amazonaws.com", "public-suffix"), Case("amazonaws.com", "suffix-parent"),
    Case("in-addr.arpa", "reverse-name"), Case("4.3.2.1.in-addr.arpa", "reverse-name"),
    Case("8.b.d.0.1.0.0.2.ip6.arpa", "reverse-name", scope: .exact),
    Case("home.arpa", "special-use"), Case("resolver.arpa", "special-use"),
    Case("arpa", "special-use", "top-level-domain"),
    Case("localhost", "special-use"), Case("db.localhost", "special-use"),
    Case("x.local", "special-use"), Case("local", "special-use"),
    Case("a.b.invalid", "special-use"),
    Case("abcdef.onion", "special-use"), Case("x.alt", "special-use"),
    Case("host.internal", "special-use"), Case("localhost.localdomain", "special-use"),
    Case("time.phone.com", "essential"), Case("time.phone.com", "essential", scope: .exact),
    Case("eu.time.phone.com", "essential"), Case("ocsp.certs.org", "essential"),
    Case("mirror.ocsp.certs.org", "essential"), Case("a.mirror.ocsp.certs.org", "essential"),
    Case("operator.net", "operator-name"), Case("www.operator.net", "operator-name", scope: .exact),
    Case("authority.org", "operator-name"), Case("contest.authority.org", "operator-name"),
    Case("hospital.org", "protected-name"), Case("ward.hospital.org", "protected-name"),
    Case("safe.venue.com", "protected-name", scope: .exact),
  ])
  func `refuses what is never blocked`(example: Case) {
    let assessed = example.assessed
    #expect(assessed.decision == .refuse)
    #expect(assessed.reasons.map(\.code) == example.codes)
    #expect(assessed.name?.description == example.text)
  }

  @Test func `refuses addresses`() {
    for address in ["1.2.3.4", "2001:db8::1"] {
      let line = SourceLine(id: LineID(line: 7), input: address, reading: .address(address))
      let assessed = Assessor(basis: .sample).assess(line)
      #expect(assessed.decision == .refuse)
      #expect(assessed.reasons.map(\.code) == ["address-literal"])
      #expect(assessed.reasons[0].text.contains(address))
      #expect(assessed.name == nil && assessed.scope == nil && assessed.source == line)
    }
  }

  @Test(arguments: [
    Case("google.com", "popular"), Case("google.com", "popular", scope: .exact),
    Case("www.google.com", "popular", scope: .exact),
    Case("binance.com", "popular"), Case("binance.com", "popular", scope: .exact),
    Case("www.binance.com", "popular"), Case("a.b.binance.com", "popular", scope: .exact),
    Case("mail.webmail.org", "popular"), Case("x.mail.webmail.org", "popular"),
    Case("webmail.org", "popular-below"),
    Case("cdn.fastcdn.net", "cdn"), Case("fastcdn.net", "cdn"),
    Case("bigcloud.com", "cloud"), Case("vm7.bigcloud.com", "cloud"),
    Case("apps.phone.com", "app-store"), Case("shrt.io", "link-shortener"),
    Case("pages.hoster.net", "shared-host"), Case("hoster.net", "shared-host"),
    Case("cards.com", "payment"), Case("phone.com", "essential"), Case("certs.org", "essential"),
    Case("binnance.com", "look-alike"), Case("binace.com", "look-alike"),
    Case("binamce.com", "look-alike"), Case("biannce.com", "look-alike"),
    Case("ibnance.com", "look-alike"), Case("binance.co", "look-alike"),
    Case("www.binnance.com", "look-alike"), Case("gooogle.com", "look-alike"),
    Case("wikipeida.org", "look-alike"), Case("xn--80ak6aa92e.com", "look-alike"),
    Case("xn--bnance-pvf.com", "look-alike", "mixed-scripts"),
    Case("exchange.example", "wider-than-named", writing: .urlWithPath),
    Case("exchange.example", "wider-than-named", writing: .urlWithPath, scope: .exact),
    Case("exchange.example", "wider-than-named", writing: .url, scope: .subtree),
    Case("exchange.example", "wider-than-named", writing: .wildcard),
    Case("exchange.example", "wider-than-named", writing: .wildcard, scope: .exact),
    Case("google.com", "wider-than-named", "popular", writing: .urlWithPath),
  ])
  func `holds for a second person`(example: Case) {
    let assessed = example.assessed
    #expect(assessed.decision == .hold)
    #expect(assessed.reasons.map(\.code) == example.codes)
    #expect(assessed.reasons.allSatisfy { !$0.text.isEmpty })
  }

  @Test(arguments: [
    Case("exchange.example"), Case("www.exchange.example", scope: .exact),
    Case("a.test"), Case("a.b.example"), Case("exchange.example", writing: .url),
    Case("notbinance.com"), Case("binance.com.evil.net"), Case("binance-login.com"),
    Case("binance.example"), Case("goggles.com"),
    Case("webmail.org", scope: .exact), Case("phone.com", scope: .exact),
    Case("hoster.net", scope: .exact), Case("amazonaws.com", scope: .exact),
    Case("certs.org", scope: .exact), Case("authority.org", scope: .exact),
    Case("city.kawasaki.jp"), Case("scam.github.io"), Case("scam.blogspot.com"),
    Case("bucket.s3.amazonaws.com"), Case("venue.co.uk"), Case("other.phone.com"),
    Case("1.2.3.4.venue.com"), Case("xlocal.net"), Case("onion.net"), Case("invalid.org"),
    Case("myhospital.org"), Case("xn--e1afmkfd.com"), Case("_dns.venue.net"),
  ])
  func `accepts what hits nobody else`(example: Case) {
    let assessed = example.assessed
    #expect(assessed.decision == .accept)
    #expect(assessed.reasons == [])
    #expect(assessed.name?.description == example.text)
  }

  @Test(arguments: ["binance", "exchange", "invalidx", "test", "example"])
  func `quarantines a name without a dot`(text: String) {
    for scope in [nil, Scope.exact, .subtree] {
      let assessed = Assessor(basis: .sample).assess(.named(text, scope: scope))
      #expect(assessed.decision == .quarantine)
      #expect(assessed.reasons.map(\.code) == ["single-label"])
      #expect(assessed.name == nil && assessed.scope == nil)
    }
  }

  @Test func `quarantines what cannot be read, with the reader's reason`() {
    let why = Unreadable(code: "bad-url", text: "\"ttps\" is no scheme")
    let line = SourceLine(id: LineID(line: 2), input: "ttps://x.example", reading: .unreadable(why))
    let assessed = Assessor(basis: .sample).assess(line)
    #expect(assessed.decision == .quarantine)
    #expect(assessed.reasons == [Reason(code: why.code, text: why.text)])
    #expect(assessed.source == line)
  }

  @Test
  func `reads the scope that the order gives, else a URL as its host and a name as all below`() {
    let assessor = Assessor(basis: .sample)
    let narrow = Assessor(basis: .sample, defaultScope: .exact)
    for (writing, scope, narrowScope) in [
      (Writing.plain, Scope.subtree, Scope.exact), (.url, .exact, .exact),
      (.urlWithPath, .exact, .exact), (.wildcard, .subtree, .subtree),
    ] {
      #expect(assessor.assess(.named("a.example", writing)).scope == scope)
      #expect(narrow.assess(.named("a.example", writing)).scope == narrowScope)
      for given in Scope.allCases {
        #expect(assessor.assess(.named("a.example", writing, scope: given)).scope == given)
      }
    }
  }

  @Test func `tells repetitions within a file, by name and scope`() {
    let lines: [SourceLine] = [
      .named("a.example", line: 1), .named("A.Example", scope: .subtree, line: 2),
      .named("a.example", scope: .exact, line: 3), .named("a.example", .url, line: 4),
      .named("google.com", line: 5), .named("google.com", line: 6), .named("com", line: 7),
      .named("com", line: 8),
    ]
    let assessed = Assessor(basis: .sample).assess(lines)
    #expect(
      assessed.map(\.decision) == [
        .accept, .duplicate, .accept, .duplicate, .hold, .duplicate, .refuse, .duplicate,
      ])
    for (line, first) in [(1, "line 1"), (3, "line 3"), (5, "line 5"), (7, "line 7")] {
      #expect(assessed[line].reasons.map(\.code) == ["duplicate"])
      #expect(assessed[line].reasons[0].text.contains(first))
    }
    let tally = Tally(assessed)
    #expect(tally.accept == 2 && tally.hold == 1 && tally.refuse == 1 && tally.duplicate == 4)
    #expect(tally.quarantine == 0 && tally.total == lines.count)
  }

  @Test func `warns of names in force under another order, in the very scope`() {
    let other = OrderID("o-20180101-1")!
    let inForce: (DomainName, Scope) -> OrderID? = { known, scope in
      known != domain("free.example") && scope == .subtree ? other : nil
    }
    let lines: [SourceLine] = [
      .named("a.example", line: 1), .named("a.example", scope: .exact, line: 2),
      .named("free.example", line: 3), .named("google.com", line: 4), .named("com", line: 5),
      .named("a.example", line: 6),
    ]
    let assessed = Assessor(basis: .sample).assess(lines, orderInForce: inForce)
    #expect(
      assessed.map(\.decision) == [.accept, .accept, .accept, .hold, .refuse, .duplicate])
    #expect(
      assessed.map { $0.reasons.map(\.code) } == [
        ["already-in-force"], [], [], ["popular", "already-in-force"], ["top-level-domain"],
        ["duplicate"],
      ])
    #expect(assessed[0].reasons[0].text.contains(other.text))
  }

  @Test func `warns of protected names below, which stay reachable`() {
    let assessor = Assessor(basis: .sample)
    let above = assessor.assess(.named("venue.com"))
    #expect(above.decision == .accept)
    #expect(above.reasons.map(\.code) == ["protected-below"])
    #expect(above.reasons[0].text.contains("safe.venue.com"))
    #expect(assessor.assess(.named("venue.com", scope: .exact)).reasons.isEmpty)
  }
}
