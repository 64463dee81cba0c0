import DNSWire
import Testing

@testable import Gate

@Suite("Order of servers")
struct ServerOrderTests {
  private let start = ContinuousClock.now

  private func answer() -> Reply { .declined(nil) }

  @Test func `a silent server comes last for a while, longer each time, and an answer restores it`()
  {
    var order = ServerOrder(count: 3)
    #expect(order.servers(at: start) == [0, 1, 2])
    order.note(.late, from: 0, after: .seconds(1), at: start)
    #expect(order.servers(at: start) == [1, 2, 0])
    #expect(order.servers(at: start + .seconds(1)) == [0, 1, 2])
    order.note(.unreachable, from: 0, after: .zero, at: start + .seconds(1))
    #expect(order.servers(at: start + .milliseconds(2999)) == [1, 2, 0])
    #expect(order.servers(at: start + .seconds(3)) == [0, 1, 2])
    for _ in 0..<100 { order.note(.late, from: 0, after: .seconds(1), at: start) }
    #expect(order.servers(at: start + .seconds(9)) == [1, 2, 0])
    #expect(order.servers(at: start + .seconds(59)).last == 0)
    order.note(answer(), from: 0, after: .milliseconds(1), at: start)
    #expect(order.servers(at: start) == [0, 1, 2])
  }

  @Test func `where all are silent all are asked, in their order`() {
    var order = ServerOrder(count: 3)
    for server in [2, 0, 1] { order.note(.late, from: server, after: .seconds(1), at: start) }
    #expect(order.servers(at: start) == [0, 1, 2])
  }

  @Test func `what goes wrong on this side is not the server's fault`() {
    var order = ServerOrder(count: 2)
    order.note(.exhausted, from: 0, after: .zero, at: start)
    order.note(.closed, from: 0, after: .zero, at: start)
    order.note(.late, from: 7, after: .zero, at: start)
    #expect(order.servers(at: start) == [0, 1])
  }

  @Test func `the quickest comes first, the others by how quick they are`() {
    var order = ServerOrder(count: 4)
    for (server, time) in [(0, 80), (1, 40), (2, 20), (3, 200)] {
      order.note(answer(), from: server, after: .milliseconds(time), at: start)
    }
    #expect(order.servers(at: start) == [2, 1, 0, 3])
  }

  @Test func `of two that are about as quick the one configured first is preferred`() {
    var order = ServerOrder(count: 2)
    order.note(answer(), from: 0, after: .milliseconds(28), at: start)
    order.note(answer(), from: 1, after: .milliseconds(20), at: start)
    #expect(order.servers(at: start) == [0, 1])
    for _ in 0..<20 { order.note(answer(), from: 0, after: .milliseconds(60), at: start) }
    #expect(order.servers(at: start) == [1, 0])
  }

  @Test func `one slow answer does not turn the order round, many do`() {
    var order = ServerOrder(count: 2)
    for server in 0...1 { order.note(answer(), from: server, after: .milliseconds(20), at: start) }
    order.note(answer(), from: 0, after: .milliseconds(120), at: start)
    #expect(order.servers(at: start) == [0, 1])
    for _ in 0..<30 { order.note(answer(), from: 0, after: .milliseconds(120), at: start) }
    #expect(order.servers(at: start) == [1, 0])
  }

  @Test func `a server that was not asked for a while is asked first, once`() {
    var order = ServerOrder(count: 3)
    order.note(answer(), from: 0, after: .milliseconds(10), at: start)
    order.note(answer(), from: 1, after: .milliseconds(90), at: start)
    order.note(answer(), from: 2, after: .milliseconds(60), at: start + .seconds(1))
    #expect(order.servers(at: start + .seconds(5)) == [0, 2, 1])
    let later = start + ServerOrder.probeInterval
    order.note(answer(), from: 0, after: .milliseconds(10), at: later)
    #expect(order.servers(at: later) == [1, 0, 2])
    #expect(order.servers(at: later) == [0, 2, 1])
    order.note(answer(), from: 0, after: .milliseconds(10), at: later + .seconds(1))
    #expect(order.servers(at: later + .seconds(1)) == [2, 0, 1])
    #expect(order.servers(at: later + .seconds(1)) == [0, 2, 1])
  }

  @Test func `a slow server that has become quick is found by asking it now and then`() {
    var order = ServerOrder(count: 2)
    let times = [Duration.milliseconds(40), .milliseconds(2)]
    order.note(answer(), from: 0, after: .milliseconds(40), at: start)
    order.note(answer(), from: 1, after: .milliseconds(400), at: start)
    var firsts: [Int] = []
    for step in 1...600 {
      let now = start + .milliseconds(500 * step)
      let first = order.servers(at: now)[0]
      order.note(answer(), from: first, after: times[first], at: now)
      firsts.append(first)
    }
    #expect(firsts.prefix(15).allSatisfy { $0 == 0 })
    #expect(firsts.suffix(100).count { $0 == 1 } > 90)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `every server is named once, whatever happened`(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var order = ServerOrder(count: 5)
    var now = start
    for _ in 0..<2_000 {
      now += .milliseconds(Int64.random(in: 0...3_000, using: &random))
      #expect(Set(order.servers(at: now)) == [0, 1, 2, 3, 4])
      let reply: Reply =
        [.late, .unreachable, .declined(nil), .malformed, .closed].randomElement(using: &random)!
      order.note(
        reply, from: Int.random(in: 0...5, using: &random),
        after: .milliseconds(Int64.random(in: 0...900, using: &random)), at: now)
    }
  }
}
