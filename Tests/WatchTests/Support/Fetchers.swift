import Egress
import Enforcement
import NIOCore
import NIOPosix
import Testing

@testable import Watch

/// A moment for tests in which time plays no part.
let someMoment = Instant(seconds: 1_700_000_000)

/// Runs a fetcher that may ask loopback, and ends its connections.
func withFetcher<Result>(
  resolver: any Resolving = HostTable([:], next: nil), exceptions: [String] = ["127.0.0.0/8"],
  group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
  adjust: (inout FetchPolicy) -> Void = { _ in },
  _ body: (Fetcher) async throws -> Result
) async throws -> Result {
  var policy = FetchPolicy(version: "1.0", contact: "https://watch.example/crawler")
  adjust(&policy)
  let rules = AddressGuard.Rules(
    exceptions: try exceptions.map { try #require(AddressException($0)) })
  let fetcher = try Fetcher(
    policy: policy, addressGuard: AddressGuard(rules: rules, resolver: resolver),
    group: group, now: { someMoment })
  do {
    let result = try await body(fetcher)
    await fetcher.shutDown()
    return result
  } catch {
    await fetcher.shutDown()
    throw error
  }
}

extension FetchOutcome {
  /// The page, where there is one.
  var page: FetchedPage? {
    guard case .fetched(let page) = self else { return nil }
    return page
  }

  /// The failure, where there is one.
  var failure: FetchFailure? {
    guard case .failed(let failure, _) = self else { return nil }
    return failure
  }
}
