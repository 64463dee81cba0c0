import DomainNames
import Foundation
import Testing

@Suite("Domain names (RFC 1035, RFC 4034)") struct DomainNameTests {
  @Test func `presentation form reads back as the same name`() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      var name = DomainName.root
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        let label = (0..<Int.random(in: 1...63, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        name = (try? name.prepending(label: label)) ?? name
      }
      #expect(try DomainName(presentation: name.description) == name)
      if !name.isRoot { #expect(try DomainName(presentation: name.description + ".") == name) }
      #expect(try DomainName(wire: name.wire) == name)
      #expect(try DomainName(labels: name.labels) == name)
    }
  }

  @Test func `escapes stand for single octets`() throws {
    let name = try DomainName(presentation: #"a\.B\065\000\255.Example."#)
    #expect(
      name.labels.map(Array.init) == [[0x61, 0x2E, 0x62, 0x61, 0, 255], Array("example".utf8)])
    #expect(name.description == #"a\.ba\000\255.example"#)
  }

  @Test(
    arguments: [
      ("", .empty), ("..", .emptyLabel), (".a", .emptyLabel), ("a..b", .emptyLabel),
      (#"a\"#, .badEscape), (#"a\25"#, .badEscape), (#"a\256"#, .badEscape), (#"\1x0"#, .badEscape),
      ("a b", .badEscape), ("a\n", .badEscape), ("\u{7F}", .badEscape),
      ("é.example", .notASCII), (#"\é"#, .notASCII),
    ] as [(String, DomainName.Invalid)])
  func `text that is no name is refused`(text: String, reason: DomainName.Invalid) {
    #expect(throws: reason) { try DomainName(presentation: text) }
  }

  @Test(
    arguments: [
      ([], .empty), ([1, 0x61], .truncated), ([2, 0x61, 0], .truncated),
      ([64], .labelTooLong(octets: 64)),
      ([0xC0, 0x0C], .compressed), ([0, 0], .trailingOctets(1)),
      ([1, 0x61, 0, 9, 9], .trailingOctets(2)),
    ] as [([UInt8], DomainName.Invalid)])
  func `octets that are no name are refused`(octets: [UInt8], reason: DomainName.Invalid) {
    #expect(throws: reason) { try DomainName(wire: octets) }
  }

  @Test func `labels have at most 63 octets and names at most 255`() throws {
    let label = String(repeating: "a", count: 63)
    #expect(try DomainName(presentation: label).labelCount == 1)
    #expect(throws: DomainName.Invalid.labelTooLong(octets: 64)) {
      try DomainName(presentation: label + "a")
    }
    let three = [label, label, label].joined(separator: ".")
    let longest = three + "." + String(repeating: "b", count: 61)
    #expect(try DomainName(presentation: longest).wire.count == DomainName.maximumLength)
    #expect(throws: DomainName.Invalid.self) { try DomainName(presentation: longest + "b") }
    #expect(throws: DomainName.Invalid.tooLong(octets: 257)) {
      try DomainName(presentation: longest).prepending(label: "c".utf8)
    }
    let wire = try DomainName(presentation: longest).wire
    #expect(throws: DomainName.Invalid.tooLong(octets: 256)) {
      try DomainName(wire: [1, 0x61] + wire)
    }
  }

  @Test func `canonical order is that of RFC 4034, Section 6_1`() throws {
    let ordered = try [
      "example", "a.example", "yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE", "z.example",
      #"\001.z.example"#, "*.z.example", #"\200.z.example"#,
    ].map { try DomainName(presentation: $0) }
    for (one, left) in ordered.enumerated() {
      for (other, right) in ordered.enumerated() {
        #expect((left < right) == (one < other))
      }
    }
    #expect(try DomainName.root < DomainName(presentation: "a"))
  }

  @Test func `a name is at or below its ancestors and no other`() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<5_000 {
      let (one, other) = (random.name(depth: 5), random.name(depth: 3))
      #expect(one.isAtOrBelow(other) == ([one] + one.ancestors).contains(other))
      #expect(one.isBelow(other) == one.ancestors.contains(other))
    }
  }

  @Test func `a name is encoded as its presentation form`() throws {
    let name = try DomainName(presentation: #"a\.b.example"#)
    let json = try JSONEncoder().encode([name, .root])
    #expect(try JSONDecoder().decode([String].self, from: json) == [#"a\.b.example"#, "."])
    #expect(try JSONDecoder().decode([DomainName].self, from: json) == [name, .root])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([DomainName].self, from: Data(#"["a..b"]"#.utf8))
    }
  }

  @Test func `case makes no difference`() throws {
    let small = try DomainName(presentation: "www.example.com")
    let large = try DomainName(wire: Array("\u{3}WWW\u{7}ExAmPlE\u{3}COM\u{0}".utf8))
    #expect(small == large)
    #expect(small.hashValue == large.hashValue)
  }
}
