internal import Foundation
internal import NIOCore

extension ClientAddress {
  /// The address of a connection's other end; nil where it has none, as after a reset.
  init?(_ address: SocketAddress?) {
    switch address {
    case .v4(let four): self.init(ipv4: UInt32(bigEndian: four.address.sin_addr.s_addr))
    case .v6(let six):
      let words = six.address.sin6_addr.__in6_u.__u6_addr32
      self.init(
        high: UInt64(UInt32(bigEndian: words.0)) << 32 | UInt64(UInt32(bigEndian: words.1)),
        low: UInt64(UInt32(bigEndian: words.2)) << 32 | UInt64(UInt32(bigEndian: words.3)))
    case .unixDomainSocket, nil: return nil
    }
  }
}
