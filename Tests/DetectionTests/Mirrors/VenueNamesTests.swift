import Detection
import DomainNames
import Foundation
import Testing

/// Venues as they are known, for tests about names.
enum SampleVenues {
  static let suffixes = PublicSuffixes.builtin

  static func venue(
    _ id: String, _ domains: [String], aliases: [String] = [], isWord: Bool = false
  ) throws -> KnownVenue {
    KnownVenue(
      id: id, name: id, domains: try domains.map { try DomainName(international: $0) },
      aliases: aliases, isWord: isWord)
  }

  static func all() throws -> [KnownVenue] {
    [
      try venue("binance", ["www.binance.com", "binance.us"], aliases: ["币安", "幣安"]),
      try venue("okx", ["www.okx.com"], aliases: ["ouyi", "欧易", "歐易"]),
      try venue("htx", ["www.htx.com", "huobi.com"], aliases: ["火币"]),
      try venue("kucoin", ["www.kucoin.com"]), try venue("bitfinex", ["bitfinex.com"]),
      try venue("bitget", ["bitget.com"]), try venue("poloniex", ["poloniex.com"]),
      try venue("coinbase", ["coinbase.com"]), try venue("gate", ["gate.io"], isWord: true),
      try venue("kraken", ["kraken.com"], isWord: true),
    ]
  }

  static func names() throws -> VenueNames {
    VenueNames(try all(), suffixes: try #require(suffixes))
  }
}

struct VenueNamesTests {
  @Test func `a venue's own names are never look-alikes`() throws {
    let names = try SampleVenues.names()
    for venue in try SampleVenues.all() {
      for domain in venue.domains {
        for name in [domain] + [try domain.prepending(label: "app".utf8)] {
          #expect(names.likeness(of: name) == nil, "\(name)")
          #expect(names.isOwn(name))
        }
      }
    }
  }

  @Test func `every name that is made of a venue's is told again as that venue's`() throws {
    let names = try SampleVenues.names()
    var count = 0
    for venue in try SampleVenues.all() {
      for domain in venue.domains {
        let registrable = try #require(SampleVenues.suffixes?.registrableDomain(of: domain))
        for made in VenueNames.variations(of: registrable, isWord: venue.isWord)
        where !names.isOwn(made.name) {
          count += 1
          let likeness = names.likeness(of: made.name)
          #expect(likeness?.venue == venue.id, "\(made.name.unicode) \(made.variation.rawValue)")
        }
      }
    }
    #expect(count > 5000)
  }

  @Test(arguments: [
    ("binance.xyz", NameVariation.otherSuffix), ("b1nance.com", .homoglyph),
    ("bіnance.com", .homoglyph), ("binance-register.co", .joinedWord),
    ("bitgetapps.com", .joinedWord), ("huobi8888.com", .joinedWord),
    ("ouyizh.net", .transcription), ("ouyi88.one", .transcription),
    ("币安官网.com", .transcription), ("www.binance.com.login.example", .below),
    ("bin.ance.com", .split), ("bin-ance.com", .hyphen), ("bniance.com", .transposition),
    ("binnance.com", .repetition), ("binence.com", .vowel), ("binace.com", .omission),
    ("binancee.org", .repetition), ("wwwbinance.com", .joinedWord),
  ])
  func `a name is told by its kind`(name: String, variation: NameVariation) throws {
    let likeness = try SampleVenues.names().likeness(of: try DomainName(international: name))
    #expect(likeness?.variation == variation)
  }

  @Test(arguments: [
    "gate.org", "stargate.com", "kraken.co.uk", "finance.com", "coins.com", "gateway.com",
    "example.com", "okx", "com", "binance.com.cdn.network.example", "okc.com",
    "unbinanced-books.example", "financer.com",
  ])
  func `an ordinary name is no look-alike`(name: String) throws {
    #expect(try SampleVenues.names().likeness(of: try DomainName(international: name)) == nil)
  }

  @Test func `of the names that people use hardly any is called a look-alike`() throws {
    let names = try SampleVenues.names()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Fixtures/popular-10k.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let found = lines.filter { !$0.hasPrefix("#") }.compactMap { line in
      (try? DomainName(international: line)).flatMap { names.likeness(of: $0) }.map { (line, $0) }
    }
    #expect(lines.count > 9_000)
    #expect(found.count <= 3, "\(found)")
  }
}
