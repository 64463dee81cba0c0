internal import Foundation
internal import NIOCore

/// Why the console cannot start.
enum WebError: Error, Hashable {
  /// Another program listens there.
  case portTaken(String)
  /// The system does not let this user listen there.
  case notAllowed(String)
  /// The address is not one of this machine's.
  case badAddress(String)
  /// Any other fault of the system.
  case system(address: String, reason: String)

  /// What a fault of the system means for an address.
  init(_ error: any Error, address: String) {
    guard let fault = error as? IOError else {
      self = .system(address: address, reason: "\(error)")
      return
    }
    switch fault.errnoCode {
    case EADDRINUSE: self = .portTaken(address)
    case EACCES, EPERM: self = .notAllowed(address)
    case EADDRNOTAVAIL: self = .badAddress(address)
    default:
      self = .system(address: address, reason: String(cString: strerror(fault.errnoCode)))
    }
  }
}

extension WebError: CustomStringConvertible {
  /// A sentence: what, where, and what to do.
  var description: String {
    switch self {
    case .portTaken(let address):
      "\(address) is taken by another program: end that one, or set another address under"
        + " console.listen"
    case .notAllowed(let address):
      "this user may not listen on \(address): ports below 1024 need CAP_NET_BIND_SERVICE"
    case .badAddress(let address):
      "\(address) is not an address of this machine: set console.listen to one, with a port"
    case .system(let address, let reason):
      "the console cannot listen on \(address): \(reason)"
    }
  }
}
