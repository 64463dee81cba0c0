/// Why a host is not asked.
public enum AddressRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is no host.
  case badHost(String)
  /// It has no address, or nobody could tell.
  case unresolved(host: String)
  /// None of its addresses may be asked.
  case refused(String)

  /// One sentence.
  public var description: String {
    switch self {
    case .badHost(let reason): reason
    case .unresolved(let host): "'\(host)' has no address"
    case .refused(let reason): "not asked: \(reason)"
    }
  }
}
