import DNSWire
import Enforcement
import Testing

@testable import Gate

@Suite("Options of the way an answer goes") struct AnswerOptionsTests {
  private let options = AnswerOptions(idle: .milliseconds(20_050))
  private let desk = Desk(board: .with(.sample(blocking: [("venue.example", .subtree)])))

  /// The answer to a query for a blocked name, completed.
  private func answer(
    _ name: String = "www.venue.example", asking: [EDNSOption]?, over transport: Transport
  ) throws -> (octets: [UInt8], options: [EDNSOption]) {
    let message = query(name, edns: asking.map { EDNS(options: $0) })
    guard case .answered(let plain) = desk.ask(message) else { throw CancellationError() }
    let octets = options.complete(plain, to: message, over: transport)
    let parsed = try Message(parsing: octets)
    // All else is as it was.
    var bare = parsed
    bare.edns?.options.removeAll { [.padding, .tcpKeepalive].contains($0.code) }
    let unchanged = try Message(parsing: plain)
    #expect(bare == unchanged)
    return (octets, parsed.edns?.options ?? [])
  }

  private static let keepalive = EDNSOption(code: .tcpKeepalive, data: [])

  @Test(arguments: Transport.allCases)
  func `the idle time is told on streams of DNS, to those who ask`(transport: Transport) throws {
    let told = try answer(asking: [Self.keepalive], over: transport).options
      .filter { $0.code == .tcpKeepalive }.map(\.data)
    #expect(told == (transport == .tcp || transport == .tls ? [[0, 200]] : []))
    let untold = try answer(asking: [], over: transport).options
    #expect(!untold.contains { $0.code == .tcpKeepalive })
  }

  @Test(arguments: Transport.allCases)
  func `answers are padded over encrypted ways, for those who pad`(transport: Transport) throws {
    for length in [1, 3, 20, 40, 60] {
      let name = String(repeating: "a", count: length) + ".venue.example"
      for asking in [[EDNSOption.padding(0)], [Self.keepalive, .padding(31)]] {
        let (octets, options) = try answer(name, asking: asking, over: transport)
        #expect(octets.count.isMultiple(of: AnswerOptions.block) == transport.isEncrypted)
        #expect((options.last?.code == .padding) == transport.isEncrypted)
        #expect(options.last?.code != .padding || options.last?.data.allSatisfy { $0 == 0 } == true)
      }
      let unasked = try answer(name, asking: [], over: transport).octets
      #expect(!unasked.count.isMultiple(of: AnswerOptions.block))
    }
  }

  @Test func `without EDNS nothing is added`() throws {
    let (octets, options) = try answer(asking: nil, over: .tls)
    #expect(options.isEmpty)
    #expect(try Message(parsing: octets).edns == nil)
  }

  @Test func `no answer grows beyond what a message may be`() throws {
    let asked = query("big.test", edns: EDNS(options: [.padding(0)]))
    let message = try Message(parsing: asked)
    for missing in 0...600 {
      var answer = message
      answer.flags.insert(.response)
      answer.edns = EDNS()
      let base = answer.encoded().count
      let size = Message.maximumLength - missing - base - 4
      answer.edns?.options = [
        EDNSOption(code: .extendedError, data: [UInt8](repeating: 0, count: size))
      ]
      let octets = answer.encoded()
      let whole = options.complete(octets, to: asked, over: .https)
      #expect(whole.count <= Message.maximumLength)
      #expect(missing < 4 ? whole == octets : whole.count > octets.count)
      #expect((try? Message(parsing: whole)) != nil)
    }
  }

  @Test func `what is no answer stays as it is`() {
    var random = SeededGenerator(state: 8)
    let asked = query("www.venue.example", edns: EDNS(options: [Self.keepalive, .padding(0)]))
    guard case .answered(let answer) = desk.ask(asked) else { return }
    for _ in 0..<2_000 {
      let mutated = random.mutation(of: answer)
      let whole = options.complete(mutated, to: asked, over: .tls)
      let isMessage = (try? Message(parsing: mutated)) != nil
      #expect(isMessage || whole == mutated)
    }
  }
}
