import DNSWire
import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Gate

@Suite("Rules in use") struct RuleBoardTests {
  private static let labels = ["a", "b", "c", "xn--fiqs8s"]

  private static func name(_ random: inout SeededGenerator) -> DomainName {
    let count = Int.random(in: 1...5, using: &random)
    return domain(
      (0..<count).map { _ in labels.randomElement(using: &random)! }.joined(separator: "."))
  }

  private static func moment(_ random: inout SeededGenerator) -> Int64 {
    Int64.random(in: -5...25, using: &random) * 1_000 + Int64.random(in: -1...1, using: &random)
  }

  /// An order with its targets: those of a version never change.
  private static func rules(
    _ number: Int, version: Int, _ targets: [RuleTarget], _ random: inout SeededGenerator
  ) -> OrderRules {
    let begin = moment(&random)
    var rules = OrderRules.sample(
      "o-\(number)", version: version, blocking: [],
      mode: Int.random(in: 0..<4, using: &random) == 0 ? .observe : .block,
      from: Instant(milliseconds: begin),
      until: Instant(milliseconds: begin + Int64.random(in: 1...20_000, using: &random)))
    rules.targets = targets
    return rules
  }

  private static func targets(_ random: inout SeededGenerator) -> [RuleTarget] {
    // Now and then so many that the base is built anew.
    let isLarge = Int.random(in: 0..<25, using: &random) == 0
    let few = (0..<Int.random(in: 0...8, using: &random)).map { _ in
      RuleTarget(name: name(&random), scope: Scope.allCases.randomElement(using: &random)!)
    }
    let many =
      isLarge ? (0..<1_100).map { RuleTarget(name: domain("n\($0).a.c"), scope: .exact) } : []
    return few + many
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `the board says what a plain list of the orders says`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let protected = seed % 2 == 0 ? [] : (0..<4).map { _ in Self.name(&random) }
    let board = RuleBoard(key: NameIndex.Key(seed, 9), protectedNames: protected)
    var slow = SlowBoard(protected: protected)
    for step in 0..<250 {
      Self.change(board, &slow, &random)
      if Int.random(in: 0..<15, using: &random) == 0 { board.merge() }
      if step % 5 == 0 { try expectSame(board, slow, &random) }
    }
  }

  private static func change(
    _ board: RuleBoard, _ slow: inout SlowBoard, _ random: inout SeededGenerator
  ) {
    var batch: [OrderRules] = []
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1:
      let id = OrderID("o-\(Int.random(in: 1...12, using: &random))")!
      board.withdraw(id)
      slow.orders[id] = nil
    case 2, 3:
      // The same wording with other terms, as when an order is told of again.
      guard
        let known = slow.orders.values.sorted(by: { $0.order < $1.order })
          .randomElement(using: &random)
      else { return }
      let number = Int(known.order.text.dropFirst(2))!
      batch = [rules(number, version: known.version, known.targets, &random)]
    default:
      for number in Set(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
          Int.random(in: 1...12, using: &random)
        }
      ).sorted() {
        let version = (slow.orders[OrderID("o-\(number)")!]?.version ?? 0) + 1
        batch.append(rules(number, version: version, targets(&random), &random))
      }
    }
    guard !batch.isEmpty else { return }
    board.enforce(batch)
    for rules in batch { slow.orders[rules.order] = rules }
  }

  private func expectSame(
    _ board: RuleBoard, _ slow: SlowBoard, _ random: inout SeededGenerator
  ) throws {
    let snapshot = board.snapshot
    let some = Set((0..<3).map { _ in OrderID("o-\(Int.random(in: 1...12, using: &random))")! })
    let cover = board.cover(of: some)
    for _ in 0..<60 {
      let name = Self.name(&random)
      #expect(cover.covers(name.wire.span) == slow.hasRules(of: some, about: name), "\(name)")
      let now = Self.moment(&random)
      let expected = slow.block(on: name, at: now)
      switch snapshot.verdict(on: name.wire.span, at: now) {
      case .allowed: #expect(expected == nil, "\(name)")
      case .blocked(let block):
        let wanted = try #require(expected, "\(name)")
        #expect(wanted.orders.contains(block.order.order), "\(name)")
        #expect(wanted.matchedLabels == block.matchedLabels, "\(name)")
        #expect(wanted.mustExist == block.mustExist, "\(name)")
      }
    }
    #expect(Set(board.totals().keys) == Set(slow.orders.keys))
  }

  @Test func `changes made while overlays are merged are neither lost nor undone`() async throws {
    var random = SeededGenerator(state: 31)
    let board = RuleBoard(key: NameIndex.Key(5, 9))
    var slow = SlowBoard(protected: [])
    let merging = Task {
      while !Task.isCancelled {
        board.merge()
        await Task.yield()
      }
    }
    for step in 0..<400 {
      Self.change(board, &slow, &random)
      if step % 5 == 0 { try expectSame(board, slow, &random) }
    }
    merging.cancel()
    await merging.value
    board.merge()
    try expectSame(board, slow, &random)
  }

  @Test func `a name of an order is paused and put back, also over a merge`() {
    let board = RuleBoard.with(
      .sample("o-1", blocking: [("one.example", .subtree), ("two.example", .exact)]),
      .sample("o-2", blocking: [("two.example", .exact)]))
    let order = OrderID("o-1")!
    let names = ["one.example", "two.example"].map { domain($0) }
    let targets = [
      RuleTarget(name: names[0], scope: .subtree), RuleTarget(name: names[1], scope: .exact),
    ]
    func blocker(_ name: DomainName) -> String? {
      switch board.snapshot.verdict(on: name.wire.span, at: sampleNow) {
      case .allowed: nil
      case .blocked(let block): block.order.order.text
      }
    }
    for merges in [false, true] {
      board.set(targets, of: order, paused: true)
      if merges { board.merge() }
      #expect(blocker(names[0]) == nil)
      #expect(blocker(names[1]) == "o-2")
      board.set(targets, of: order, paused: false)
      if merges { board.merge() }
      #expect(blocker(names[0]) == "o-1")
      #expect(blocker(names[1]) != nil)
    }
    board.withdraw(OrderID("o-2")!)
    #expect(blocker(names[1]) == "o-1")
  }

  @Test func `orders that come and go again and again take no room for ever`() {
    let board = RuleBoard(key: NameIndex.Key(3, 4))
    board.enforce(.sample("o-still", blocking: [("still.example", .subtree)]))
    for round in 0..<2_000 {
      board.enforce(
        .sample(
          "o-\(round)", blocking: [("venue.example", .subtree), ("r\(round).example", .exact)]))
      board.withdraw(OrderID("o-\(round)")!)
      board.enforce(
        .sample("o-amended", version: round, blocking: [("a\(round % 7).example", .subtree)]))
    }
    let snapshot = board.snapshot
    #expect(snapshot.orders.count < 2 * 3 + 300)
    #expect(snapshot.sets.count < 1_000)
    #expect(board.size.names < 1_000)
    #expect(board.totals().count == 2)
    let desk = Desk(board: board)
    guard case .answered = desk.ask(query("x.still.example")),
      case .answered = desk.ask(query("a\(1_999 % 7).example")),
      case .resolve = desk.ask(query("venue.example")),
      case .resolve = desk.ask(query("a0.example"))
    else {
      Issue.record("the rules are not those of the orders that are left")
      return
    }
  }

  @Test func `names of a withdrawn order are swept out with the next large one`() {
    let many = (0..<1_500).map { ("n\($0).example", Scope.subtree) }
    let board = RuleBoard.with(.sample("o-1", blocking: many))
    #expect(board.size.names == 1_500)
    board.withdraw(OrderID("o-1")!)
    #expect(board.totals().isEmpty)
    board.enforce(.sample("o-2", blocking: (0..<1_200).map { ("m\($0).example", Scope.subtree) }))
    #expect(board.size.names == 1_200)
  }

  @Test func `withdrawing what is not there changes nothing`() {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .exact)]))
    let size = board.size
    board.withdraw(OrderID("o-unknown")!)
    #expect(board.size == size)
    #expect(board.totals().count == 1)
  }

  @Test func `a snapshot that was taken never changes`() {
    let board = RuleBoard.with(.sample(blocking: [("venue.example", .exact)]))
    let before = board.snapshot
    board.withdraw(OrderID("o-20180824-1")!)
    guard case .blocked = before.verdict(on: domain("venue.example").wire.span, at: sampleNow)
    else {
      Issue.record("the old snapshot lost its rule")
      return
    }
    guard
      case .allowed = board.snapshot.verdict(on: domain("venue.example").wire.span, at: sampleNow)
    else {
      Issue.record("the new snapshot has the rule")
      return
    }
  }

  @Test func `every change makes a new generation, so that workers fetch it`() {
    let board = RuleBoard(key: NameIndex.Key(1, 1))
    let first = board.currentGeneration
    board.enforce(.sample(blocking: [("venue.example", .exact)]))
    let second = board.currentGeneration
    board.withdraw(OrderID("o-20180824-1")!)
    #expect(first < second)
    #expect(second < board.currentGeneration)
  }

  @Test func `two orders on one name: the block lasts while either is in force`() throws {
    let board = RuleBoard.with(
      .sample("o-1", blocking: [("venue.example", .subtree)], until: Instant("2018-09-01")!),
      .sample("o-2", blocking: [("venue.example", .subtree)], reference: "SECOND"))
    let desk = Desk(board: board)
    let before = Instant("2018-08-31")!.milliseconds
    #expect(try desk.answer(to: "venue.example", at: before)?.responseCode == .nxDomain)
    let after = try #require(try desk.answer(to: "venue.example", at: sampleNow))
    #expect(after.edns?.extendedErrors.first?.extraText.contains("SECOND") == true)
    board.withdraw(OrderID("o-2")!)
    #expect(try desk.answer(to: "venue.example", at: sampleNow) == nil)
    #expect(try desk.answer(to: "venue.example", at: before) != nil)
  }

  @Test func `an order that only observes does not lift the block of another`() throws {
    let board = RuleBoard.with(
      .sample("o-1", blocking: [("venue.example", .subtree)]),
      .sample("o-2", blocking: [("www.venue.example", .exact)], mode: .observe))
    #expect(try Desk(board: board).answer(to: "www.venue.example") != nil)
  }

  @Test func `a changing board is read without a pause and never half changed`() async {
    let board = RuleBoard(key: NameIndex.Key(8, 8))
    // Both names belong to one order: each snapshot must block both or neither.
    let both = [("one.example", Scope.exact), ("two.example", Scope.exact)]
    await withTaskGroup { group in
      group.addTask {
        for round in 0..<300 {
          if round % 3 == 2 {
            board.withdraw(OrderID("o-1")!)
          } else {
            board.enforce(.sample("o-1", version: round, blocking: both))
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<3_000 {
            let snapshot = board.snapshot
            let verdicts = both.map { name, _ in
              if case .blocked = snapshot.verdict(on: domain(name).wire.span, at: sampleNow) {
                true
              } else {
                false
              }
            }
            #expect(verdicts[0] == verdicts[1])
          }
        }
      }
    }
  }
}

@Suite("Counting") struct CounterTests {
  @Test func `a counter that workers and others raise at once loses nothing`() async {
    let counter = StripedCounter()
    await withTaskGroup { group in
      for worker in 0..<12 {
        group.addTask {
          await withCheckedContinuation { continuation in
            let thread = Thread {
              // Two of them are no workers, and two are beyond those that have a stripe.
              let place: Int? = worker % 2 == 0 ? 0 : nil
              if worker > 1 { DatagramBatch.beginWorker(worker - 1, place: place) }
              for _ in 0..<20_000 { counter.add(1) }
              continuation.resume()
            }
            thread.start()
          }
        }
      }
    }
    #expect(counter.value == 240_000)
  }

  @Test func `each blocked query counts once for the order that is named`() throws {
    let board = RuleBoard.with(
      .sample("o-1", blocking: [("one.example", .subtree)]),
      .sample("o-2", blocking: [("two.example", .exact)]))
    let desk = Desk(board: board)
    for _ in 0..<3 { _ = desk.ask(query("www.one.example")) }
    _ = desk.ask(query("two.example", .any))
    _ = desk.ask(query("x.two.example"))
    let totals = board.totals()
    #expect(totals[OrderID("o-1")!]?.blocked == 3)
    #expect(totals[OrderID("o-2")!]?.blocked == 1)
    #expect(totals.values.allSatisfy { $0.observed == 0 })
  }

  @Test func `an observed name is counted and goes on`() {
    let board = RuleBoard.with(
      .sample("o-1", blocking: [("seen.example", .subtree)], mode: .observe),
      protecting: ["safe.seen.example"])
    let desk = Desk(board: board)
    for name in ["seen.example", "www.seen.example", "safe.seen.example", "other.example"] {
      guard case .resolve = desk.ask(query(name)) else {
        Issue.record("\(name) does not go on")
        return
      }
    }
    #expect(board.totals()[OrderID("o-1")!]?.observed == 2)
    #expect(board.totals()[OrderID("o-1")!]?.blocked == 0)
  }

  @Test func `a query that is looked at again after its resolution counts once`() {
    let board = RuleBoard.with(
      .sample("o-1", blocking: [("seen.example", .subtree)], mode: .observe))
    let desk = Desk(board: board)
    let message = query("seen.example")
    var buffer = AnswerBuffer(capacity: 1_232)
    for isRepeated in [false, true] {
      _ = desk.responder.respond(
        to: message.span, in: .sample, rules: board.snapshot, now: sampleNow,
        isRepeated: isRepeated, into: &buffer)
    }
    #expect(board.totals()[OrderID("o-1")!]?.observed == 1)
  }

  @Test func `totals go on over an amendment and begin anew after a withdrawal`() {
    let board = RuleBoard.with(.sample("o-1", blocking: [("one.example", .exact)]))
    let desk = Desk(board: board)
    _ = desk.ask(query("one.example"))
    board.enforce(
      .sample("o-1", version: 2, blocking: [("one.example", .exact), ("two.example", .exact)]))
    _ = desk.ask(query("two.example"))
    #expect(board.totals()[OrderID("o-1")!]?.blocked == 2)
    board.withdraw(OrderID("o-1")!)
    #expect(board.totals()[OrderID("o-1")!] == nil)
    board.enforce(.sample("o-1", version: 3, blocking: [("one.example", .exact)]))
    #expect(board.totals()[OrderID("o-1")!]?.blocked == 0)
  }
}
