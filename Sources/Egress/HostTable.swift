/// Addresses of names that the configuration gives, before any resolver is asked.
///
/// For sites that the public DNS does not know, such as those of a demonstration. The guard judges
/// these addresses like any other.
public struct HostTable: Resolving {
  private let table: [String: [IPAddress]]
  private let next: (any Resolving)?

  /// Takes the names, in ASCII and lower case, and who is asked for all others.
  public init(_ table: [String: [IPAddress]], next: (any Resolving)? = SystemResolver()) {
    self.table = table
    self.next = next
  }

  /// The addresses in the table, else the next resolver's.
  public func addresses(of host: String) async throws(AddressRefusal) -> [IPAddress] {
    if let known = table[host] { return known }
    return try await next?.addresses(of: host) ?? []
  }
}
