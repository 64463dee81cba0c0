import DNSWire
import DomainNames
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Gate

@Suite("Forwarding upstream, against scripted servers")
struct ForwardingUpstreamTests {
  /// Asks one scripted server for www.example and gives back the parsed answer.
  private func ask(
    _ query: UpstreamQuery = UpstreamQuery("www.example"), tryTimeout: Duration = .seconds(5),
    script: @escaping ScriptedServer.Script
  ) async throws -> (answer: Message, received: [ScriptedServer.Received]) {
    try await ScriptedServer.run(script) { server in
      let octets = try await withForwarding(to: [server.address], tryTimeout: tryTimeout) {
        try await $0.exchange(query)
      }
      return (try Message(parsing: octets), server.received)
    }
  }

  /// A port on loopback where nobody listens.
  private func closedPort() async throws -> ServerAddress {
    let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress!.port!
    try await channel.close()
    return ServerAddress(ip: "127.0.0.1", port: port)!
  }

  @Test func `a good answer is handed on without the upstream's marks`() async throws {
    let (answer, received) = try await ask { query in
      var answer = query.answer()
      answer.flags.formUnion([.authoritative, .authenticData])
      answer.edns?.options = [EDNSOption(code: .cookie, data: Array(0..<16))]
      return [answer.encoded()]
    }
    #expect(answer.id == 0)
    #expect(answer.flags == [.response, .recursionDesired, .recursionAvailable])
    #expect(answer.questions == [Question(name: try .init(presentation: "www.example"), type: .a)])
    #expect(answer.answers.map(\.address) == [[192, 0, 2, 1]])
    #expect(answer.edns == nil)
    #expect(received.map(\.transport) == [.datagram])
  }

  @Test func `the query asks for recursion and says what it can take`() async throws {
    let query = UpstreamQuery("www.example", .aaaa, wantsDNSSEC: true, checkingDisabled: true)
    let (answer, received) = try await ask(query) { [$0.reply(.nxDomain).encoded()] }
    let asked = try #require(received.first?.message)
    #expect(asked.flags == [.recursionDesired, .checkingDisabled])
    #expect(asked.edns == EDNS(udpSize: 1232, dnssecOK: true))
    #expect(asked.questions.map(\.type) == [.aaaa])
    #expect(answer.responseCode == .nxDomain)
  }

  @Test func `extended errors of the upstream are handed on`() async throws {
    let (answer, _) = try await ask { query in
      var reply = query.reply(.servFail)
      reply.edns?.options = [
        EDNSOption(code: .nsid, data: [1]), ExtendedError(.dnssecBogus, extraText: "no").option,
      ]
      return [reply.encoded()]
    }
    #expect(answer.responseCode == .servFail)
    #expect(answer.edns?.options == [ExtendedError(.dnssecBogus, extraText: "no").option])
  }

  @Test func `AD is handed on only from a server that is trusted`() async throws {
    for isTrusted in [false, true] {
      let octets = try await ScriptedServer.run({ query in
        var answer = query.answer()
        answer.flags.insert(.authenticData)
        return [answer.encoded()]
      }) { server in
        try await withForwarding(to: [server.address], trustsValidation: isTrusted) {
          try await $0.exchange(UpstreamQuery("www.example"))
        }
      }
      #expect(try Message(parsing: octets).flags.contains(.authenticData) == isTrusted)
    }
  }

  // MARK: - Answers that are none

  @Test func `an answer with another id, name or direction, and garbage, are passed over`()
    async throws
  {
    let (answer, received) = try await ask { query in
      var wrongID = query.answer([192, 0, 2, 66])
      wrongID.id ^= 1
      var wrongName = query.answer([192, 0, 2, 66])
      wrongName.questions = [Question(name: try! .init(presentation: "xww.example"), type: .a)]
      var wrongType = query.answer([192, 0, 2, 66])
      wrongType.questions = [
        try! Question(wireName: query.message.questions[0].wireName, type: .txt)
      ]
      var wrongClass = query.answer([192, 0, 2, 66])
      wrongClass.questions = [
        try! Question(
          wireName: query.message.questions[0].wireName, type: .a,
          recordClass: RecordClass(rawValue: 3))
      ]
      let forged = [wrongID, wrongName, wrongType, wrongClass].map { $0.encoded() }
      let garbage: [[UInt8]] = [[], [0xFF], Array(repeating: 0xC0, count: 600)]
      return garbage + forged + [query.octets, query.answer().encoded()]
    }
    #expect(answer.answers.map(\.address) == [[192, 0, 2, 1]])
    #expect(received.count == 1)
  }

  @Test func `an answer in another case is asked for again by TCP`() async throws {
    // A name long enough that a random case of none but small letters does not happen.
    let name = String(repeating: "abcdefghijklmnopqrstuvwxyz.", count: 4) + "example"
    let (answer, received) = try await ask(UpstreamQuery(name)) { query in
      var answer = query.answer(query.transport == .datagram ? [192, 0, 2, 66] : [192, 0, 2, 1])
      answer.questions = [Question(name: query.message.questions[0].name, type: .a)]
      return [answer.encoded()]
    }
    #expect(received.map(\.transport) == [.datagram, .stream])
    #expect(answer.answers.map(\.address) == [[192, 0, 2, 1]])
  }

  @Test func `a truncated answer is asked for again by TCP`() async throws {
    let (answer, received) = try await ask { query in
      var answer = query.answer()
      if query.transport == .datagram {
        answer.answers = []
        answer.flags.insert(.truncated)
      } else {
        let text = [UInt8(200)] + Array(repeating: UInt8(ascii: "x"), count: 200)
        answer.answers += (0..<200).map { _ in
          Record(owner: query.message.questions[0].name, type: .txt, ttl: 9, rdata: text)
        }
      }
      return [answer.encoded()]
    }
    #expect(received.map(\.transport) == [.datagram, .stream])
    #expect(answer.answers.count == 201)
    #expect(!answer.flags.contains(.truncated))
  }

  @Test func `an answer that is no message is not waited for and not handed on`() async throws {
    let failure = await #expect(throws: UpstreamFailure.self) {
      try await ask { query in
        // The counts promise a record that is not there.
        var octets = query.answer().encoded()
        octets[7] = 9
        return [octets]
      }
    }
    #expect(failure == .serverFailure)
  }

  @Test func `a chain of aliases longer than can be checked is not handed on`() async throws {
    let failure = await #expect(throws: UpstreamFailure.self) {
      try await ask { query in
        var answer = query.reply(.noError)
        var owner = query.message.questions[0].name
        for step in 0..<Message.maximumChainLength {
          let target = try! DomainName(presentation: "step\(step).example")
          answer.answers.append(.cname(owner: owner, ttl: 60, target: target))
          owner = target
        }
        return [answer.encoded()]
      }
    }
    #expect(failure == .serverFailure)
  }

  // MARK: - Servers that fail

  @Test func `a closed port is a network error, and not waited for`() async throws {
    let closed = try await closedPort()
    // Timeouts far longer than a test may take: only the refusal can end the query.
    let failure = await #expect(throws: UpstreamFailure.self) {
      try await withForwarding(to: [closed], tryTimeout: .seconds(600), deadline: .seconds(600)) {
        try await $0.exchange(UpstreamQuery("www.example"))
      }
    }
    #expect(failure == .networkError)
    #expect(failure?.extendedError.infoCode == .networkError)
  }

  @Test func `after a closed port the next server is asked`() async throws {
    let closed = try await closedPort()
    let octets = try await ScriptedServer.run({ [$0.answer().encoded()] }) { server in
      try await withForwarding(to: [closed, server.address], tryTimeout: .seconds(600)) {
        try await $0.exchange(UpstreamQuery("www.example"))
      }
    }
    #expect(try Message(parsing: octets).answers.count == 1)
  }

  @Test func `a server that never answers is asked twice and then given up`() async throws {
    let asked = Signal()
    try await ScriptedServer.run({ _ in
      asked.send()
      return []
    }) { server in
      let failure = await #expect(throws: UpstreamFailure.self) {
        try await withForwarding(to: [server.address], tryTimeout: .milliseconds(30)) {
          try await $0.exchange(UpstreamQuery("www.example"))
        }
      }
      #expect(failure == .noReachableAuthority)
      #expect(failure?.extendedError.infoCode == .noReachableAuthority)
      await asked.wait(times: 2)
      #expect(Set(server.received.map(\.octets)).count == 2, "each try has its own id and case")
    }
  }

  @Test func `after a silent server the next one is asked`() async throws {
    try await ScriptedServer.run({ _ in [] }) { silent in
      try await ScriptedServer.run({ [$0.answer().encoded()] }) { good in
        try await withForwarding(
          to: [silent.address, good.address], tryTimeout: .seconds(1)
        ) { upstream in
          for name in ["a.example", "b.example", "c.example"] {
            let answer = try await upstream.message(UpstreamQuery(name))
            #expect(answer.answers.count == 1)
          }
        }
      }
    }
  }

  @Test(arguments: [ResponseCode.servFail, .refused])
  func `after a server that declines the next one is asked`(_ code: ResponseCode) async throws {
    try await ScriptedServer.run({ [$0.reply(code).encoded()] }) { bad in
      try await ScriptedServer.run({ [$0.answer().encoded()] }) { good in
        let octets = try await withForwarding(
          to: [bad.address, good.address], tryTimeout: .seconds(10)
        ) { try await $0.exchange(UpstreamQuery("www.example")) }
        #expect(try Message(parsing: octets).answers.count == 1)
        #expect(bad.received.count == 1)
        #expect(good.received.count == 1)
      }
    }
  }

  @Test func `where all decline, the first one's message is the answer`() async throws {
    try await ScriptedServer.run({ [$0.reply(.refused).encoded()] }) { first in
      try await ScriptedServer.run({ [$0.reply(.servFail).encoded()] }) { second in
        let octets = try await withForwarding(
          to: [first.address, second.address], tryTimeout: .seconds(10)
        ) { try await $0.exchange(UpstreamQuery("www.example")) }
        #expect(try Message(parsing: octets).responseCode == .refused)
      }
    }
  }

  @Test func `a server that says SERVFAIL by a header alone leaves a failure`() async throws {
    let failure = await #expect(throws: UpstreamFailure.self) {
      try await ask { query in
        var reply = query.reply(.servFail)
        reply.questions = []
        reply.edns = nil
        return [reply.encoded()]
      }
    }
    #expect(failure == .serverFailure)
  }

  @Test(arguments: [true, false])
  func `a server that does not know EDNS is asked without it`(_ withQuestion: Bool) async throws {
    let (answer, received) = try await ask { query in
      guard query.message.edns != nil else { return [query.answer().encoded()] }
      var reply = query.reply(.formErr)
      reply.edns = nil
      if !withQuestion { reply.questions = [] }
      return [reply.encoded()]
    }
    #expect(received.map { $0.message.edns != nil } == [true, false])
    #expect(answer.answers.count == 1)
  }

  @Test func `a server that hangs up on the stream is a network error`() async throws {
    let failure = await #expect(throws: UpstreamFailure.self) {
      try await ask { query in
        guard query.transport == .datagram else { return [[]] }
        var answer = query.reply(.noError)
        answer.flags.insert(.truncated)
        return [answer.encoded()]
      }
    }
    #expect(failure == .networkError)
  }

  @Test func `without servers there is a network error`() async throws {
    let failure = await #expect(throws: UpstreamFailure.self) {
      try await withForwarding(to: []) { try await $0.exchange(UpstreamQuery("www.example")) }
    }
    #expect(failure == .networkError)
  }

  // MARK: - Many at a time

  @Test func `queries that are the same and on their way are asked once`() async throws {
    try await ScriptedServer.run({ [$0.answer().encoded()] }) { server in
      try await withForwarding(to: [server.address], tryTimeout: .seconds(10)) { upstream in
        let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
          for _ in 0..<200 {
            group.addTask { try await upstream.exchange(UpstreamQuery("www.example")) }
          }
          return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
        #expect(server.received.count < 200)
      }
    }
  }

  @Test func `a thousand different queries at a time all get their own answer`() async throws {
    try await ScriptedServer.run({ query in
      let label = query.message.questions[0].name.labels[0]
      let number = Int(String(decoding: label.dropFirst(), as: UTF8.self))!
      return [query.answer([10, 0, UInt8(number >> 8), UInt8(number & 255)]).encoded()]
    }) { server in
      try await withForwarding(to: [server.address], tryTimeout: .seconds(10)) { upstream in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<1000 {
            // No more than a few hundred sockets at a time: that is all a system may allow.
            if number >= 200 { try await group.next() }
            group.addTask {
              let octets = try await upstream.exchange(UpstreamQuery("n\(number).example"))
              let address = try Message(parsing: octets).answers[0].address
              #expect(address == [10, 0, UInt8(number >> 8), UInt8(number & 255)])
            }
          }
          try await group.waitForAll()
        }
        #expect(upstream.load == (0, 0))
      }
    }
  }

  @Test func `more callers than allowed are turned away`() async throws {
    try await ScriptedServer.run({ _ in [] }) { server in
      let upstream = try ForwardingUpstream(
        ForwardingUpstream.Configuration(
          servers: [UpstreamServer(address: server.address)], tryTimeout: .milliseconds(50),
          maximumInFlight: 3),
        group: MultiThreadedEventLoopGroup.singleton)
      let failures = await withTaskGroup(of: UpstreamFailure?.self) { group in
        for number in 0..<10 {
          group.addTask { await upstream.failure(of: UpstreamQuery("n\(number).example")) }
        }
        return await group.reduce(into: [UpstreamFailure?]()) { $0.append($1) }
      }
      await upstream.shutdown()
      #expect(failures.count { $0 == .overloaded } >= 1)
      #expect(failures.allSatisfy { $0 == .overloaded || $0 == .noReachableAuthority })
      #expect(failures.count { $0 == .noReachableAuthority } >= 3)
    }
  }

  @Test func `every query comes from a port of its own`() async throws {
    try await ScriptedServer.run({ [$0.answer().encoded()] }) { server in
      try await withForwarding(to: [server.address], tryTimeout: .seconds(10)) { upstream in
        for number in 0..<100 {
          _ = try await upstream.exchange(UpstreamQuery("n\(number).example"))
        }
      }
      // Of some 28,000 ports, a hundred picked at random are hardly ever fewer than ninety.
      #expect(Set(server.received.map(\.port)).count > 90)
      #expect(Set(server.received.map(\.message.id)).count > 90)
    }
  }

  // MARK: - The end

  @Test func `a shutdown ends what is on its way and leaves no socket open`() async throws {
    let asked = Signal()
    try await ScriptedServer.run({ _ in
      asked.send()
      return []
    }) { server in
      let upstream = try ForwardingUpstream(
        ForwardingUpstream.Configuration(
          servers: [UpstreamServer(address: server.address)], tryTimeout: .seconds(600),
          deadline: .seconds(600)),
        group: MultiThreadedEventLoopGroup.singleton)
      let failure = await withTaskGroup(of: UpstreamFailure?.self) { group in
        group.addTask { await upstream.failure(of: UpstreamQuery("www.example")) }
        await asked.wait()
        await upstream.shutdown()
        #expect(upstream.load == (0, 0))
        return await group.next() ?? nil
      }
      #expect(failure == .cancelled)
      let late = await #expect(throws: UpstreamFailure.self) {
        try await upstream.exchange(UpstreamQuery("other.example"))
      }
      #expect(late == .cancelled)
    }
  }

  @Test func `a cancelled asker leaves at once, whatever the timeout`() async throws {
    let asked = Signal()
    try await ScriptedServer.run({ query in
      asked.send()
      guard query.transport == .datagram, query.message.questions[0].type == .txt else { return [] }
      var answer = query.reply(.noError)
      answer.flags.insert(.truncated)
      return [answer.encoded()]
    }) { server in
      try await withForwarding(
        to: [server.address], tryTimeout: .seconds(600), deadline: .seconds(600)
      ) { upstream in
        // One waits for a datagram, the other for a stream.
        for (type, queries) in [(RecordType.a, 1), (.txt, 2)] {
          await withTaskGroup(of: UpstreamFailure?.self) { group in
            group.addTask { await upstream.failure(of: UpstreamQuery("www.example", type)) }
            await asked.wait(times: queries)
            group.cancelAll()
            #expect(await group.next() == .cancelled)
          }
          #expect(upstream.load == (0, 0))
        }
      }
    }
  }

  @Test func `a cancelled asker does not take the answer away from those who ask the same`()
    async throws
  {
    let asked = Signal()
    try await ScriptedServer.run({ query in
      asked.send()
      // The first try is left waiting; whoever takes over is answered.
      return query.number == 1 ? [] : [query.answer().encoded()]
    }) { server in
      try await withForwarding(
        to: [server.address], tryTimeout: .seconds(600), deadline: .seconds(600)
      ) { upstream in
        try await withThrowingTaskGroup(of: [UInt8].self) { others in
          await withTaskGroup(of: UpstreamFailure?.self) { first in
            first.addTask { await upstream.failure(of: UpstreamQuery("www.example")) }
            await asked.wait()
            others.addTask { try await upstream.exchange(UpstreamQuery("www.example")) }
            while upstream.load.callers < 2 { await Task.yield() }
            first.cancelAll()
            #expect(await first.next() == .cancelled)
          }
          let octets = try #require(try await others.next())
          #expect(try Message(parsing: octets).answers.count == 1)
        }
      }
      #expect(server.received.count == 2)
    }
  }
}
