import DNSWire
import DomainNames
import NIOPosix

@testable import Gate

extension UpstreamQuery {
  /// Asks for a name in presentation form.
  init(
    _ name: String, _ type: RecordType = .a, wantsDNSSEC: Bool = false,
    checkingDisabled: Bool = false
  ) {
    self.init(
      name: try! DomainName(presentation: name), type: type, wantsDNSSEC: wantsDNSSEC,
      checkingDisabled: checkingDisabled)
  }

  /// The same question as a client asks it.
  func datagram(
    id: UInt16 = 0xABCD, wireName: [UInt8]? = nil, edns: Bool = true,
    flags: HeaderFlags = .recursionDesired
  ) -> [UInt8] {
    let question = try! Question(
      wireName: wireName ?? name.wire, type: type, recordClass: recordClass)
    return Message(
      id: id, flags: checkingDisabled ? flags.union(.checkingDisabled) : flags,
      questions: [question],
      edns: edns || wantsDNSSEC ? EDNS(dnssecOK: wantsDNSSEC) : nil
    ).encoded()
  }
}

extension Upstream {
  /// How a query fails; nil where it does not.
  func failure(of query: UpstreamQuery) async -> UpstreamFailure? {
    do throws(UpstreamFailure) {
      _ = try await exchange(query)
      return nil
    } catch {
      return error
    }
  }
}

extension QuestionView {
  /// The view of a datagram that is a query.
  init(of datagram: [UInt8]) {
    guard case .query(let view) = QuestionView.parse(datagram.span) else {
      preconditionFailure("not a query")
    }
    self = view
  }
}

/// Numbers that look random and are the same in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Lets a test wait until something has happened.
struct Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func send() { continuation.yield() }

  /// Lets all go who wait, now and later.
  func finish() { continuation.finish() }

  /// Waits until it has happened so often.
  func wait(times: Int = 1) async {
    var left = times
    for await _ in stream {
      left -= 1
      if left == 0 { return }
    }
  }
}

/// The same for servers that are asked by datagrams.
func withForwarding<Result: Sendable>(
  to servers: [ServerAddress], tryTimeout: Duration = .seconds(10),
  deadline: Duration = .seconds(60), maximumInFlight: Int = 4096, trustsValidation: Bool = false,
  use: (ForwardingUpstream) async throws -> Result
) async throws -> Result {
  try await withForwarding(
    to: servers.map { UpstreamServer(address: $0) }, tryTimeout: tryTimeout, deadline: deadline,
    maximumInFlight: maximumInFlight, trustsValidation: trustsValidation, use: use)
}

/// Makes a forwarding upstream, lets a test use it and shuts it down.
func withForwarding<Result: Sendable>(
  to servers: [UpstreamServer], tryTimeout: Duration = .seconds(10),
  deadline: Duration = .seconds(60), maximumInFlight: Int = 4096, trustsValidation: Bool = false,
  authorities: String? = nil,
  use: (ForwardingUpstream) async throws -> Result
) async throws -> Result {
  let upstream = try ForwardingUpstream(
    ForwardingUpstream.Configuration(
      servers: servers, authorities: authorities, tryTimeout: tryTimeout, deadline: deadline,
      maximumInFlight: maximumInFlight, trustsValidation: trustsValidation),
    group: MultiThreadedEventLoopGroup.singleton)
  do {
    let result = try await use(upstream)
    await upstream.shutdown()
    return result
  } catch {
    await upstream.shutdown()
    throw error
  }
}
