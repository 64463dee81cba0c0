/// What finds the addresses of names.
public protocol Resolving: Sendable {
  /// All addresses of a name, in the order to try them; empty where it has none.
  ///
  /// - Throws: ``AddressRefusal/unresolved(host:)`` where the question got no answer.
  func addresses(of host: String) async throws(AddressRefusal) -> [IPAddress]
}
