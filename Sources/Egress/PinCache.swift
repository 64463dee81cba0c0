internal import NIOCore
internal import Synchronization

/// What the guard said of a name, for a short while.
///
/// It does not weaken the guard: the connection goes to the address that was judged, however the
/// name has changed since.
public final class PinCache: Sendable {
  private struct Key: Hashable {
    var name: String
    var port: Int
  }

  private struct Entry {
    var addresses: [PinnedAddress]
    var end: NIODeadline
  }

  /// How many names are kept; past it the cache begins anew.
  private static let capacity = 8_192

  private let addressGuard: AddressGuard
  private let time: TimeAmount
  private let entries = Mutex<[Key: Entry]>([:])

  /// Takes the guard, and how long its word is good for.
  public init(_ addressGuard: AddressGuard, time: Duration) {
    self.addressGuard = addressGuard
    self.time = TimeAmount(time)
  }

  /// The addresses at which a host may be asked.
  ///
  /// - Throws: ``AddressRefusal``.
  public func addresses(of host: WebHost, port: Int) async throws(AddressRefusal) -> [PinnedAddress]
  {
    guard case .name(let name) = host else {
      return try await addressGuard.permit(host, port: port)
    }
    let key = Key(name: name, port: port)
    let now = NIODeadline.now()
    let known = entries.withLock { entries in
      entries[key].flatMap { $0.end > now ? $0.addresses : nil }
    }
    if let known { return known }
    let addresses = try await addressGuard.permit(host, port: port)
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries = [:] }
      entries[key] = Entry(addresses: addresses, end: now + time)
    }
    return addresses
  }

  /// Forgets a name whose addresses did not answer.
  public func forget(_ host: WebHost, port: Int) {
    guard case .name(let name) = host else { return }
    entries.withLock { $0[Key(name: name, port: port)] = nil }
  }
}
