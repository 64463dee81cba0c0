/// A block of addresses: an address and how many of its leading bits count.
public struct AddressRange: Sendable, Hashable {
  /// The first address of the block.
  public let base: IPAddress
  /// How many leading bits all addresses of the block share.
  public let prefixLength: Int

  /// Takes any address of the block; nil where the length is not one the family has.
  public init?(_ address: IPAddress, prefixLength: Int) {
    guard (0...address.family.bits).contains(prefixLength) else { return nil }
    base = address.masked(to: prefixLength)
    self.prefixLength = prefixLength
  }

  /// Reads `10.0.0.0/8`, `fc00::/7`, or a single address.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let address = parts.first.flatMap({ IPAddress($0) }), parts.count <= 2 else { return nil }
    guard parts.count == 2 else {
      self.init(address, prefixLength: address.family.bits)
      return
    }
    guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1])
    else { return nil }
    self.init(address, prefixLength: length)
  }

  /// Whether an address lies in the block; one of the other family never does.
  public func contains(_ address: IPAddress) -> Bool {
    address.family == base.family && address.masked(to: prefixLength) == base
  }
}

extension AddressRange: CustomStringConvertible {
  /// The block as it is written, `10.0.0.0/8`.
  public var description: String { "\(base)/\(prefixLength)" }
}
