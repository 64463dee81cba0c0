import Enforcement
import Foundation
import Records
import Synchronization
import Testing

@testable import Watch

@Suite("Captures of a crawl", .timeLimit(.minutes(2))) struct CaptureSettlingTests {
  private func server() async throws -> ScriptedServer {
    try await ScriptedServer { request in
      switch request.target {
      case "/": .page("<a href=/a>a</a><a href=/b>b</a>")
      case "/a", "/b": .page("PERPETUALS \(request.target)")
      default: .page("no", status: "404 Not Found")
      }
    }
  }

  /// The captures that findings on the record refer to; nil for those that refer to none.
  private func references(_ journal: Journal) throws -> [Enforcement.CaptureReference?] {
    var captures: [Enforcement.CaptureReference?] = []
    // Behind those by which the stage lets people in.
    for index in 3..<journal.size {
      if case .caseChanged(_, .found(let finding, _)) = try journal.event(at: index).event.change {
        captures.append(finding.capture)
      }
    }
    return captures
  }

  @Test(arguments: [true, false])
  func `nothing refers to a capture before it is on the disk, or where it may not be`(
    isSound: Bool
  ) async throws {
    let server = try await server()
    let stage = try await CrawlStage()
    let site = try await stage.watch(server)
    let shelf = try Shelf(isSound: isSound)
    defer { shelf.remove() }
    let tally = try await stage.crawl(captures: shelf)
    #expect(tally.findings == 2)
    let entry = try #require(try await stage.store.site(site))
    let kept = try await stage.store.captures(of: entry.number)
    let told = try references(stage.journal)
    #expect(told.count == 2)
    // The start page is kept too.
    #expect(kept.count == (isSound ? 3 : 0))
    #expect(told.allSatisfy { ($0 != nil) == isSound })
    let reader = CaptureReader(directory: shelf.directory)
    for capture in kept {
      #expect(shelf.settled.contains(capture.reference))
      _ = try reader.record(
        in: capture.reference.file, at: Int(capture.reference.offset),
        payloadDigest: capture.reference.payload.hex)
    }
    for case .some(let reference) in told { #expect(shelf.settled.contains(reference)) }
    try await server.stop()
  }
}

/// Keeps captures, and notes which were settled; one that is not sound cannot settle any.
private final class Shelf: Capturing {
  struct Fault: Error {}

  let directory: String
  private let store: CaptureStore
  private let isSound: Bool
  private let written = Mutex<[Enforcement.CaptureReference]>([])
  private let safe = Mutex<Set<Enforcement.CaptureReference>>([])

  init(isSound: Bool) throws {
    directory =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-shelf-\(UUID().uuidString)").path
    store = try CaptureStore(directory: directory, software: "Cordon/test")
    self.isSound = isSound
  }

  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  var settled: Set<Enforcement.CaptureReference> { safe.withLock { $0 } }

  func keep(
    _ exchanges: [Exchange], rendered: [UInt8]?, screenshot: [UInt8]?
  ) async throws -> Enforcement.CaptureReference {
    let kept = try await store.capture(exchanges)
    let reference = Enforcement.CaptureReference(
      file: kept.file, offset: Int64(kept.offset),
      payload: try #require(ContentDigest(hex: kept.payloadDigest)))
    written.withLock { $0.append(reference) }
    return reference
  }

  func settle() async throws {
    guard isSound else { throw Fault() }
    let before = written.withLock { $0 }
    try await store.settle()
    safe.withLock { $0.formUnion(before) }
  }
}
