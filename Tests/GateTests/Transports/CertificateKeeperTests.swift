import DNSWire
import Foundation
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Gate

@Suite("The certificate of the encrypted doors", .timeLimit(.minutes(1)))
struct CertificateKeeperTests {
  /// Keeps what is logged.
  private final class LogKeeper: LogHandler, Sendable {
    let lines = Mutex<[String]>([])
    var metadata: Logger.Metadata {
      get { [:] }
      set {}
    }
    var logLevel: Logger.Level {
      get { .trace }
      set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { nil }
      set {}
    }

    func log(event: LogEvent) { lines.withLock { $0.append("\(event.level) \(event.message)") } }
  }

  private func keeper(
    _ files: CertificateFiles
  ) throws -> (keeper: CertificateKeeper, log: LogKeeper) {
    let log = LogKeeper()
    return (try CertificateKeeper(files, logger: Logger(label: "test") { _ in log }), log)
  }

  @Test func `files that are of no use are told apart at the start`() throws {
    let identity = try SampleIdentity()
    let other = try SampleIdentity()
    let files = identity.files
    func fault(_ files: CertificateFiles) throws -> TLSIdentity.Fault? {
      do throws(TLSIdentity.Fault) {
        _ = try CertificateKeeper(files, logger: Logger(label: "test"))
        return nil
      } catch {
        return error
      }
    }
    #expect(try fault(files) == nil)
    let nowhere = identity.folder.appendingPathComponent("nowhere").path
    #expect(
      try fault(CertificateFiles(certificate: nowhere, key: files.key)) == .unreadable(nowhere))
    #expect(
      try fault(CertificateFiles(certificate: files.certificate, key: nowhere))
        == .unreadable(nowhere))
    #expect(
      try fault(CertificateFiles(certificate: files.key, key: files.key))
        == .noCertificate(files.key))
    #expect(
      try fault(CertificateFiles(certificate: files.certificate, key: files.certificate))
        == .noKey(files.certificate))
    let mixed = CertificateFiles(certificate: files.certificate, key: other.files.key)
    #expect(try fault(mixed) == .noMatch(mixed))
    try identity.issue(until: .now - 60)
    #expect(try fault(files) == .ended(files.certificate))
  }

  @Test func `a change is taken when it has stayed, and is told once`() throws {
    let identity = try SampleIdentity()
    let (keeper, log) = try keeper(identity.files)
    let first = try #require(keeper.context(for: .tls))
    keeper.look()
    #expect(keeper.context(for: .tls) === first)
    try identity.issue(serial: 2)
    keeper.look()
    #expect(keeper.context(for: .tls) === first)
    keeper.look()
    let second = try #require(keeper.context(for: .tls))
    #expect(second !== first)
    for _ in 0..<3 { keeper.look() }
    #expect(keeper.context(for: .tls) === second)
    #expect(keeper.context(for: .udp) == nil && keeper.context(for: .tcp) == nil)
    #expect(log.lines.withLock(\.self).count == 1)
  }

  @Test func `a bad change leaves the old certificate in use, is told once, and can be mended`()
    throws
  {
    let identity = try SampleIdentity()
    let (keeper, log) = try keeper(identity.files)
    let first = try #require(keeper.context(for: .https))
    let good = try String(contentsOfFile: identity.files.key, encoding: .utf8)
    let other = try SampleIdentity()
    let bad = try String(contentsOfFile: other.files.key, encoding: .utf8)
    try identity.write(bad, to: identity.files.key)
    for _ in 0..<5 { keeper.look() }
    #expect(keeper.context(for: .https) === first)
    let lines = log.lines.withLock(\.self)
    #expect(lines.count == 1)
    #expect(lines[0].hasPrefix("error") && lines[0].contains(identity.files.key))
    try FileManager.default.removeItem(atPath: identity.files.key)
    for _ in 0..<5 { keeper.look() }
    #expect(log.lines.withLock(\.count) == 2)
    try identity.write(good, to: identity.files.key)
    for _ in 0..<5 { keeper.look() }
    #expect(keeper.context(for: .https) === first)
    try identity.issue(serial: 3)
    for _ in 0..<2 { keeper.look() }
    #expect(keeper.context(for: .https) !== first)
    #expect(log.lines.withLock(\.last)?.hasPrefix("notice") == true)
  }

  @Test func `open connections live on when the certificate changes`() async throws {
    try await OpenDoors.open([.tls]) { (open) async throws in
      try await open.client(.tls) { (old) async throws in
        try await old.send(query("venue.example", id: 1))
        #expect(try await old.next()?.id == 1)
        try open.identity.issue(serial: 9)
        for _ in 0..<2 { open.doors.certificates?.look() }
        try await open.client(.tls) { (new) async throws in
          try await new.send(query("venue.example", id: 2))
          #expect(try await new.next()?.id == 2)
        }
        try await old.send(query("venue.example", id: 3))
        #expect(try await old.next()?.id == 3)
      }
    }
  }
}
