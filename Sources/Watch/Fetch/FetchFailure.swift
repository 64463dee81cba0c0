internal import Egress

extension FetchFailure: CustomStringConvertible {
  /// What happened, where, and what it was.
  public var description: String {
    switch self {
    case .refusedAddress(let reason): "not asked: \(reason)"
    case .unresolved(let host): "'\(host)' has no address"
    case .unreachable(let reason): "no connection: \(reason)"
    case .timedOut(let reason): "took too long: \(reason)"
    case .tooManyRedirects(let limit): "more than \(limit) redirects"
    case .redirectLoop(let url): "the redirects come back to \(url)"
    case .tooLarge(let limit): "the response's head is larger than \(limit) octets"
    case .badResponse(let reason): "the response is broken: \(reason)"
    case .tls(let reason): "no secure connection: \(reason)"
    case .badURL(let reason): reason
    }
  }

  /// Whether asking again soon may help: the fault lay in the connection, not in what was asked.
  public var isTransient: Bool {
    switch self {
    case .unresolved, .unreachable, .timedOut, .badResponse: true
    case .refusedAddress, .tooManyRedirects, .redirectLoop, .tooLarge, .tls, .badURL: false
    }
  }
}

extension FetchFailure {
  /// What the guard said, as a failure to fetch.
  init(_ refusal: AddressRefusal) {
    switch refusal {
    case .badHost(let reason): self = .badURL(reason)
    case .unresolved(let host): self = .unresolved(host: host)
    case .refused(let reason): self = .refusedAddress(reason)
    }
  }
}
