internal import CUnbound
internal import NIOPosix
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A libunbound context whose results are collected by one thread.
///
/// ## Safety
///
/// - `handle` is made in `init` and deleted in `shutdown`, after `state.isOpen` became false under the
///   lock and the collecting thread has ended. Every other call that takes `handle` is either made
///   under the lock while `isOpen` is true, or by that thread. So no call meets a deleted context.
/// - libunbound gets no pointer to our objects. The `mydata` of a query is a number, its ticket; the
///   callback looks it up in `waiting`. A ticket that is no longer there, because its query was
///   cancelled or its context shut down, is nothing but a number without meaning.
/// - A continuation is resumed by whoever takes it out of `waiting`, so exactly once.
/// - A result belongs to the callback, which copies it and frees it before it returns. Its packet has
///   `answer_len` octets.
final class UnboundContext: @unchecked Sendable {
  // Unchecked for `handle` alone, a pointer: see Safety.

  /// What libunbound found.
  struct Resolution: Sendable {
    /// The message; empty where there is none.
    var packet: [UInt8]
    /// The response code, SERVFAIL where the resolution failed.
    var responseCode: Int
    /// Whether the data was verified by DNSSEC.
    var isSecure: Bool
    /// Why the data failed verification; nil where it did not.
    var bogusReason: String?
  }

  /// Why there is no result.
  enum Failure: Error, Sendable, Hashable {
    /// The query was cancelled or the context is shut down.
    case cancelled
    /// libunbound's own words for what went wrong.
    case library(String)
  }

  /// A setting libunbound does not take.
  struct SetupError: Error, Sendable, Hashable {
    let setting: String
    let reason: String
  }

  private struct State {
    var isOpen = true
    /// libunbound's numbers of this context's queries, by ticket.
    var queries: [UInt: CInt] = [:]
  }

  private let handle: OpaquePointer
  private let state = Mutex(State())
  private let collector = NIOThreadPool(numberOfThreads: 1)
  /// Both ends of a pipe; writing to it ends the collecting thread.
  private let wake: (read: CInt, write: CInt)

  /// Makes a context and applies settings.
  ///
  /// - Throws: ``SetupError`` with the setting that was refused.
  init(_ settings: [Setting]) throws(SetupError) {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw SetupError(setting: "a pipe", reason: "the system has no more file descriptors")
    }
    wake = (ends[0], ends[1])
    guard let handle = ub_ctx_create() else {
      close(ends[0])
      close(ends[1])
      throw SetupError(setting: "libunbound", reason: "it could not start; memory may be short")
    }
    self.handle = handle
    // Its complaints would go to our standard error; what matters comes with each result.
    ub_ctx_debugout(handle, nil)
    do throws(SetupError) {
      for setting in settings { try Self.apply(setting, to: handle) }
      guard ub_ctx_async(handle, 1) == 0 else {
        throw SetupError(setting: "threads", reason: "this libunbound was built without threads")
      }
      try Self.settle(handle, settings)
    } catch {
      ub_ctx_delete(handle)
      close(ends[0])
      close(ends[1])
      throw error
    }
    collector.start()
    collector.submit { [self] state in
      if state == .active { collect() }
    }
  }

  // MARK: - Settings

  /// One thing libunbound can be told before it starts.
  enum Setting: Sendable, Hashable {
    /// An option of unbound.conf.
    case option(String, String)
    /// A file with trust anchors as DS or DNSKEY records.
    case trustAnchorFile(String)
    /// A trust anchor as a DS or DNSKEY record on one line.
    case trustAnchor(String)
    /// A zone whose authoritative server is known; the address may have `@port`.
    case stub(zone: String, address: String)
    /// A resolver to ask instead of recursing; the address may have `@port`.
    case forward(address: String)

    /// The file this setting names; nil where it names none.
    fileprivate var file: String? {
      switch self {
      case .option("root-hints", let path), .trustAnchorFile(let path): path
      case .option, .trustAnchor, .stub, .forward: nil
      }
    }
  }

  private static func apply(
    _ setting: Setting, to handle: OpaquePointer
  ) throws(SetupError) {
    let (name, code) =
      switch setting {
      case .option(let key, let value):
        ("\(key): \(value)", ub_ctx_set_option(handle, key + ":", value))
      case .trustAnchorFile(let path):
        ("trust anchors in \(path)", ub_ctx_add_ta_file(handle, path))
      case .trustAnchor(let record):
        ("trust anchor \(record)", ub_ctx_add_ta(handle, record))
      case .stub(let zone, let address):
        ("stub \(zone) at \(address)", ub_ctx_set_stub(handle, zone, address, 0))
      case .forward(let address):
        ("forwarder \(address)", ub_ctx_set_fwd(handle, address))
      }
    guard code == 0 else {
      throw SetupError(setting: name, reason: String(cString: ub_strerror(code)))
    }
  }

  /// Has the settings checked that libunbound would otherwise look at with the first query.
  private static func settle(
    _ handle: OpaquePointer, _ settings: [Setting]
  ) throws(SetupError) {
    let files = settings.compactMap(\.file)
    for file in files where access(file, R_OK) != 0 {
      throw SetupError(setting: "the file \(file)", reason: "it cannot be read")
    }
    // The zone does not exist, so nothing happens but that the settings are final.
    let code = ub_ctx_zone_remove(handle, "settle.invalid.")
    guard code == 0 else {
      throw SetupError(
        setting: files.isEmpty ? "its settings" : files.joined(separator: " or "),
        reason: String(cString: ub_strerror(code)))
    }
  }

  // MARK: - Queries

  private struct Waiting {
    let context: UnboundContext
    let continuation: CheckedContinuation<Result<Resolution, Failure>, Never>
  }

  private struct Tickets {
    var next: UInt = 1
    var waiting: [UInt: Waiting] = [:]
  }

  /// Everyone who waits for a result, of any context, by ticket.
  private static let tickets = Mutex(Tickets())

  /// Resolves a name.
  ///
  /// - Parameters:
  ///   - name: the name in presentation form, with its final dot.
  ///   - type: the number of the type.
  ///   - recordClass: the number of the class.
  /// - Returns: What was found, SERVFAIL and bogus data included.
  /// - Throws: ``Failure`` where there is no result.
  func resolve(name: String, type: UInt16, recordClass: UInt16) async throws(Failure) -> Resolution
  {
    let ticket = Self.tickets.withLock { tickets in
      defer { tickets.next += 1 }
      return tickets.next
    }
    return try await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waiting = Waiting(context: self, continuation: continuation)
        Self.tickets.withLock { $0.waiting[ticket] = waiting }
        if let failure = start(ticket, name: name, type: type, recordClass: recordClass) {
          Self.finish(ticket, .failure(failure))
        } else if Task.isCancelled {
          cancel(ticket)
        }
      }
    } onCancel: {
      cancel(ticket)
    }.get()
  }

  private func start(
    _ ticket: UInt, name: String, type: UInt16, recordClass: UInt16
  ) -> Failure? {
    state.withLock { state in
      guard state.isOpen else { return .cancelled }
      var query: CInt = 0
      let code = ub_resolve_async(
        handle, name, CInt(type), CInt(recordClass), UnsafeMutableRawPointer(bitPattern: ticket),
        { data, code, result in UnboundContext.take(data, code, result) }, &query)
      guard code == 0 else { return .library(String(cString: ub_strerror(code))) }
      state.queries[ticket] = query
      return nil
    }
  }

  /// Gives a query up.
  ///
  /// Where libunbound no longer knows it, its result is on the way and will find nobody.
  private func cancel(_ ticket: UInt) {
    state.withLock { state in
      guard let query = state.queries.removeValue(forKey: ticket), state.isOpen else { return }
      ub_cancel(handle, query)
    }
    Self.finish(ticket, .failure(.cancelled))
  }

  private static func finish(_ ticket: UInt, _ outcome: Result<Resolution, Failure>) {
    guard let waiting = tickets.withLock({ $0.waiting.removeValue(forKey: ticket) }) else { return }
    waiting.context.state.withLock { _ = $0.queries.removeValue(forKey: ticket) }
    waiting.continuation.resume(returning: outcome)
  }

  // MARK: - Results

  /// Waits for results and has libunbound hand them out, until the pipe is written to.
  private func collect() {
    var ready = [
      pollfd(fd: ub_fd(handle), events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let count = poll(&ready, nfds_t(ready.count), -1)
      guard count > 0 || errno == EINTR else { return }
      guard count > 0 else { continue }
      guard ready[1].revents == 0, ready[0].revents & ~Int16(POLLIN) == 0 else { return }
      ub_process(handle)
    }
  }

  /// The callback of every query.
  private static func take(
    _ data: UnsafeMutableRawPointer?, _ code: CInt, _ result: UnsafeMutablePointer<ub_result>?
  ) {
    defer { ub_resolve_free(result) }
    let ticket = UInt(bitPattern: data)
    if code != 0 {
      finish(ticket, .failure(.library(String(cString: ub_strerror(code)))))
    } else if let result {
      finish(ticket, .success(Resolution(result.pointee)))
    } else {
      finish(ticket, .failure(.library("no result")))
    }
  }

  // MARK: - The end

  /// Cancels all queries, ends the thread and frees the context; a second call does nothing.
  func shutdown() async {
    let open = state.withLock { state -> [UInt]? in
      guard state.isOpen else { return nil }
      state.isOpen = false
      return Array(state.queries.keys)
    }
    guard let open else { return }
    for ticket in open { Self.finish(ticket, .failure(.cancelled)) }
    var octet: UInt8 = 0
    _ = write(wake.write, &octet, 1)
    // An error here says that the pool was shut down before, which only this function does.
    try? await collector.shutdownGracefully()
    ub_ctx_delete(handle)
    close(wake.read)
    close(wake.write)
  }
}

extension UnboundContext.Resolution {
  fileprivate init(_ result: ub_result) {
    if let packet = result.answer_packet, result.answer_len > 0 {
      let octets = UnsafeRawBufferPointer(start: packet, count: Int(result.answer_len))
      self.packet = Array(octets)
    } else {
      packet = []
    }
    responseCode = Int(result.rcode)
    isSecure = result.secure != 0
    if result.bogus != 0 {
      bogusReason = result.why_bogus.map { String(cString: $0) } ?? "no reason given"
    }
  }
}

extension UnboundContext.SetupError: CustomStringConvertible {
  /// What was refused and why.
  var description: String {
    "libunbound does not take \(setting): \(reason)"
  }
}
