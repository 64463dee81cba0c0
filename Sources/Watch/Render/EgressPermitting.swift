public import Egress
public import NIOCore

/// Decides whether, and to which addresses, something may connect.
///
/// The browser itself resolves no name: its proxy asks here, and connects to the very addresses
/// that were judged, so that a name cannot change its meaning in between (DNS rebinding).
public protocol EgressPermitting: Sendable {
  /// Judges a host, and says where it is.
  ///
  /// - Parameters:
  ///   - host: a name or an address literal, without brackets.
  ///   - port: the port.
  /// - Returns: the addresses that may be connected to, in the order to try; never empty.
  /// - Throws: `EgressRefusal` where there is none.
  func permit(host: String, port: Int) async throws(EgressRefusal) -> [SocketAddress]
}

/// Why nothing may be connected to.
public enum EgressRefusal: Error, Sendable, Hashable {
  /// The host is, or means, no public web address.
  case refused(String)
  /// The name has no address now.
  case unresolved(String)
}

extension EgressRefusal: CustomStringConvertible {
  /// A sentence: which host, and what is the matter with it.
  public var description: String {
    switch self {
    case .refused(let host): "\(host) is no public web address"
    case .unresolved(let host): "\(host) has no address"
    }
  }
}

extension AddressGuard: EgressPermitting {
  /// The addresses that the fetcher would connect to.
  public func permit(host: String, port: Int) async throws(EgressRefusal) -> [SocketAddress] {
    let pinned: [PinnedAddress]
    do throws(AddressRefusal) {
      pinned = try await permit(host: host, port: port)
    } catch {
      switch error {
      case .unresolved: throw .unresolved(host)
      case .refused, .badHost: throw .refused(host)
      }
    }
    let addresses = pinned.compactMap {
      try? SocketAddress(ipAddress: $0.address.description, port: $0.port)
    }
    guard !addresses.isEmpty else { throw .refused(host) }
    return addresses
  }
}
