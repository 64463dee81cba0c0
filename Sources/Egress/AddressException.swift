public import DomainNames

/// A place that may be asked although the rules for addresses forbid it, named in the configuration.
///
/// `127.0.0.1:8080` is one port of one address, `10.0.0.0/8` a whole block, `intranet.example` a
/// name and all names below it, `[::1]:443` an IPv6 address with a port.
public struct AddressException: Sendable, Hashable {
  /// What is let through.
  public enum Target: Sendable, Hashable {
    case range(AddressRange)
    case name(DomainName)
  }

  /// What is let through.
  public let target: Target
  /// The port; nil for every port.
  public let port: Int?

  /// Reads an exception; nil where the text is none.
  public init?(_ text: some StringProtocol) {
    if let range = AddressRange(text) {
      target = .range(range)
      port = nil
      return
    }
    var host = text[...]
    var port: Int?
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number)
      else { return nil }
      port = number
      host = text[..<colon]
    }
    guard let parsed = try? WebHost(host) else { return nil }
    self.port = port
    switch parsed {
    case .address(let address):
      guard let range = AddressRange(address, prefixLength: address.family.bits) else { return nil }
      target = .range(range)
    case .name(let name):
      guard let name = try? DomainName(presentation: name) else { return nil }
      target = .name(name)
    }
  }

  /// Whether this exception lets a host be asked at an address and a port.
  func permits(host: WebHost, address: IPAddress, port: Int) -> Bool {
    guard self.port == nil || self.port == port else { return false }
    return covers(host: host, address: address)
  }

  /// Whether this exception speaks of a host or of an address, whatever the port.
  private func covers(host: WebHost, address: IPAddress) -> Bool {
    switch target {
    case .range(let range):
      return range.contains(address)
    case .name(let name):
      guard case .name(let text) = host, let asked = try? DomainName(presentation: text) else {
        return false
      }
      return asked.isAtOrBelow(name)
    }
  }
}
