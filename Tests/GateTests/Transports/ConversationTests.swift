import NIOCore
import Testing

@testable import Gate

@Suite("What goes on on a connection") struct ConversationTests {
  private let limits = StreamLimits(queriesPerConnection: 3, idle: .seconds(10))

  @Test func `whatever happens, the bounds hold and nothing is lost`() {
    var random = SeededGenerator(state: 21)
    for _ in 0..<2_000 {
      var now = NIODeadline.uptimeNanoseconds(1)
      var conversation = Conversation(limits: limits, at: now)
      var unsent: [Int] = []
      for _ in 0..<60 {
        now = now + .milliseconds(Int64.random(in: 0...3_000, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2 where conversation.mayTake(): conversation.queryCame(at: now)
        case 3...4 where conversation.pending > 0:
          conversation.answered()
          unsent.append(Int.random(in: 12...65_535, using: &random))
          conversation.wrote(unsent.last!)
        case 5 where !unsent.isEmpty: conversation.left(unsent.removeFirst(), at: now)
        case 6: conversation.inputEnded()
        case 7 where Int.random(in: 0..<10, using: &random) == 0: conversation.stopTaking()
        default: break
        }
        #expect((0...3).contains(conversation.pending))
        #expect(conversation.unsent == unsent.reduce(0, +))
        #expect(!conversation.isOverfull || conversation.unsent > 1 << 20)
        if conversation.unsent >= StreamLimits.fullOctets { #expect(!conversation.mayTake()) }
        if conversation.isOver {
          #expect(conversation.pending == 0 && unsent.isEmpty)
          #expect(!conversation.takesQueries || conversation.isInputEnded)
        }
        let look = conversation.nextLook(at: now)
        #expect(look.map { $0 > now } ?? true)
        #expect(look == nil || look! <= now + .seconds(10))
      }
    }
  }

  @Test func `only whole queries and whole answers put off the end`() {
    let start = NIODeadline.uptimeNanoseconds(0)
    var conversation = Conversation(limits: limits, at: start)
    #expect(conversation.nextLook(at: start + .seconds(9)) == start + .seconds(10))
    #expect(conversation.nextLook(at: start + .seconds(10)) == nil)
    conversation.queryCame(at: start + .seconds(9))
    // While the client waits for us, it is not at fault.
    #expect(conversation.nextLook(at: start + .seconds(60)) == start + .seconds(70))
    conversation.answered()
    conversation.wrote(100)
    #expect(conversation.nextLook(at: start + .seconds(19)) == nil)
    conversation.left(100, at: start + .seconds(18))
    #expect(conversation.nextLook(at: start + .seconds(19)) == start + .seconds(28))
  }

  @Test func `waiting answers count against what is read`() {
    let conversation = Conversation(limits: limits, at: .now())
    #expect(conversation.mayTake(beside: StreamLimits.fullOctets - 1))
    #expect(!conversation.mayTake(beside: StreamLimits.fullOctets))
  }
}

@Suite("The roll of connections") struct ConnectionRollTests {
  private func address(_ number: Int) -> ClientAddress { ClientAddress(ipv4: UInt32(number)) }

  @Test func `clients of one IPv6 network count as one`() {
    let roll = ConnectionRoll(limits: StreamLimits(connectionsPerClient: 2))
    let places = (0..<4).map { low in
      roll.enter(ClientAddress(high: 0x2001_0DB8_0000_0000, low: low), at: .now()) { _ in }
    }
    #expect(places.map { $0 != nil } == [true, true, false, false])
    #expect(
      roll.enter(ClientAddress(high: 0x2001_0DB8_0000_0001, low: 0), at: .now()) { _ in } != nil)
    roll.leave(places[0]!)
    #expect(
      roll.enter(ClientAddress(high: 0x2001_0DB8_0000_0000, low: 9), at: .now()) { _ in } != nil)
  }

  @Test func `no more come in than may, and who leaves twice leaves once`() {
    var random = SeededGenerator(state: 3)
    let limits = StreamLimits(connections: 20, connectionsPerClient: 5)
    let roll = ConnectionRoll(limits: limits)
    var places: [ConnectionRoll.Place] = []
    for step in 0..<5_000 {
      if Int.random(in: 0..<3, using: &random) > 0 {
        let now = NIODeadline.uptimeNanoseconds(UInt64(step))
        if let place = roll.enter(
          address(.random(in: 1...6, using: &random)), at: now, end: { _ in })
        {
          places.append(place)
        }
      } else if let place = places.randomElement(using: &random) {
        roll.leave(place)
      }
      #expect(roll.count <= 20)
    }
    for place in places { roll.leave(place) }
    #expect(roll.count == 0)
    for _ in 0..<5 { #expect(roll.enter(address(1), at: .now(), end: { _ in }) != nil) }
    #expect(roll.enter(address(1), at: .now(), end: { _ in }) == nil)
  }

  @Test func `half of the files that may be open are left for others`() {
    let limits = StreamLimits(connections: 100, connectionsPerClient: 7)
    #expect(limits.within(openFiles: 1_000) == limits)
    #expect(limits.within(openFiles: 120).connections == 60)
    #expect(limits.within(openFiles: 0).connections == 1)
    #expect(OpenFileLimit.raise() > 0)
    #expect(OpenFileLimit.raise() == OpenFileLimit.raise())
  }

  @Test func `nobody comes in after the end`() {
    let roll = ConnectionRoll(limits: StreamLimits())
    roll.endAll(.gently)
    #expect(roll.enter(address(1), at: .now(), end: { _ in }) == nil)
  }
}
