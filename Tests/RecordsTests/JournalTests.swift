import Enforcement
import Foundation
import Testing
import TransparencyLog

@testable import Records

@Suite("Opening the record") struct JournalOpeningTests {
  @Test func `a new record holds its own opening, signed`() throws {
    let folder = try Folder()
    let journal = try Journal.open(folder, Clock())
    #expect(journal.size == 1)
    #expect(
      try journal.event(at: 0)
        == RecordedEvent(
          index: 0,
          event: Event(
            time: instant("2018-08-23T12:00:00Z"), actor: .system,
            change: .recordOpened(origin: "log.example/test"))))
    let checkpoint = try journal.checkpoint()
    #expect(checkpoint.size == 1)
    #expect(checkpoint.origin == "log.example/test")
    #expect(journal.verify().verified)
    #expect(journal.fault == nil)
  }

  @Test func `what was recorded is there after the record is opened again`() async throws {
    let folder = try Folder()
    let clock = Clock()
    var before: (Register, UInt64, [RecordedEvent])
    do {
      let journal = try Journal.open(folder, clock)
      _ = try await journal.record(
        .addPerson(person("ada"), .administrator, tokenDigest: Office.digest(of: 1)), .system)
      let id = try await journal.receive(try Parcel(), by: Office.administrator)
      before = (journal.register, journal.size, try journal.events())
      #expect(before.0.orders[id]?.state == .assessed)
    }
    let journal = try Journal.open(folder, clock, seed: 99)
    #expect(journal.register == before.0)
    #expect(journal.size == before.1)
    #expect(try journal.events() == before.2)
    #expect(journal.verify().verified)
  }

  @Test func `the name and key of a log stay when another name is asked for`() throws {
    let folder = try Folder()
    let key = try Journal.open(folder, Clock()).verifierKey
    let again = try Journal(
      directory: folder.path, origin: "other.example", clock: { instant("2018-08-24") })
    #expect(again.verifierKey == key)
    #expect("\(again.verifierKey.name)" == "log.example/test")
  }

  @Test func `a second opening of a directory is refused, and names the process`() throws {
    let folder = try Folder()
    let journal = try Journal.open(folder, Clock())
    #expect(throws: StoreError.inUse(directory: folder.path, process: getpid())) {
      try Journal.open(folder, Clock())
    }
    #expect(journal.size == 1)
  }

  @Test func `a directory is free again when its journal is gone`() throws {
    let folder = try Folder()
    for _ in 0..<3 { #expect(try Journal.open(folder, Clock()).size == 1) }
  }

  @Test func `all files are for their owner alone`() throws {
    let folder = try Folder()
    let journal = try Journal.open(folder, Clock())
    for file in ["/cordon.db", "/cordon.db-wal", "/cordon.db-shm", "/log.key", "/lock"] {
      #expect(folder.mode(of: file) == 0o600, "\(file)")
    }
    #expect(folder.mode(of: "") == 0o700)
    #expect(folder.mode(of: "/log.key.new") == nil)
    #expect(journal.size == 1)
  }

  @Test func `files that others could read are closed to them at the next opening`() throws {
    let folder = try Folder()
    do { _ = try Journal.open(folder, Clock()) }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: folder.path + "/cordon.db")
    let journal = try Journal.open(folder, Clock())
    #expect(folder.mode(of: "/cordon.db") == 0o600)
    #expect(journal.size == 1)
  }

  @Test func `data of a newer program is refused and left alone`() throws {
    let folder = try Folder()
    do { _ = try Journal.open(folder, Clock()) }
    try folder.meddle("INSERT INTO grdb_migrations (identifier) VALUES ('9-from-tomorrow')")
    #expect(throws: StoreError.newerSchema(found: "9-from-tomorrow")) {
      try Journal.open(folder, Clock())
    }
    try folder.meddle("DELETE FROM grdb_migrations WHERE identifier = '9-from-tomorrow'")
    #expect(try Journal.open(folder, Clock()).verify().verified)
  }

  @Test func `a record whose key is gone is refused, not given a new one`() throws {
    let folder = try Folder()
    do { _ = try Journal.open(folder, Clock()) }
    let key = folder.path + "/log.key"
    let text = try String(contentsOfFile: key, encoding: .utf8)
    try FileManager.default.removeItem(atPath: key)
    #expect(throws: StoreError.self) { try Journal.open(folder, Clock()) }
    #expect(!FileManager.default.fileExists(atPath: key))
    try "no key at all".write(toFile: key, atomically: true, encoding: .utf8)
    #expect(throws: StoreError.self) { try Journal.open(folder, Clock()) }
    try text.write(toFile: key, atomically: true, encoding: .utf8)
    #expect(try Journal.open(folder, Clock()).verify().verified)
  }

  @Test func `no error says anything of the key's private part`() throws {
    let folder = try Folder()
    do { _ = try Journal.open(folder, Clock()) }
    let path = folder.path + "/log.key"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let secret = text.split(separator: "+").last!.dropLast()
    try text.replacing("log.example", with: "other.example").write(
      toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: StoreError.self) { try Journal.open(folder, Clock()) }
    #expect(!"\(error!)".contains(secret))
    #expect("\(error!)".contains("log.key"))
  }

  @Test func `a place where no directory can be made is named`() throws {
    let folder = try Folder()
    try Data().write(to: URL(fileURLWithPath: folder.path))
    let error = #expect(throws: StoreError.self) {
      try Journal(
        directory: folder.path + "/below", origin: "log.example", clock: { instant("2018-08-24") })
    }
    #expect("\(error!)".contains(folder.path + "/below"))
  }

  @Test func `a file that is no database is called damaged`() throws {
    let folder = try Folder()
    do { _ = try Journal.open(folder, Clock()) }
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.path + "/cordon.db" + suffix)
    }
    try Data(repeating: 0x41, count: 8192).write(
      to: URL(fileURLWithPath: folder.path + "/cordon.db"))
    let error = #expect(throws: StoreError.self) { try Journal.open(folder, Clock()) }
    guard case .corrupt = error else {
      Issue.record("\(error!)")
      return
    }
  }

  @Test func `an entry that is not there is told with the size`() throws {
    let folder = try Folder()
    let journal = try Journal.open(folder, Clock())
    #expect(throws: StoreError.noEntry(1, size: 1)) { try journal.event(at: 1) }
    #expect(throws: StoreError.noEntry(1, size: 1)) { try journal.prove(1) }
    #expect(throws: StoreError.noEntry(.max, size: 1)) { try journal.prove(.max) }
    #expect(throws: StoreError.noEntry(2, size: 1)) { try journal.proveConsistency(from: 2) }
  }
}

@Suite("People and tokens") struct TokenTests {
  @Test func `a person is found by the digest of the token, and by no other`() async throws {
    let office = try await Office.open()
    let journal = office.journal
    #expect(
      try journal.person(withTokenDigest: Office.digest(of: 1))?.name == person("ada"))
    #expect(try journal.person(withTokenDigest: Office.digest(of: 200)) == nil)
    #expect(try journal.person(withTokenDigest: []) == nil)
    #expect(try journal.person(withTokenDigest: [1]) == nil)
  }

  @Test func `a replaced token is nobody's`() async throws {
    let office = try await Office.open()
    let journal = office.journal
    _ = try await journal.record(
      .replaceToken(person("carl"), tokenDigest: Office.digest(of: 77)), Office.administrator)
    #expect(try journal.person(withTokenDigest: Office.digest(of: 2)) == nil)
    #expect(try journal.person(withTokenDigest: Office.digest(of: 77))?.role == .clerk)
    #expect(journal.verify().verified)
  }

  @Test func `the first person needs nobody's leave, the next one does`() async throws {
    let journal = try Journal.open(try Folder(), Clock())
    let add = Command.addPerson(person("ada"), .administrator, tokenDigest: Office.digest(of: 1))
    _ = try await journal.record(add, .system)
    let next = Command.addPerson(person("olga"), .officer, tokenDigest: Office.digest(of: 2))
    #expect(try await journal.refusal(of: next, .system)?.code == .notAllowed)
    // The system is nobody, so its attempt is not on the record.
    #expect(journal.size == 2)
  }
}
