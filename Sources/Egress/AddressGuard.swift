/// Decides which addresses may be connected to, and says so before each connection.
///
/// A stranger can name any host, and a name can point anywhere and change between two looks (DNS
/// rebinding). So a host is resolved here, each address is judged, and the caller connects to the
/// very addresses that come back, never to the name.
public struct AddressGuard: Sendable {
  /// How many addresses of one name are looked at.
  public static let maximumAddresses = 32

  /// What may be asked, beside public addresses at the usual ports.
  public struct Rules: Sendable, Hashable {
    /// Ports that may be asked on public addresses; nil for all.
    public var ports: Set<Int>?
    /// Places that may be asked whatever the other rules say.
    public var exceptions: [AddressException]

    /// The ports of the web and those that sites commonly use beside them.
    public static let usualPorts: Set<Int> = [80, 443, 8000, 8008, 8080, 8081, 8443, 8888]

    /// Takes the parts.
    public init(ports: Set<Int>? = usualPorts, exceptions: [AddressException] = []) {
      self.ports = ports
      self.exceptions = exceptions
    }
  }

  private let rules: Rules
  private let resolver: any Resolving

  /// Takes the rules and what finds the addresses of names.
  public init(rules: Rules = Rules(), resolver: any Resolving = SystemResolver()) {
    self.rules = rules
    self.resolver = resolver
  }

  /// Finds the addresses at which a host may be asked.
  ///
  /// - Parameters:
  ///   - host: a name or an address as a URL or a `CONNECT` request writes it.
  ///   - port: the port to connect to.
  /// - Returns: the addresses in the order to try them; never empty.
  /// - Throws: ``AddressRefusal``.
  public func permit(host: String, port: Int) async throws(AddressRefusal) -> [PinnedAddress] {
    let parsed: WebHost
    do {
      // A CONNECT request may write an IPv6 address without brackets.
      parsed = try IPAddress(host).map { .address($0) } ?? WebHost(host)
    } catch {
      throw .badHost("\(error)")
    }
    return try await permit(parsed, port: port)
  }

  /// The addresses at which a parsed host may be asked.
  public func permit(_ host: WebHost, port: Int) async throws(AddressRefusal) -> [PinnedAddress] {
    let addresses: [IPAddress]
    switch host {
    case .address(let address): addresses = [address]
    case .name(let name): addresses = try await resolver.addresses(of: name)
    }
    guard !addresses.isEmpty else { throw .unresolved(host: host.description) }
    var refusal = ""
    var permitted: [PinnedAddress] = []
    for address in addresses.prefix(Self.maximumAddresses) {
      if let reason = reason(against: address, of: host, port: port) {
        if refusal.isEmpty { refusal = reason }
      } else {
        permitted.append(PinnedAddress(host: host, address: address, port: port))
      }
    }
    guard !permitted.isEmpty else { throw .refused(refusal) }
    return permitted
  }

  /// Why a host may not be asked, as far as is known without resolving it; nil where nothing is.
  public func refusal(of host: WebHost, port: Int) -> AddressRefusal? {
    guard case .address(let address) = host else { return nil }
    return reason(against: address, of: host, port: port).map { .refused($0) }
  }

  /// Why an address may not be asked; nil where it may.
  private func reason(against address: IPAddress, of host: WebHost, port: Int) -> String? {
    if rules.exceptions.contains(where: { $0.permits(host: host, address: address, port: port) }) {
      return nil
    }
    if let reason = SpecialAddresses.reason(against: address) {
      switch host {
      case .address: return "\(host) is \(reason)"
      case .name: return "\(host) is at \(address), which is \(reason)"
      }
    }
    guard rules.ports?.contains(port) ?? true else {
      return "port \(port) of \(host) is not among those that the configuration allows"
    }
    return nil
  }
}

/// A host and the one address at which it may be asked: only the guard makes these.
public struct PinnedAddress: Sendable, Hashable {
  /// The host that was asked for.
  public let host: WebHost
  /// The address to connect to.
  public let address: IPAddress
  /// The port to connect to.
  public let port: Int

  fileprivate init(host: WebHost, address: IPAddress, port: Int) {
    self.host = host
    self.address = address
    self.port = port
  }
}
