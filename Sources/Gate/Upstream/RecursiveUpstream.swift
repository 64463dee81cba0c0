internal import DNSWire
internal import DomainNames

/// Resolves names from the root down, with DNSSEC validation, by libunbound.
///
/// Data that fails validation is answered with ``UpstreamFailure/bogus(reason:)``, unless the query
/// has CD: libunbound hands out bogus data too and says that it is, so such a query gets it, with AD
/// clear. libunbound validates all the same; there is no way to make it skip that for one query.
final class RecursiveUpstream: Upstream {
  private let context: UnboundContext
  private let shared: SharedExchanges
  private let deadline: Duration

  /// Starts libunbound with a configuration.
  ///
  /// - Throws: ``UnboundContext/SetupError`` with the setting that was refused.
  init(_ configuration: Configuration) throws(UnboundContext.SetupError) {
    context = try UnboundContext(configuration.settings)
    shared = SharedExchanges(limit: configuration.maximumInFlight)
    deadline = configuration.deadline
  }

  func exchange(_ query: UpstreamQuery) async throws(UpstreamFailure) -> [UInt8] {
    try await shared.answer(query) { () async throws(UpstreamFailure) in
      try answer(to: query, from: try await resolve(query))
    }
  }

  /// Cancels what is on its way and frees libunbound; later queries are refused.
  func shutdown() async {
    shared.close()
    await context.shutdown()
    await shared.waitUntilIdle()
  }

  /// How many callers wait for an answer.
  var load: Int { shared.count }

  private enum Race {
    case resolved(Result<UnboundContext.Resolution, UnboundContext.Failure>)
    case late
  }

  private func resolve(
    _ query: UpstreamQuery
  ) async throws(UpstreamFailure) -> UnboundContext.Resolution {
    let name = query.name.isRoot ? "." : "\(query.name)."
    let first = await withTaskGroup(of: Race.self) { [context, deadline] group in
      group.addTask {
        do throws(UnboundContext.Failure) {
          return .resolved(
            .success(
              try await context.resolve(
                name: name, type: query.type.rawValue, recordClass: query.recordClass.rawValue)))
        } catch {
          return .resolved(.failure(error))
        }
      }
      group.addTask {
        // Cancelled as soon as there is a result.
        try? await Task.sleep(for: deadline)
        return .late
      }
      let first = await group.next()
      group.cancelAll()
      return first
    }
    switch first {
    case .resolved(.success(let resolution)): return resolution
    case .resolved(.failure(.cancelled)): throw .cancelled
    case .resolved(.failure(.library)): throw .serverFailure
    case .late, nil: throw Task.isCancelled ? .cancelled : .noReachableAuthority
    }
  }

  private func answer(
    to query: UpstreamQuery, from resolution: UnboundContext.Resolution
  ) throws(UpstreamFailure) -> [UInt8] {
    if let reason = resolution.bogusReason, !query.checkingDisabled {
      throw .bogus(reason: reason)
    }
    // Without a message libunbound's SERVFAIL says that no authority gave a usable answer.
    guard let message = try? Message(parsing: resolution.packet),
      message.responseCode != .servFail,
      message.cnameChain.count < Message.maximumChainLength
    else { throw .noReachableAuthority }
    return message.relayed(for: query, isAuthentic: resolution.isSecure)
  }
}
