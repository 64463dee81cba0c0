/// A wallet address that stands in a text.
public struct WalletAddress: Sendable, Hashable {
  /// Whose ledger it belongs to.
  public var asset: Asset
  /// How it is written.
  public var form: Form
  /// How sure it is that it is one.
  public var strength: Strength
  /// The address, as it stands there.
  public var text: String
  /// Where it stands in the original.
  public var location: Evidence.Location
  /// Whether it is the contract of a well-known token, which no one pays to.
  public var isTokenContract: Bool
  /// Whether it stands in a payment URI such as `bitcoin:`.
  public var isInPaymentURI: Bool

  /// Takes the parts.
  public init(
    asset: Asset, form: Form, strength: Strength, text: String, location: Evidence.Location,
    isTokenContract: Bool = false, isInPaymentURI: Bool = false
  ) {
    self.asset = asset
    self.form = form
    self.strength = strength
    self.text = text
    self.location = location
    self.isTokenContract = isTokenContract
    self.isInPaymentURI = isInPaymentURI
  }

  /// Whose ledger an address belongs to.
  public enum Asset: String, Sendable, Hashable, CaseIterable, Codable {
    case bitcoin, bitcoinCash = "bitcoin-cash", litecoin, dogecoin, dash, zcash, ethereum, tron
    case ripple, monero, ton, stellar, algorand, cardano, cosmos, lightning, solana
  }

  /// How an address is written.
  public enum Form: String, Sendable, Hashable, CaseIterable, Codable {
    case base58Check = "base58check"
    case bech32, bech32m
    case cashAddr = "cashaddr"
    case eip55 = "eip-55"
    case hexadecimal
    case moneroBase58 = "monero-base58"
    case base64CRC = "base64-crc16"
    case base32CRC = "base32-crc16"
    case base32SHA512 = "base32-sha512-256"
    case base58
  }

  /// How sure it is that a text is an address.
  public enum Strength: String, Sendable, Hashable, CaseIterable, Codable {
    /// Its checksum holds.
    case checksum
    /// It has the shape, and no checksum could be asked: never evidence without context.
    case weak
  }
}
