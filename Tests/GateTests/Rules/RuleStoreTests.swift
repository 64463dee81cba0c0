import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Gate

@Suite("Compiled rules in a file") struct RuleStoreTests {
  /// A folder of its own for each test.
  private final class Folder {
    let path: String

    init() throws {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("rule-store-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var store: RuleStore { RuleStore(path: path + "/gate.index") }
  }

  private struct Unreadable: Error {}

  private static func board(
    _ store: RuleStore, protecting names: [String] = ["safe.example"], key: UInt64 = 5
  ) throws -> RuleBoard {
    try RuleBoard(
      key: NameIndex.Key(key, 6),
      protections: Protections(identity: names.joined(separator: " ")) { names.map { domain($0) } },
      store: store)
  }

  private static func rules(
    _ id: String, version: Int = 1, identity: String? = "first", names: Int, of zone: String
  ) -> OrderRules {
    var rules = OrderRules.sample(
      id, version: version, blocking: (0..<names).map { ("n\($0).\(zone)", Scope.subtree) })
    rules.identity = identity
    return rules
  }

  /// Enforces an order without its names being at hand: they must be compiled already.
  private static func enforceUnread(_ rules: OrderRules, on board: RuleBoard) throws {
    var rules = rules
    rules.targets = []
    try board.enforce([rules]) { _, _ throws(Unreadable) in throw Unreadable() }
  }

  private static func blocks(_ board: RuleBoard, _ name: String) -> Bool {
    if case .blocked = board.snapshot.verdict(on: domain(name).wire.span, at: sampleNow) {
      true
    } else {
      false
    }
  }

  @Test func `after a restart an order's names are in use without being read`() throws {
    let folder = try Folder()
    let rules = Self.rules("o-1", names: 1_500, of: "example")
    try Self.board(folder.store).enforce(rules)
    let board = try Self.board(folder.store, key: 99)
    #expect(!Self.blocks(board, "n7.example"))
    try Self.enforceUnread(rules, on: board)
    for number in 0..<1_500 { #expect(Self.blocks(board, "www.n\(number).example")) }
    #expect(!Self.blocks(board, "n1500.example"))
    #expect(!Self.blocks(board, "n1.safe.example"))
    #expect(board.size.names == 1_501)
    #expect(board.takeStoreFault() == nil)
  }

  @Test func `a file of several huge pages ends with its last octet, and is read again`() throws {
    let folder = try Folder()
    let label = String(repeating: "long", count: 14)
    var rules = OrderRules.sample(
      "o-1", blocking: (0..<40_000).map { ("\($0)\(label).example", Scope.subtree) })
    rules.identity = "first"
    let first = try Self.board(folder.store)
    first.enforce(rules)
    let size = try FileManager.default.attributesOfItem(atPath: folder.store.path)[.size] as? Int
    let expected = first.snapshot.index.base.memoryFootprint
    #expect(size == expected)
    #expect(expected > 2 << 20)
    let board = try Self.board(folder.store)
    try Self.enforceUnread(rules, on: board)
    for number in stride(from: 0, to: 40_000, by: 7) {
      #expect(Self.blocks(board, "www.\(number)\(label).example"))
    }
    #expect(board.takeStoreFault() == nil)
  }

  @Test func `who still holds the names from before a change finds them`() throws {
    let folder = try Folder()
    let board = try Self.board(folder.store)
    board.enforce(Self.rules("o-1", names: 1_500, of: "example"))
    let before = board.cover(of: [OrderRules.sample("o-1", blocking: []).order])
    board.enforce(Self.rules("o-1", version: 2, names: 1_500, of: "test"))
    for number in 0..<1_500 {
      let wasCovered = before.covers(domain("n\(number).example").wire.span)
      #expect(wasCovered)
      #expect(!Self.blocks(board, "n\(number).example"))
      #expect(Self.blocks(board, "n\(number).test"))
    }
  }

  @Test func `another wording, or other names under its number, are read`() throws {
    let folder = try Folder()
    try Self.board(folder.store).enforce(Self.rules("o-1", names: 1_500, of: "example"))
    for other in [
      Self.rules("o-1", version: 2, names: 3, of: "example"),
      Self.rules("o-1", identity: "second", names: 3, of: "example"),
      Self.rules("o-1", identity: nil, names: 3, of: "example"),
    ] {
      let board = try Self.board(folder.store)
      #expect(throws: Unreadable.self) { try Self.enforceUnread(other, on: board) }
      #expect(!Self.blocks(board, "n2.example"))
      board.enforce(other)
      #expect(Self.blocks(board, "n2.example"))
      #expect(!Self.blocks(board, "n3.example"))
    }
  }

  @Test func `a change that is not in the file is not lost, for the record tells it`() throws {
    let folder = try Folder()
    let large = Self.rules("o-1", names: 1_500, of: "example")
    let small = Self.rules("o-2", names: 2, of: "other")
    let first = try Self.board(folder.store)
    first.enforce(large)
    first.enforce(small)
    // As after a kill: nothing was written since the large change.
    let board = try Self.board(folder.store)
    try Self.enforceUnread(large, on: board)
    #expect(!Self.blocks(board, "n1.other"))
    board.enforce(small)
    #expect(Self.blocks(board, "n1.other"))
    #expect(Self.blocks(board, "n1.example"))
  }

  @Test func `an order that the record no longer has in force is not enforced`() throws {
    let folder = try Folder()
    let first = try Self.board(folder.store)
    let both = ["o-1": "one.example", "o-2": "two.example"].map {
      Self.rules($0, names: 1_100, of: $1)
    }
    first.enforce(both)
    let board = try Self.board(folder.store)
    try Self.enforceUnread(both.first { $0.order.text == "o-2" }!, on: board)
    #expect(!Self.blocks(board, "n5.one.example"))
    #expect(Self.blocks(board, "n5.two.example"))
    board.merge()
    #expect(board.size.names == 1_101)
  }

  @Test func `a withdrawn order is in use again at once, as long as its names are there`() throws {
    let folder = try Folder()
    let rules = Self.rules("o-1", names: 1_500, of: "example")
    let board = try Self.board(folder.store)
    board.enforce(rules)
    board.withdraw(rules.order)
    board.enforce(Self.rules("o-2", names: 40, of: "example"))
    #expect(!Self.blocks(board, "n50.example"))
    try Self.enforceUnread(rules, on: board)
    #expect(Self.blocks(board, "n50.example"))
    board.withdraw(OrderID("o-2")!)
    #expect(Self.blocks(board, "n5.example"))
    board.withdraw(rules.order)
    board.merge()
    #expect(board.size.names == 1)
    #expect(throws: Unreadable.self) { try Self.enforceUnread(rules, on: board) }
  }

  @Test func `other protected names take their place in the file`() throws {
    let folder = try Folder()
    let rules = Self.rules("o-1", names: 1_500, of: "example")
    try Self.board(folder.store).enforce(rules)
    for _ in 0..<2 {
      let board = try Self.board(folder.store, protecting: ["n3.example"])
      try Self.enforceUnread(rules, on: board)
      #expect(!Self.blocks(board, "n3.example"))
      #expect(Self.blocks(board, "n4.example"))
      #expect(!board.snapshot.index.lookup(domain("safe.example")) { _ in true }.isProtected)
      #expect(board.size.names == 1_500)
    }
  }

  @Test func `a damaged file is told, and made anew from the record`() throws {
    let folder = try Folder()
    let rules = Self.rules("o-1", names: 1_500, of: "example")
    try Self.board(folder.store).enforce(rules)
    let whole = try #require(FileManager.default.contents(atPath: folder.store.path))
    var random = SeededGenerator(state: 3)
    for round in 0..<60 {
      var octets = whole
      let place = Int.random(in: octets.indices, using: &random)
      if round % 6 == 0 {
        octets.removeSubrange(place...)
      } else {
        octets[place] ^= 1 << (round % 8)
      }
      try octets.write(to: URL(fileURLWithPath: folder.store.path))
      let board = try Self.board(folder.store)
      #expect(board.takeStoreFault() != nil)
      #expect(throws: Unreadable.self) { try Self.enforceUnread(rules, on: board) }
      #expect(!Self.blocks(board, "n7.example"))
      board.enforce(rules)
      #expect(Self.blocks(board, "n7.example"))
    }
    try Self.enforceUnread(rules, on: try Self.board(folder.store))
  }

  @Test func `a folder that cannot be written keeps no order from being enforced`() throws {
    let folder = try Folder()
    let board = try Self.board(RuleStore(path: folder.path + "/missing/gate.index"))
    board.enforce(Self.rules("o-1", names: 1_500, of: "example"))
    #expect(Self.blocks(board, "n7.example"))
    #expect(board.takeStoreFault() != nil)
  }

  @Test func `merges and large changes that write the file at once do not mix`() async throws {
    let folder = try Folder()
    let board = try Self.board(folder.store)
    let merging = Task {
      while !Task.isCancelled {
        board.merge()
        await Task.yield()
      }
    }
    for version in 1...12 {
      board.enforce(
        Self.rules("o-1", version: version, identity: "\(version)", names: 1_100, of: "v\(version)")
      )
      board.enforce(Self.rules("o-2", version: version, identity: nil, names: 3, of: "w\(version)"))
      #expect(Self.blocks(board, "n1099.v\(version)"))
      #expect(!Self.blocks(board, "n7.v\(version - 1)"))
    }
    merging.cancel()
    await merging.value
    board.merge()
    #expect(board.takeStoreFault() == nil)
    let last = Self.rules("o-1", version: 12, identity: "12", names: 1_100, of: "v12")
    let restarted = try Self.board(folder.store)
    try Self.enforceUnread(last, on: restarted)
    for name in ["n0.v12", "n1099.v12"] { #expect(Self.blocks(restarted, name)) }
    for name in ["n0.v11", "n1.w12"] { #expect(!Self.blocks(restarted, name)) }
    #expect(Self.blocks(board, "n1.w12"))
  }

  @Test func `nothing but the index is left in the folder, for its owner alone`() throws {
    let folder = try Folder()
    let board = try Self.board(folder.store)
    for version in 1...3 {
      board.enforce(Self.rules("o-1", version: version, names: 1_200 + version, of: "example"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["gate.index"])
    let mode = try FileManager.default.attributesOfItem(atPath: folder.store.path)[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
  }
}
