/// Wallet addresses in the text and in links.
extension Observer {
  /// Wallet addresses that are kept, at most.
  static let walletBound = 256

  private static let schemes = [
    "bitcoin:", "ethereum:", "tron:", "litecoin:", "dogecoin:", "monero:", "bitcoincash:",
    "lightning:", "ton://transfer/", "solana:", "dash:", "zcash:", "ripple:", "ethereum:pay-",
    "bitcoin://", "cardano:", "stellar:", "web+stellar:pay?destination=",
  ].map { Array($0.utf8) }
  /// The letters that they begin with, a bit for the lower five bits of each.
  private static let schemeLetters = schemes.reduce(UInt32(0)) { $0 | 1 << UInt32($1[0] & 0x1F) }

  /// Whether a reference that begins with an octet may be a payment's.
  @inline(__always)
  static func mayBePayment(_ first: UInt8) -> Bool {
    schemeLetters >> UInt32(first & 0x1F) & 1 == 1
  }

  /// Finds the addresses of the text.
  mutating func findWallets() {
    let range = 0..<text.text.count
    for candidate in AddressFinder.candidates(text.octets, in: range) {
      guard wallets.count < Self.walletBound else { return }
      let original = text.originalOctets(candidate)
      guard let match = match(original) else { continue }
      let isInURI = Self.schemes.contains {
        $0 != Array("bitcoincash:".utf8) && text.octets[..<candidate.lowerBound].ends(with: $0)
      }
      add(
        match, original, location: text.location(candidate),
        regions: text.regions(at: candidate.lowerBound), isInURI: isInURI)
      if match.strength == .checksum {
        builtIn[.wallet, default: []].append(candidate)
      }
    }
  }

  private func match(_ octets: [UInt8]) -> AddressFormat.Match? {
    octets.contains(0x2D) || octets.contains(0x5F)
      ? AddressFormat.ton(octets) : AddressFormat.match(octets)
  }

  private mutating func add(
    _ match: AddressFormat.Match, _ octets: [UInt8], location: Evidence.Location,
    regions: RegionSet, isInURI: Bool
  ) {
    let address = String(decoding: octets, as: UTF8.self)
    let isContract = TokenContracts.contains(address)
    wallets.append(
      WalletAddress(
        asset: match.asset, form: match.form, strength: match.strength, text: address,
        location: location, isTokenContract: isContract, isInPaymentURI: isInURI))
    guard match.strength == .checksum, !isContract else { return }
    tally.add(.wallet, regions: regions, location: location)
    if isInURI { tally.add(.paymentURI, regions: regions, location: location) }
  }

  /// Finds an address in a reference of the markup that begins with the scheme of a payment, or
  /// that carries one, as pictures of codes do.
  ///
  /// `value` is counted in the original, `near` is its text in the folded text.
  mutating func findPayment(
    _ value: Range<Int>, in source: [UInt8], regions: RegionSet, near: Range<Int>?
  ) {
    guard Self.mayBePayment(source[value.lowerBound]),
      let scheme = Self.schemes.first(where: { Self.begins(source, value, with: $0) })
    else { return }
    let rest = value.lowerBound + scheme.count..<value.upperBound
    guard wallets.count < Self.walletBound,
      let candidate = AddressFinder.candidates(source, in: rest).first,
      let match = match(Array(source[candidate]))
    else { return }
    add(
      match, Array(source[candidate]),
      location: .init(part: .html, start: candidate.lowerBound, end: candidate.upperBound),
      regions: regions, isInURI: true)
    if let near, match.strength == .checksum { builtIn[.wallet, default: []].append(near) }
  }

  private static func begins(_ octets: [UInt8], _ range: Range<Int>, with prefix: [UInt8]) -> Bool {
    guard range.count > prefix.count else { return false }
    for (offset, octet) in prefix.enumerated()
    where octets[range.lowerBound + offset] | 0x20 != octet | 0x20 {
      return false
    }
    return true
  }
}

extension ArraySlice<UInt8> {
  /// Whether the octets end with others.
  func ends(with other: [UInt8]) -> Bool {
    count >= other.count && suffix(other.count).elementsEqual(other)
  }
}
