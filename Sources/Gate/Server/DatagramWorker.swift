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
  /// Which of the processors it keeps to; nil for any.
  let place: Int?

  /// What a worker has for itself alone.
  private struct Tools: ~Copyable {
    var limiter: RateLimiter
    var probes = [NameProbe](repeating: NameProbe(), count: Int(DatagramBatch.slots))
    var near = NearAnswers()
  }

  /// What stays the same while a batch is worked on.
  private struct Moment {
    let rules: RuleSnapshot
    /// Milliseconds since 1970.
    let now: Int64
    /// The cache's generation.
    let generation: UInt64
  }

  /// Works until told to stop.
  func run() {
    guard let batch = DatagramBatch(on: socket) else { return }
    DatagramBatch.beginWorker(number, place: place)
    var tools = Tools(
      limiter: RateLimiter(
        limit, key: (.random(in: .min ... .max), .random(in: .min ... .max))))
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
      responder.traffic.queries.add(UInt64(taken))
      let moment = Moment(
        rules: rules, now: clock().milliseconds, generation: cache.generation)
      probe(UInt32(taken), of: batch, rules, &tools.probes)
      for slot in 0..<UInt32(taken) where ReflectingPorts.isFree(batch.peerPort(slot)) {
        serve(slot, of: batch, at: moment, with: &tools)
      }
      batch.send()
    }
  }

  /// Has the memory of the names' rules on its way before the first of them is looked up.
  private func probe(
    _ taken: UInt32, of batch: borrowing DatagramBatch, _ rules: RuleSnapshot,
    _ probes: inout [NameProbe]
  ) {
    for slot in 0..<taken {
      probes[Int(slot)] = batch.withQuery(slot) { rules.index.probe($0, at: Header.length) }
    }
    guard taken > 1 else { return }
    for slot in 0..<taken { rules.index.fetchRecords(of: probes[Int(slot)]) }
  }

  private func serve(
    _ slot: UInt32, of batch: borrowing DatagramBatch, at moment: Moment,
    with tools: inout Tools
  ) {
    let context = QueryContext(transport: .udp, client: batch.client(slot))
    // One query of each batch is enough for the brake, and costs next to nothing.
    let isCounted = slot == 0
    var answer = batch.answerRoom(slot)
    batch.withQuery(slot) { datagram in
      let step = responder.respond(
        to: datagram, in: context, rules: moment.rules, now: moment.now, isCounted: isCounted,
        probed: tools.probes[Int(slot)], limiter: &tools.limiter, into: &answer)
      switch step {
      case .ignore: answer.clear()
      case .answered: break
      case .resolve(let query, let wishes):
        let limit = query.datagramLimit(atMost: Int(BlockedAnswerWriter.udpSize))
        let key = cache.key(of: query, in: datagram)
        let isNear = tools.near.use(
          key, for: query, in: datagram, generation: moment.generation, at: moment.now
        ) { parts, image, age in
          responder.traffic.hits.add(1)
          responder.finish(
            parts, image, AnswerImage.Use(age: age), for: query, wishes, in: datagram,
            from: context, rules: moment.rules, now: moment.now, limit: limit,
            isCounted: isCounted, into: &answer)
        }
        guard !isNear else { break }
        if let hit = cache.lookup(query, key, in: datagram, at: moment.now) {
          tools.near.keep(hit, key, generation: moment.generation, at: moment.now)
          responder.traffic.hits.add(1)
          if hit.isDueForRefresh, let question = try? UpstreamQuery(query, in: datagram) {
            refresher.request(question)
          }
          responder.finish(
            hit, for: query, in: datagram, from: context, rules: moment.rules, now: moment.now,
            limit: limit, isCounted: isCounted, into: &answer)
          break
        }
        let pending = PendingQuery(
          query: query, message: Array(datagram), context: context, limit: limit,
          peer: batch.peer(slot))
        if handOver(pending) {
          answer.clear()
        } else {
          responder.fail(
            query, in: datagram, from: context, now: moment.now,
            because: ExtendedError(.other, extraText: "too many queries wait"), into: &answer)
        }
      }
    }
    batch.setAnswer(slot, length: answer.length)
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
