import Enforcement
import Foundation
import NIOCore
import NIOPosix
import Records
import Testing

@testable import Console

@Suite("Frames of the local socket") struct ControlFrameTests {
  @Test func `frames are read whole, however their octets arrive`() throws {
    let frames = [
      ControlFrame(kind: .request, payload: Array("{}".utf8)),
      ControlFrame(kind: .file, payload: []),
      ControlFrame(kind: .output, payload: [UInt8](repeating: 7, count: 70_000)),
      ControlFrame(kind: .exit, payload: [2]),
    ]
    var octets = ByteBuffer()
    for frame in frames { ControlFrameEncoder().encode(data: frame, out: &octets) }
    for step in [1, 3, 4_096, octets.readableBytes] {
      var rest = octets
      var arrived = ByteBuffer()
      let decoder = ControlFrameDecoder()
      var read: [ControlFrame] = []
      while rest.readableBytes > 0 {
        arrived.writeImmutableBuffer(rest.readSlice(length: min(step, rest.readableBytes))!)
        while let frame = try decoder.decode(buffer: &arrived) { read.append(frame) }
      }
      #expect(read.map(\.kind) == frames.map(\.kind))
      #expect(read.map(\.payload) == frames.map(\.payload))
    }
  }

  @Test func `an unknown kind and a length beyond the bound are refused before the payload`() {
    let cases: [[UInt8]] = [
      [0, 0, 0, 0, 0], Array("GET / HTTP/1.1\r\n".utf8), [0x51, 0xFF, 0xFF, 0xFF, 0xFF],
      [0x46, 0x04, 0x01, 0x00, 0x01],
    ]
    for octets in cases {
      var buffer = ByteBuffer(bytes: octets)
      let decoder = ControlFrameDecoder()
      #expect(throws: ControlFault.malformed) { try decoder.decode(buffer: &buffer) }
    }
    var largest = ByteBuffer(bytes: [0x46, 0x04, 0x01, 0x00, 0x00])
    let decoder = ControlFrameDecoder()
    #expect(throws: Never.self) { try decoder.decode(buffer: &largest) }
  }

  @Test func `half a frame at the end is no frame`() throws {
    var buffer = ByteBuffer(bytes: [0x51, 0, 0, 0, 5, 1, 2])
    let decoder = ControlFrameDecoder()
    #expect(try decoder.decodeLast(buffer: &buffer, seenEOF: true) == nil)
  }
}

@Suite("The local socket", .timeLimit(.minutes(2))) struct ControlServerTests {
  /// Runs a server on the data directory of an office, lets a test use it, and stops it.
  private func withServer<Result: Sendable>(
    _ office: DeskOffice, use: @Sendable (String) async throws -> Result
  ) async throws -> Result {
    let server = try await ControlServer(
      desk: office.desk, directory: office.directory,
      group: MultiThreadedEventLoopGroup.singleton)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try? await server.run() }
      do {
        let result = try await use(office.directory)
        group.cancelAll()
        return result
      } catch {
        group.cancelAll()
        throw error
      }
    }
  }

  private func ask(
    _ task: DeskRequest.Task, _ directory: String, token: String? = nil, file: [UInt8] = []
  ) async throws -> Talk? {
    let collector = Collector()
    let code = try await ControlClient(directory: directory).ask(
      DeskRequest(task: task, token: token, json: true), file: file, output: collector.output)
    return code.map(collector.talk)
  }

  /// Sends octets as they are, and goes away or waits for the end.
  private func send(_ octets: [UInt8], _ directory: String, waiting: Bool) async throws {
    let place = try #require(SocketPath(directory: directory))
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(unixDomainSocketPath: place.path) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(bytes: octets))
      guard waiting else { return }
      do { for try await _ in inbound {} } catch is IOError {}
    }
  }

  @Test func `a verb through the socket is the verb at the desk`() async throws {
    let office = try await DeskOffice.open()
    try await withServer(office) { (directory) async throws in
      let direct = await office.ask(.userList)
      let through = try #require(try await ask(.userList, directory))
      #expect(through.output == direct.output)
      #expect(through.code == direct.code)
      let refused = try #require(try await ask(.explain(name: "", at: nil), directory))
      #expect(refused.code == .refused)
      #expect(refused.errors.count == 1)
    }
  }

  @Test func `a file travels beside its request`() async throws {
    let office = try await DeskOffice.open()
    try await withServer(office) { (directory) async throws in
      let names = (0..<2_000).map { "venue-\($0).com" }.joined(separator: "\n")
      let talk = try #require(
        try await ask(
          .orderImport(.list()), directory, token: office.tokens["carl"], file: Array(names.utf8)))
      #expect(talk.code == .done, "\(talk.errors)")
      let id = try #require(talk.lines.first?["id"] as? String)
      let shown = try #require(
        try await ask(.orderShow(id: id, everyTarget: true), directory))
      #expect((shown.lines.first?["targets"] as? [Any])?.count == 2_000)
    }
  }

  @Test func `without a server nobody answers, and what one left behind does no harm`() async throws
  {
    let office = try await DeskOffice.open()
    #expect(try await ask(.userList, office.directory) == nil)
    #expect(try await ask(.userList, "/nowhere") == nil)
    try Data().write(to: URL(fileURLWithPath: office.directory + "/cordon.sock"))
    #expect(try await ask(.userList, office.directory) == nil)
    try await withServer(office) { (directory) async throws in
      #expect(try await ask(.userList, directory)?.code == .done)
    }
    #expect(!FileManager.default.fileExists(atPath: office.directory + "/cordon.sock"))
  }

  @Test func `the socket is for its owner alone, however long the path`() async throws {
    let office = try await DeskOffice.open()
    let long =
      office.folder + "/"
      + (0..<4).map { _ in String(repeating: "d", count: 60) }
      .joined(separator: "/")
    try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
    let server = try await ControlServer(
      desk: office.desk, directory: long, group: MultiThreadedEventLoopGroup.singleton)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try? await server.run() }
      let mode = try FileManager.default.attributesOfItem(atPath: long + "/cordon.sock")
      #expect(mode[.posixPermissions] as? Int == 0o600)
      #expect(try await ask(.userList, long)?.code == .done)
      group.cancelAll()
    }
  }

  @Test func `a client that sends garbage or goes away disturbs nobody`() async throws {
    let office = try await DeskOffice.open()
    try await withServer(office) { (directory) async throws in
      let half: [UInt8] = [0x51, 0, 0, 0, 9] + Array("{\"task\"".utf8)
      let empty: [UInt8] = [0x51, 0, 0, 0, 0, 0x46, 0, 0, 0, 0]
      let swapped: [UInt8] = [0x46, 0, 0, 0, 0, 0x51, 0, 0, 0, 0]
      for octets in [[], [1], half, swapped, Array("GET / HTTP/1.1\r\n\r\n".utf8)] {
        try await send(octets, directory, waiting: false)
      }
      for octets in [empty, swapped, Array("GET / HTTP/1.1\r\n\r\n".utf8)] {
        try await send(octets, directory, waiting: true)
      }
      #expect(try await ask(.userList, directory)?.code == .done)
    }
  }

  @Test func `many clients are answered at once, each its own`() async throws {
    let office = try await DeskOffice.open()
    try await withServer(office) { (directory) async throws in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<40 {
          group.addTask {
            let file = Array("venue-\(number).com\n".utf8)
            let talk = try await ask(
              .orderImport(.list(reference: "R-\(number)")), directory,
              token: office.tokens["carl"], file: file)
            return talk?.lines.first?["reference"] as? String == "R-\(number)"
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
      #expect(office.journal.register.orders.count == 40)
    }
  }
}
