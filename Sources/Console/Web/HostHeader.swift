internal import DomainNames
internal import Foundation
internal import Gate

/// The host that a request is for, as its `Host` field says (RFC 9110, Section 7.2).
///
/// Strict: what is neither a host name of letters, digits, hyphens and underscores nor an address
/// is no host.
struct HostHeader: Hashable {
  /// What kind of host it is.
  enum Kind: Hashable {
    case name(DomainName)
    /// A numeric address, without brackets.
    case address(String)
  }

  let kind: Kind
  let port: Int?

  /// Reads `shop.example`, `shop.example:8080`, `192.0.2.1` or `[2001:db8::1]:8080`.
  init?(_ text: String) {
    guard text.utf8.count <= 300, let (host, port) = Self.parts(of: text) else { return nil }
    self.port = port
    if let address = BlockPageAddresses.octets(of: host) {
      guard text.hasPrefix("[") == (address.count == 16) else { return nil }
      kind = .address(host.lowercased())
      return
    }
    guard !text.hasPrefix("["), host.utf8.allSatisfy(Self.mayStandInName),
      let name = try? DomainName(presentation: host.lowercased()), !name.isRoot
    else { return nil }
    kind = .name(name)
  }

  private static func parts(of text: String) -> (host: String, port: Int?)? {
    let host: Substring
    var rest: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else {
      let end = text.firstIndex(of: ":") ?? text.endIndex
      host = text[..<end]
      rest = text[end...]
    }
    guard !host.isEmpty else { return nil }
    if rest.isEmpty { return (String(host), nil) }
    guard rest.removeFirst() == ":" else { return nil }
    // A colon alone means the standard port (RFC 3986, Section 3.2.3).
    if rest.isEmpty { return (String(host), nil) }
    guard rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(rest) else {
      return nil
    }
    return (String(host), Int(port))
  }

  private static func mayStandInName(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  /// Whether it is a numeric address.
  var isAddress: Bool {
    switch kind {
    case .address: true
    case .name: false
    }
  }
}

/// The hosts under which the console itself is asked; all others are blocked names, or strays.
struct OwnHosts: Sendable {
  private let hosts: Set<String>
  private let wildcardPort: Int?
  private let standardPort: Int

  /// Takes the console's address on the web, and the address on which it listens.
  init(url: String, listening: ListenAddress) {
    let parts = URL(string: url)
    standardPort = parts?.scheme?.lowercased() == "https" ? 443 : 80
    var hosts: Set<String> = [listening.description]
    if let host = parts?.host(percentEncoded: false) {
      let bracketed = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
      let own = bracketed.hasSuffix(".") ? String(bracketed.dropLast()) : bracketed
      hosts.insert("\(own.lowercased()):\(parts?.port ?? standardPort)")
    }
    if listening.address == "127.0.0.1" || listening.address == "::1" {
      hosts.insert("localhost:\(listening.port)")
    }
    self.hosts = hosts
    wildcardPort = ["0.0.0.0", "::"].contains(listening.address) ? listening.port : nil
  }

  /// Whether a request for this host is for the console.
  func contain(_ host: HostHeader) -> Bool {
    let port = host.port ?? standardPort
    switch host.kind {
    case .name(let name): return hosts.contains("\(name):\(port)")
    case .address(let address):
      let text = ListenAddress(address: address, port: port).description
      return hosts.contains(text) || wildcardPort == port
    }
  }
}
