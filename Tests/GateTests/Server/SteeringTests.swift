import CDatagram
import Foundation
import Testing

@testable import Gate

@Suite("Queries and the processors they come in on") struct SteeringTests {
  /// Sockets on one address, one for each worker.
  private static func sockets(_ workers: Int) throws -> [DatagramSocket] {
    let first = try DatagramSocket(address: "127.0.0.1", port: 0)
    return try [first]
      + (1..<workers).map { _ in try DatagramSocket(address: "127.0.0.1", port: first.port) }
  }

  /// Sends datagrams, each from a port of its own, while on one processor; answers how many went out.
  private static func send(_ count: Int, to port: UInt16, onProcessor place: Int) async -> Int {
    await withCheckedContinuation { continuation in
      let thread = Thread {
        guard cordon_keep_to_processor(UInt32(place)) == 0 else {
          return continuation.resume(returning: 0)
        }
        continuation.resume(returning: (0..<count).count { _ in sendOne(to: port) })
      }
      thread.start()
    }
  }

  private static func sendOne(to port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, "query", 5, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 5
      }
    }
  }

  /// How many datagrams wait at a socket.
  private static func waiting(at socket: DatagramSocket) -> Int {
    guard let batch = DatagramBatch(on: socket) else { return -1 }
    var count = 0
    // The last look finds nothing, within a quarter of a second.
    while case let taken = batch.receive(), taken > 0 { count += Int(taken) }
    return count
  }

  @Test func `a worker that keeps to a processor gets all that comes in there, from any port`()
    async throws
  {
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let sockets = try Self.sockets(workers)
    defer { for socket in sockets { socket.close() } }
    sockets[0].steer(to: workers)
    for place in 0..<workers {
      #expect(await Self.send(40, to: sockets[0].port, onProcessor: place) == 40)
      let taken = sockets.map { Self.waiting(at: $0) }
      #expect(taken == (0..<workers).map { $0 == place ? 40 : 0 })
    }
  }

  @Test func `with fewer workers than processors nothing is lost`() async throws {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let sockets = try Self.sockets(max(1, processors - 1))
    defer { for socket in sockets { socket.close() } }
    sockets[0].steer(to: sockets.count)
    #expect(await Self.send(40, to: sockets[0].port, onProcessor: processors - 1) == 40)
    #expect(sockets.map { Self.waiting(at: $0) }.reduce(0, +) == 40)
  }

  @Test func `more workers than processors share all there is as they would without`() async throws
  {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let sockets = try Self.sockets(4 * processors)
    defer { for socket in sockets { socket.close() } }
    #expect(cordon_datagram_steer(sockets[0].descriptor, UInt32(sockets.count)) == -ERANGE)
    #expect(await Self.send(400, to: sockets[0].port, onProcessor: 0) == 400)
    let taken = sockets.map { Self.waiting(at: $0) }
    #expect(taken.reduce(0, +) == 400)
    #expect(taken.count { $0 > 0 } > processors)
  }
}
