/// Addresses that no public web site has, and why (IANA's special-purpose registries; RFC 6890).
///
/// A crawler that follows what strangers write would else be their hand inside the operator's
/// network. What embeds an IPv4 address is judged by it where such sites can exist (IPv4-mapped
/// and NAT64), and refused outright where they no longer do (6to4, Teredo, IPv4-compatible).
enum SpecialAddresses {
  /// Why an address may not be asked; nil for one on the public internet.
  static func reason(against address: IPAddress) -> String? {
    switch address.family {
    case .v4:
      return v4.first { $0.range.contains(address) }?.reason
    case .v6:
      if mapped?.contains(address) == true {
        return reason(against: address.embeddedInLowBits).map { "IPv4-mapped: \($0)" }
      }
      if nat64?.contains(address) == true {
        return reason(against: address.embeddedInLowBits).map { "behind NAT64: \($0)" }
      }
      if let found = v6.first(where: { $0.range.contains(address) }) { return found.reason }
      guard global?.contains(address) == true else { return "reserved" }
      guard address.low >> 32 & 0xFCFF_FFFF == 0x0000_5EFE else { return nil }
      // ISATAP writes an IPv4 address into the interface identifier (RFC 5214, Section 6.1).
      return reason(against: address.embeddedInLowBits).map { "ISATAP: \($0)" }
    }
  }

  private struct Entry {
    let range: AddressRange
    let reason: String

    init?(_ text: String, _ reason: String) {
      guard let range = AddressRange(text) else { return nil }
      self.range = range
      self.reason = reason
    }
  }

  /// The first entry that contains an address names it, so narrow blocks stand before wide ones.
  private static let v4: [Entry] = [
    Entry("169.254.169.254", "the metadata service of a cloud"),
    Entry("100.100.100.200", "the metadata service of a cloud"),
    Entry("168.63.129.16", "the metadata service of a cloud"),
    Entry("0.0.0.0/32", "unspecified"),
    Entry("0.0.0.0/8", "this network (RFC 791)"),
    Entry("10.0.0.0/8", "private (RFC 1918)"),
    Entry("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
    Entry("127.0.0.0/8", "loopback"),
    Entry("169.254.0.0/16", "link-local (RFC 3927)"),
    Entry("172.16.0.0/12", "private (RFC 1918)"),
    Entry("192.0.0.0/24", "protocol assignments (RFC 6890)"),
    Entry("192.0.2.0/24", "documentation (RFC 5737)"),
    Entry("192.88.99.0/24", "6to4 relay (RFC 7526)"),
    Entry("192.168.0.0/16", "private (RFC 1918)"),
    Entry("198.18.0.0/15", "benchmarking (RFC 2544)"),
    Entry("198.51.100.0/24", "documentation (RFC 5737)"),
    Entry("203.0.113.0/24", "documentation (RFC 5737)"),
    Entry("224.0.0.0/4", "multicast"),
    Entry("255.255.255.255", "broadcast"),
    Entry("240.0.0.0/4", "reserved (RFC 1112)"),
  ].compactMap { $0 }

  private static let v6: [Entry] = [
    Entry("::", "unspecified"),
    Entry("::1", "loopback"),
    Entry("::/96", "IPv4-compatible (RFC 4291)"),
    Entry("::ffff:0:0:0/96", "IPv4-translated (RFC 7915)"),
    Entry("64:ff9b:1::/48", "local-use NAT64 (RFC 8215)"),
    Entry("100::/64", "discard-only (RFC 6666)"),
    Entry("2001::/32", "Teredo (RFC 4380)"),
    Entry("2001:2::/48", "benchmarking (RFC 5180)"),
    Entry("2001:10::/28", "ORCHID (RFC 4843)"),
    Entry("2001:20::/28", "ORCHIDv2 (RFC 7343)"),
    Entry("2001::/23", "protocol assignments (RFC 2928)"),
    Entry("2001:db8::/32", "documentation (RFC 3849)"),
    Entry("2002::/16", "6to4 (RFC 3056)"),
    Entry("3fff::/20", "documentation (RFC 9637)"),
    Entry("5f00::/16", "segment routing (RFC 9602)"),
    Entry("fd00:ec2::254", "the metadata service of a cloud"),
    Entry("fc00::/7", "unique local (RFC 4193)"),
    Entry("fe80::/10", "link-local (RFC 4291)"),
    Entry("fec0::/10", "site-local (RFC 3879)"),
    Entry("ff00::/8", "multicast"),
  ].compactMap { $0 }

  private static let mapped = AddressRange("::ffff:0:0/96")
  private static let nat64 = AddressRange("64:ff9b::/96")
  /// All that is assigned for global unicast so far (RFC 4291, Section 2.4).
  private static let global = AddressRange("2000::/3")
}
