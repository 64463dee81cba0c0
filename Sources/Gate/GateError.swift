/// Why the gate cannot start.
public enum GateError: Error, Sendable, Hashable {
  /// Another program listens there.
  case portTaken(String, key: String)
  /// The system does not let this user listen there.
  case notAllowed(String)
  /// The address is not one of this machine's, or is no address.
  case badAddress(String, key: String)
  /// Any other fault of the system.
  case system(address: String, reason: String)
  /// This is no resolver's address.
  case badUpstream(String)
  /// The certificates to trust for resolvers cannot be read.
  case authorities(String, reason: String)
  /// There is nobody to forward to.
  case noUpstream
  /// The certificate of the encrypted doors is of no use.
  case certificate(String)
  /// What recursion needs is not there.
  case recursion(String)
  /// The secrets for cookies cannot be read.
  case cookieSecrets(reason: String)
}

extension GateError: CustomStringConvertible {
  /// A sentence: what, where, and what to do.
  public var description: String {
    switch self {
    case .portTaken(let address, let key):
      "\(address) is taken by another program: end that one, or set another address under \(key)"
    case .notAllowed(let address):
      "this user may not listen on \(address): ports below 1024 need CAP_NET_BIND_SERVICE"
    case .badAddress(let address, let key):
      "\(address) is not an address of this machine: set \(key) to one, with a port"
    case .system(let address, let reason):
      "cannot listen on \(address): \(reason)"
    case .badUpstream(let text):
      "\(text) is no resolver: write 192.0.2.1, tcp://192.0.2.1 or tls://192.0.2.1#name.example"
    case .authorities(let path, let reason):
      "the certificates to trust for resolvers cannot be read from \(path): \(reason)"
    case .noUpstream:
      "there is no resolver to forward to: set gate.upstream to addresses, or to `recursive`"
    case .certificate(let reason):
      "\(reason) (gate.tls.certificate, gate.tls.key)"
    case .recursion(let reason):
      "recursion cannot start: \(reason)"
    case .cookieSecrets(let reason):
      "gate.cookies.secrets: \(reason)"
    }
  }
}
