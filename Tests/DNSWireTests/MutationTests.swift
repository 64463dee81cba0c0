import DNSWire
import Testing

@Suite("Hostile octets")
struct MutationTests {
  /// Messages to mutate: all captured ones of a usual size, and made ones of every kind.
  static let originals: [[UInt8]] = {
    var generator = SeededGenerator(seed: 2)
    let captured = allExchanges.flatMap { [$0.query, $0.response] }
    let made = (0..<200).flatMap { _ in
      [generator.query().encoded(), generator.message().encoded()]
    }
    return (captured + made).filter { $0.count <= 1_232 }
  }()

  @Test(arguments: UInt64(0)..<20)
  func `200,000 mutated messages never trap and are judged as the slow reader does`(part: UInt64)
    throws
  {
    var generator = SeededGenerator(seed: 100 + part)
    var accepted = 0
    for _ in 0..<10_000 {
      let octets = generator.mutation(of: generator.pick(Self.originals))
      let message = try? Message(parsing: octets)
      let slow = SlowMessage(octets)
      #expect((message == nil) == (slow == nil), "\(octets)")
      if let message, let slow {
        accepted += 1
        #expect(slow.agrees(with: message), "\(octets)")
      }
      #expect((try? TTLMap(octets)) == nil ? message == nil : message != nil, "\(octets)")
    }
    // Mutations must not be so wild that only refusal is tested, nor so tame that it is not.
    #expect(accepted > 500 && accepted < 9_500)
  }

  @Test func `mutated messages which are accepted are written and read the same`() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let octets = generator.mutation(of: generator.pick(Self.originals))
      guard let message = try? Message(parsing: octets) else { continue }
      #expect(try Message(parsing: message.encoded()) == message, "\(octets)")
    }
  }

  @Test func `random octets never trap`() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<20_000 {
      let octets = generator.octets(Int.random(in: 0...300, using: &generator))
      let slow = SlowMessage(octets)
      #expect(((try? Message(parsing: octets)) == nil) == (slow == nil))
      let outcome = QuestionView.parse(octets.span)
      #expect(SlowMessage.outcome(of: octets).agrees(with: outcome, in: octets))
    }
  }
}
