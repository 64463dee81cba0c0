internal import DomainNames
internal import Egress

/// Which servers answer for which names or addresses: a registry of IANA's (RFC 9224).
struct RDAPBootstrap: Sendable {
  /// The files of the registry.
  enum File: String, Sendable, CaseIterable {
    case dns = "dns.json"
    case ipv4 = "ipv4.json"
    case ipv6 = "ipv6.json"
  }

  private var names: [DomainName: String] = [:]
  private var ranges: [AddressRange: String] = [:]

  /// The most octets of a file: that of names has about 200 KB.
  static let byteLimit = 4 << 20

  /// The registry that knows nothing.
  init() {}

  /// Reads a file: `{"services": [[[entry…], [URL…]]…]}` (RFC 9224, Section 3).
  ///
  /// Entries that are neither a name nor a range are passed over.
  init(_ document: JSONDocument) throws(ContactFault) {
    guard case .array(let services)? = document["services"] else {
      throw .unreadable("it is no bootstrap registry: it has no services")
    }
    for service in services {
      let parts = service.elements
      guard parts.count >= 2, let server = Self.preferred(parts[1].strings) else { continue }
      for entry in parts[0].strings { add(entry, server) }
    }
  }

  /// Adds an entry: a top-level domain, any other name, or a range of addresses.
  ///
  /// - Returns: false for what is none of these.
  @discardableResult
  mutating func add(_ entry: String, _ server: String) -> Bool {
    let base = server.hasSuffix("/") ? server : server + "/"
    if let range = AddressRange(entry) {
      ranges[range] = base
    } else if let name = try? DomainName(international: entry), !name.isRoot {
      names[name] = base
    } else {
      return false
    }
    return true
  }

  /// The server to ask about a name: that of the longest matching entry (RFC 9224, Section 4).
  func server(for name: DomainName) -> String? {
    ([name] + name.ancestors).lazy.compactMap { names[$0] }.first
  }

  /// The server to ask about an address: that of the longest matching range (Section 5).
  func server(for address: IPAddress) -> String? {
    (0...address.family.bits).reversed().lazy
      .compactMap { AddressRange(address, prefixLength: $0) }.compactMap { ranges[$0] }.first
  }

  /// The first URL that is `https`, else the first of all (RFC 9224, Section 3).
  private static func preferred(_ urls: [String]) -> String? {
    let usable = urls.filter { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
    return usable.first { $0.hasPrefix("https://") } ?? usable.first
  }
}
