internal import DNSWire
internal import DomainNames
internal import Enforcement
internal import Foundation
internal import Synchronization

/// The hot path: takes a batch of datagrams, answers what the rules and the cache can answer, hands
/// the rest over.
///
/// Each worker has its own thread, socket, buffers and view of the rules; nothing here waits for
/// anyone.
struct DatagramWorker {
  let socket: DatagramSocket
  let board: RuleBoard
  let responder: Responder
  let cache: AnswerCache
  let clock: @Sendable () -> Instant
  let isStopping: StopFlag
  /// Takes a query that must be resolved; false where too many wait.
  let handOver: @Sendable (PendingQuery) -> Bool

  /// Works until told to stop.
  func run() {
    guard let batch = DatagramBatch(on: socket) else { return }
    var answer = AnswerBuffer(capacity: Int(BlockedAnswerWriter.udpSize))
    var probes = [NameProbe](repeating: NameProbe(), count: Int(DatagramBatch.slots))
    var generation = board.currentGeneration
    var rules = board.snapshot
    while !isStopping.isSet {
      let taken = batch.receive()
      guard taken > 0 else {
        // A fault of the network is waited out, so that it does not keep a core busy.
        if taken < 0 { usleep(50_000) }
        continue
      }
      let current = board.currentGeneration
      if current != generation {
        generation = current
        rules = board.snapshot
      }
      let now = clock().milliseconds
      fetchAhead(UInt32(taken), of: batch, rules: rules, with: &probes)
      for slot in 0..<UInt32(taken) where batch.peerPort(slot) != 0 {
        serve(slot, of: batch, rules: rules, now: now, with: &answer)
      }
      batch.send()
    }
  }

  /// Has the memory of the names' rules on its way before the first of them is looked up.
  private func fetchAhead(
    _ taken: UInt32, of batch: borrowing DatagramBatch, rules: RuleSnapshot,
    with probes: inout [NameProbe]
  ) {
    guard taken > 1 else { return }
    for slot in 0..<taken {
      probes[Int(slot)] = batch.withQuery(slot) { rules.index.probe($0, at: Header.length) }
    }
    for slot in 0..<taken { rules.index.fetchRecords(of: probes[Int(slot)]) }
  }

  private func serve(
    _ slot: UInt32, of batch: borrowing DatagramBatch, rules: RuleSnapshot, now: Int64,
    with answer: inout AnswerBuffer
  ) {
    let context = QueryContext(transport: .udp, client: batch.client(slot))
    batch.withQuery(slot) { datagram in
      switch responder.respond(
        to: datagram, in: context, rules: rules, now: now, into: &answer)
      {
      case .ignore: return
      case .answered: break
      case .resolve(let query):
        let limit = query.datagramLimit(atMost: Int(BlockedAnswerWriter.udpSize))
        if let hit = cache.lookup(query, in: datagram, at: now) {
          responder.finish(
            hit, for: query, in: datagram, rules: rules, now: now, limit: limit,
            into: &answer)
        } else {
          let pending = PendingQuery(
            query: query, message: Array(datagram), context: context, limit: limit,
            peer: batch.peer(slot))
          guard !handOver(pending) else { return }
          PlainAnswerWriter.write(
            .servFail, to: query, from: datagram,
            explanation: ExtendedError(.other, extraText: "too many queries wait"), into: &answer)
        }
      }
      batch.setAnswer(slot, answer.answer)
    }
  }
}

/// A query by UDP that waits for its resolution.
struct PendingQuery: Sendable {
  let query: QuestionView
  let message: [UInt8]
  let context: QueryContext
  let limit: Int
  let peer: DatagramPeer
}

/// Tells workers to stop.
final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}

extension Array where Element == UInt8 {
  /// A copy of the octets of a span.
  fileprivate init(_ span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}
