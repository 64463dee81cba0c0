internal import Foundation

/// Addresses of the page that explains a block, for orders that are answered with an address.
public struct BlockPageAddresses: Sendable, Hashable {
  /// Four octets, or nil.
  public var ipv4: [UInt8]?
  /// Sixteen octets, or nil.
  public var ipv6: [UInt8]?

  /// Takes the addresses.
  public init(ipv4: [UInt8]? = nil, ipv6: [UInt8]? = nil) {
    self.ipv4 = ipv4
    self.ipv6 = ipv6
  }

  /// The octets of a numeric address; nil where the text is none.
  public static func octets(of text: String) -> [UInt8]? {
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, text, &four) == 1 { return four }
    var six = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET6, text, &six) == 1 ? six : nil
  }
}
