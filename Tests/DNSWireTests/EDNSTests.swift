import DNSWire
import DomainNames
import Testing

@Suite("EDNS (RFC 6891) and extended errors (RFC 8914)")
struct EDNSTests {
  @Test func `an extended error is read as it was written`() {
    for text in ["", "order 7", "命令 7", "ends with a dot."] {
      let error = ExtendedError(.censored, extraText: text)
      #expect(error.option.code == .extendedError)
      #expect(ExtendedError(error.option) == error)
    }
    #expect(ExtendedError(.censored).option.data == [0, 16])
  }

  @Test func `a NUL at the end of the text is dropped, one only`() {
    let option = EDNSOption(code: .extendedError, data: [0, 15, 0x68, 0x69, 0, 0])
    #expect(ExtendedError(option)?.extraText == "hi\0")
  }

  @Test func `text that is not UTF-8 is repaired`() {
    let option = EDNSOption(code: .extendedError, data: [0xFF, 0xFF, 0x68, 0xFF])
    #expect(ExtendedError(option)?.extraText == "h\u{FFFD}")
    #expect(ExtendedError(option)?.infoCode.rawValue == 65_535)
  }

  @Test func `an option without a whole code, or of another kind, is no extended error`() {
    #expect(ExtendedError(EDNSOption(code: .extendedError, data: [0])) == nil)
    #expect(ExtendedError(EDNSOption(code: .cookie, data: [0, 16])) == nil)
  }

  @Test func `info codes have the registry's names`() {
    #expect(ExtendedError.InfoCode.blocked.description == "15 (Blocked)")
    #expect(ExtendedError.InfoCode.censored.description == "16 (Censored)")
    #expect(
      ExtendedError.InfoCode.noReachableAuthority.description == "22 (No Reachable Authority)")
    #expect(ExtendedError.InfoCode.networkError.description == "23 (Network Error)")
    #expect(ExtendedError.InfoCode(rawValue: 29).description == "29 (Synthesized)")
    #expect(ExtendedError.InfoCode(rawValue: 4_242).description == "4242")
    #expect(ExtendedError(.other, extraText: "x").description == "EDE 0 (Other Error): x")
  }

  @Test func `unknown options, cookies and padding pass untouched and in order`() throws {
    let options = [65_001, 10, 12, 15, 10].map {
      EDNSOption(code: EDNSOptionCode(rawValue: $0), data: [UInt8](repeating: 0xC0, count: 9))
    }
    let query = Message(id: 1, edns: EDNS(udpSize: 4096, dnssecOK: true, options: options))
    #expect(try Message(parsing: query.encoded()) == query)
  }

  @Test func `the code's high bits come from OPT`() throws {
    let answer = Message(id: 1, flags: [.response], responseCode: .badCookie, edns: EDNS())
    let octets = answer.encoded()
    #expect(octets[3] & 15 == 7)
    #expect(try Message(parsing: octets).responseCode == .badCookie)
  }

  @Test func `servers answer another version of EDNS with BADVERS`() throws {
    for exchanges in [bindExchanges, knotExchanges, unboundExchanges] {
      let exchange = exchanges.first { $0.question.contains("+edns=1") }
      let answer = try Message(parsing: try #require(exchange).response)
      #expect(answer.responseCode == .badVers)
    }
  }

  @Test func `what dig put into its options is there`() throws {
    let exchange = bindExchanges.first { $0.question.contains("65001") }
    let query = try Message(parsing: try #require(exchange).query)
    let options = try #require(query.edns).options
    #expect(options.contains(EDNSOption(code: .init(rawValue: 65_001), data: [0xC0, 0xFF, 0xEE])))
    #expect(Set(options.map(\.code)).isSuperset(of: [.padding, .clientSubnet, .cookie]))
    #expect(query.encoded().count == 128)
  }
}
