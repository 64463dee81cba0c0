/// A block of addresses: those that begin alike (RFC 4632, RFC 4291).
public struct AddressPrefix: Sendable, Hashable, CustomStringConvertible {
  /// The least and the greatest address, as numbers; IPv4 ones stand in `::ffff:0:0/96`.
  let range: ClosedRange<UInt128>
  /// Whether it is of IPv4: `::/0` holds every IPv6 address, and no IPv4 one.
  let isIPv4: Bool
  /// The block as it was written.
  public let description: String

  /// Reads `192.0.2.0/24`, `2001:db8::/32`, or a single address.
  ///
  /// It answers nil for anything else, also where the address has bits beyond the prefix: who writes
  /// `192.0.2.7/24` may have meant either.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let octets = BlockPageAddresses.octets(of: String(parts[0])),
      let address = ClientAddress(octets)
    else { return nil }
    let width = octets.count * 8
    var length = width
    if parts.count == 2 {
      guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(parts[1]), number <= width
      else { return nil }
      length = number
    }
    let free = UInt128(1) << UInt128(width - length) &- 1
    guard address.number & free == 0 else { return nil }
    range = address.number...(address.number | free)
    isIPv4 = octets.count == 4
    description = text
  }

  /// This host, and networks that are nobody's in particular: those of RFC 1918, RFC 3927, RFC 4193,
  /// RFC 4291 and RFC 6598.
  public static let local = [
    "127.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10",
  ].compactMap { AddressPrefix($0) }
}

extension ClientAddress {
  /// The address as one number; an IPv4 one stands in `::ffff:0:0/96`.
  var number: UInt128 { UInt128(high) << 64 | UInt128(low) }
}

/// Many blocks of addresses, made ready to be looked up.
///
/// A look-up takes as many steps as the number of blocks has bits, and allocates nothing.
struct AddressBlocks: Sendable {
  private let ipv4: Ranges<UInt32>
  private let ipv6: Ranges<UInt128>

  init(_ prefixes: [AddressPrefix]) {
    ipv4 = Ranges(
      prefixes.filter(\.isIPv4).map {
        UInt32(
          truncatingIfNeeded: $0.range.lowerBound)...UInt32(
            truncatingIfNeeded: $0.range.upperBound)
      })
    ipv6 = Ranges(prefixes.filter { !$0.isIPv4 }.map(\.range))
  }

  /// Whether an address is in one of the blocks.
  @inline(__always)
  func contain(_ client: ClientAddress) -> Bool {
    client.ipv4.map(ipv4.contain) ?? ipv6.contain(client.number)
  }

  /// Disjoint ranges, in order.
  private struct Ranges<Number: FixedWidthInteger & Sendable>: Sendable {
    private var firsts: [Number] = []
    private var lasts: [Number] = []

    init(_ ranges: [ClosedRange<Number>]) {
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let last = lasts.last, range.lowerBound <= last {
          lasts[lasts.count - 1] = max(last, range.upperBound)
        } else {
          firsts.append(range.lowerBound)
          lasts.append(range.upperBound)
        }
      }
    }

    @inline(__always)
    func contain(_ number: Number) -> Bool {
      var low = 0
      var high = firsts.count
      while low < high {
        let middle = (low &+ high) / 2
        if firsts[middle] <= number { low = middle &+ 1 } else { high = middle }
      }
      return low > 0 && number <= lasts[low &- 1]
    }
  }
}
