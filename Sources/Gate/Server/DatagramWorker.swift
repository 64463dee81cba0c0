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
  let refresher: Refresher
  let clock: @Sendable () -> Instant
  let isStopping: StopFlag
  /// How much each network may be answered.
  let limit: ClientConfiguration.Limit
  /// Takes a query that must be resolved; false where too many wait.
  let handOver: @Sendable (PendingQuery) -> Bool
  /// From 1 on; it has counters of its own by that.
  let number: Int
  /// Whether it keeps to one processor.
  let isPinned: Bool

  /// Works until told to stop.
  func run() {
    guard let batch = DatagramBatch(on: socket) else { return }
    DatagramBatch.beginWorker(number, isPinned: isPinned)
    var answer = AnswerBuffer(capacity: Int(BlockedAnswerWriter.udpSize))
    var probes = [NameProbe](repeating: NameProbe(), count: Int(DatagramBatch.slots))
    var limiter = RateLimiter(
      limit, key: (.random(in: .min ... .max), .random(in: .min ... .max)))
    var generation = board.currentGeneration
    var rules = board.snapshot
    while !isStopping.isSet {
      let taken = batch.receive()
      let current = board.currentGeneration
      // Also without queries: a worker at rest must not keep old rules in memory.
      if current != generation {
        generation = current
        rules = board.snapshot
      }
      guard taken > 0 else {
        // A fault of the network is waited out, so that it does not keep a core busy.
        if taken < 0 { usleep(50_000) }
        continue
      }
      let now = clock().milliseconds
      responder.traffic.queries.add(UInt64(taken))
      fetchAhead(UInt32(taken), of: batch, rules: rules, with: &probes)
      for slot in 0..<UInt32(taken) where ReflectingPorts.isFree(batch.peerPort(slot)) {
        serve(slot, of: batch, rules: rules, now: now, limiter: &limiter, with: &answer)
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
    limiter: inout RateLimiter, with answer: inout AnswerBuffer
  ) {
    let context = QueryContext(transport: .udp, client: batch.client(slot))
    // One query of each batch is enough for the brake, and costs next to nothing.
    let isCounted = slot == 0
    batch.withQuery(slot) { datagram in
      switch responder.respond(
        to: datagram, in: context, rules: rules, now: now, isCounted: isCounted, limiter: &limiter,
        into: &answer)
      {
      case .ignore: return
      case .answered: break
      case .resolve(let query):
        let limit = query.datagramLimit(atMost: Int(BlockedAnswerWriter.udpSize))
        if let hit = cache.lookup(query, in: datagram, at: now) {
          responder.traffic.hits.add(1)
          if hit.isDueForRefresh, let question = try? UpstreamQuery(query, in: datagram) {
            refresher.request(question)
          }
          responder.finish(
            hit, for: query, in: datagram, from: context, rules: rules, now: now, limit: limit,
            isCounted: isCounted, into: &answer)
        } else {
          let pending = PendingQuery(
            query: query, message: Array(datagram), context: context, limit: limit,
            peer: batch.peer(slot))
          guard !handOver(pending) else { return }
          responder.fail(
            query, in: datagram, from: context, now: now,
            because: ExtendedError(.other, extraText: "too many queries wait"), into: &answer)
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
