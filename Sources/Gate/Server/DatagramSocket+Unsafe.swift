internal import CDatagram

/// A UDP socket and a batch of datagrams on it, for one worker.
///
/// Safety: the batch is owned by this value alone and destroyed with it; a slot's pointers are used
/// only while the closure that gets their spans runs, and only for slots below the number taken.
/// The descriptor stays open until ``close()``, which the owner calls when nobody sends any more.
struct DatagramBatch: ~Copyable {
  private let batch: OpaquePointer
  private let socket: DatagramSocket
  private let answerSize: Int

  /// Datagrams taken at a time, at most.
  static let slots: UInt32 = 64

  init?(
    on socket: DatagramSocket, slots: UInt32 = Self.slots, querySize: Int = 4096,
    answerSize: Int = 1232
  ) {
    guard let batch = cordon_batch_create(slots, querySize, answerSize) else { return nil }
    self.batch = batch
    self.socket = socket
    self.answerSize = answerSize
  }

  deinit {
    cordon_batch_destroy(batch)
  }

  /// Makes the thread a worker: one with counters of its own, and perhaps a processor of its own.
  ///
  /// - Parameters:
  ///   - number: from 1 on.
  ///   - place: which of the processors it keeps to; nil for any.
  static func beginWorker(_ number: Int, place: Int?) {
    cordon_worker_begin(Int32(truncatingIfNeeded: number))
    // A worker that cannot be pinned works as well as any other.
    if let place { _ = cordon_keep_to_processor(UInt32(truncatingIfNeeded: place)) }
  }

  /// Waits a moment for datagrams; answers how many there are, or a negative error number.
  func receive() -> Int32 {
    cordon_batch_receive(batch, socket.descriptor)
  }

  /// Lets a body read the query of a slot.
  @inline(__always)
  func withQuery<Value>(_ slot: UInt32, _ body: (Span<UInt8>) -> Value) -> Value {
    var length = 0
    let start = cordon_batch_query(batch, slot, &length)
    return body(Span(_unsafeElements: UnsafeBufferPointer(start: start, count: length)))
  }

  /// The room for the answer of a slot; to be used only while this batch is, and for one slot at a time.
  @inline(__always)
  func answerRoom(_ slot: UInt32) -> AnswerBuffer {
    guard let room = cordon_batch_answer(batch, slot) else { return AnswerBuffer(capacity: 0) }
    return AnswerBuffer(borrowing: UnsafeMutableRawPointer(room), capacity: answerSize)
  }

  /// Says that the first octets of a slot's room are its answer.
  @inline(__always)
  func setAnswer(_ slot: UInt32, length: Int) {
    cordon_batch_set_answer(batch, slot, length)
  }

  /// Who sent the query of a slot.
  func peer(_ slot: UInt32) -> DatagramPeer {
    var peer = cordon_peer()
    cordon_batch_peer(batch, slot, &peer)
    return DatagramPeer(socket: socket, peer: peer)
  }

  /// The address of who sent the query of a slot.
  func client(_ slot: UInt32) -> ClientAddress {
    var (high, low): (UInt64, UInt64) = (0, 0)
    cordon_batch_client(batch, slot, &high, &low)
    return ClientAddress(high: high, low: low)
  }

  /// The port that the query of a slot came from.
  func peerPort(_ slot: UInt32) -> UInt16 {
    cordon_batch_peer_port(batch, slot)
  }

  /// Sends all answers set since the last ``receive()``.
  func send() {
    cordon_batch_send(batch, socket.descriptor)
  }
}

/// A bound UDP socket.
struct DatagramSocket: Sendable {
  let descriptor: Int32

  /// Binds to a numeric address; throws the system's error number.
  init(address: String, port: UInt16) throws(SocketFault) {
    let result = cordon_datagram_open(address, port)
    guard result >= 0 else { throw SocketFault(number: -result) }
    descriptor = result
  }

  var port: UInt16 { cordon_datagram_port(descriptor) }

  /// Has each worker take the queries that come in on the processor it keeps to.
  ///
  /// This is one of the sockets of an address, which were opened one for each worker; where there are
  /// more of them than processors, or the kernel will not, queries are shared out as before.
  func steer(to workers: Int) {
    _ = cordon_datagram_steer(descriptor, UInt32(truncatingIfNeeded: workers))
  }

  func close() {
    cordon_datagram_close(descriptor)
  }
}

/// An error number of the system.
struct SocketFault: Error {
  let number: Int32
}

/// Someone who waits for an answer by UDP.
///
/// Safety: `cordon_peer` is plain octets without pointers.
struct DatagramPeer: @unchecked Sendable {
  private let socket: DatagramSocket
  private let peer: cordon_peer

  init(socket: DatagramSocket, peer: cordon_peer) {
    self.socket = socket
    self.peer = peer
  }

  /// Sends an answer; one that the kernel will not take is lost, as UDP may.
  func send(_ answer: ArraySlice<UInt8>) {
    var peer = peer
    _ = answer.withUnsafeBufferPointer {
      cordon_datagram_send(socket.descriptor, &peer, $0.baseAddress, $0.count)
    }
  }
}
