internal import CDatagram
internal import NIOCore

extension ClientAddress {
  /// The address of a connection's other end; nil where it has none, as after a reset.
  ///
  /// Safety: the socket address is lent for the call alone, is as long as its family says, and the
  /// function reads no more than that.
  init?(_ address: SocketAddress?) {
    guard let address else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    address.withSockAddr { pointer, _ in cordon_address_octets(pointer, &high, &low) }
    guard high | low != 0 else { return nil }
    self.init(high: high, low: low)
  }
}
