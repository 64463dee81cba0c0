import DNSWire
import Foundation
import Logging
import Testing

@testable import Gate

@Suite("The secrets of cookies") struct CookieKeeperTests {
  static let texts = [
    "e5e973e5a6b2a43f48e7dc849e37bfcf", "dd3bdf9344b678b185a6f5cb60fca715",
    "445536bcd2513298075a5d379663c962", "00112233445566778899aabbccddeeff",
  ]
  static let secrets = texts.map { CookieSecret(hexadecimal: $0)! }

  /// A file of its own, that is gone after the test.
  private func withFile(
    _ text: String, mode: Int = 0o600, use: (String) throws -> Void
  ) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("cookies-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(text, to: path, mode: mode)
    try use(path)
  }

  private func write(_ text: String, to path: String, mode: Int = 0o600) throws {
    try #require(
      FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode]))
  }

  @Test func `the first secret of a file makes cookies, all of them hold`() throws {
    let text = "# shared by both gates\n\(Self.texts[0])\n\n  \(Self.texts[1])  \n\(Self.texts[2])"
    try withFile(text) { path in
      let keeper = try CookieKeeper(file: path, at: 0)
      #expect(
        keeper.secrets
          == CookieSecrets(Self.secrets[0], others: (Self.secrets[1], Self.secrets[2])))
    }
  }

  @Test func `a file that others can read, or with anything else in it, is refused`() throws {
    for text in [
      "", "# nothing\n", "secret\n", Self.texts.joined(separator: "\n"),
      Self.texts[0] + "\nx\n", String(repeating: " ", count: 5_000),
    ] {
      try withFile(text) { path in
        #expect(throws: GateError.self) { try CookieKeeper(file: path, at: 0) }
      }
    }
    for mode in [0o640, 0o604, 0o644] {
      try withFile(Self.texts[0], mode: mode) { path in
        #expect(throws: GateError.self) { try CookieKeeper(file: path, at: 0) }
      }
    }
    #expect(throws: GateError.self) { try CookieKeeper(file: "/nowhere/at/all", at: 0) }
  }

  @Test func `a fault of the file says nothing of what is in it`() throws {
    try withFile("\(Self.texts[0])\nbroken") { path in
      let error = try #require(throws: GateError.self) { try CookieKeeper(file: path, at: 0) }
      #expect("\(error)".contains(path) && !"\(error)".contains(Self.texts[0]))
    }
  }

  @Test func `a changed file is taken over, a broken one is not`() throws {
    try withFile(Self.texts[0]) { path in
      let keeper = try CookieKeeper(file: path, at: 0)
      try write("\(Self.texts[1])\n\(Self.texts[0])", to: path)
      keeper.refresh(at: 1, Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      #expect(keeper.secrets.current == Self.secrets[1])
      #expect(keeper.secrets.others.0 == Self.secrets[0])
      try write("broken", to: path)
      keeper.refresh(at: 2, Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      #expect(keeper.secrets.current == Self.secrets[1])
    }
  }

  @Test func `a random secret is replaced once a day, and the one before holds on`() throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let day = Int64(CookieKeeper.randomLifetime)
    let keeper = try CookieKeeper(file: nil, at: 1_000)
    let first = keeper.secrets.current
    keeper.refresh(at: 1_000 + day - 1, logger)
    #expect(keeper.secrets.current == first)
    keeper.refresh(at: 1_000 + day, logger)
    let second = keeper.secrets.current
    #expect(second != first && keeper.secrets.others.0 == first)
    keeper.refresh(at: 1_000 + 2 * day, logger)
    #expect(keeper.secrets.others.0 == second)
    #expect(try CookieKeeper(file: nil, at: 0).secrets.current != first)
  }

  @Test func `readers never see halves of two secrets`() async throws {
    let keeper = try CookieKeeper(file: nil, at: 0)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let flag = StopFlag()
    let lists = await withTaskGroup(of: [CookieSecret].self) { group in
      group.addTask {
        var made = [keeper.secrets.current]
        for day in 1...200 {
          keeper.refresh(at: Int64(day * CookieKeeper.randomLifetime), logger)
          made.append(keeper.secrets.current)
        }
        flag.set()
        return made
      }
      group.addTask {
        var seen: [CookieSecret] = []
        while !flag.isSet {
          let secrets = keeper.secrets
          if seen.last != secrets.current { seen.append(secrets.current) }
        }
        return seen
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    // The longer list is the one of all that were made.
    let made = try #require(lists.max { $0.count < $1.count })
    #expect(made.count == 201)
    for secret in lists.joined() { #expect(made.contains(secret)) }
  }
}
