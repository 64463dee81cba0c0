import DomainNames

@testable import Enforcement

extension PublicSuffixes {
  /// A short list with every kind of rule.
  static let sample = try! PublicSuffixes(
    list: Array(
      """
      // ===BEGIN ICANN DOMAINS===
      com
      net
      org
      io
      arpa
      uk
      co.uk
      jp
      *.kawasaki.jp
      !city.kawasaki.jp
      // ===END ICANN DOMAINS===
      // ===BEGIN PRIVATE DOMAINS===
      github.io
      blogspot.com
      s3.amazonaws.com
      // ===END PRIVATE DOMAINS===

      """.utf8))
}

extension GuardEntry {
  /// One entry of each kind, and essential ones above and below others.
  static let samples = [
    GuardEntry(name: domain("google.com"), kind: .popular, note: "search"),
    GuardEntry(name: domain("wikipedia.org"), kind: .popular),
    GuardEntry(name: domain("fastcdn.net"), kind: .cdn),
    GuardEntry(name: domain("bigcloud.com"), kind: .cloud, note: "virtual machines"),
    GuardEntry(name: domain("apps.phone.com"), kind: .appStore),
    GuardEntry(name: domain("shrt.io"), kind: .linkShortener),
    GuardEntry(name: domain("pages.hoster.net"), kind: .sharedHost),
    GuardEntry(name: domain("cards.com"), kind: .payment),
    GuardEntry(name: domain("time.phone.com"), kind: .essential, note: "clock"),
    GuardEntry(name: domain("ocsp.certs.org"), kind: .essential),
    GuardEntry(name: domain("mirror.ocsp.certs.org"), kind: .popular),
  ]
}

extension AssessmentBasis {
  static let sample = AssessmentBasis(
    suffixes: .sample,
    guardList: GuardList(GuardEntry.samples),
    popular: PopularNames(
      ranked: ["binance.com", "apple.com", "mail.webmail.org", "github.io", "exchange.net"].map {
        domain($0)
      }),
    ownNames: [domain("operator.net"), domain("contest.authority.org")],
    protectedNames: [domain("hospital.org"), domain("safe.venue.com")])
}

extension SourceLine {
  /// A line with a name, written in a way.
  static func named(
    _ text: String, _ writing: Writing = .plain, scope: Scope? = nil, line: Int = 1
  ) -> SourceLine {
    SourceLine(
      id: LineID(line: line), input: text, reading: .name(domain(text), writing), scope: scope)
  }
}
