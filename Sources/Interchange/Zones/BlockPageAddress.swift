/// An address at which the page stands that explains a block.
public struct BlockPageAddress: Sendable, Hashable {
  /// The address in text form.
  public let text: String
  /// Whether it is of IPv6.
  public let isVersion6: Bool

  /// Takes dotted decimal, or a form of RFC 4291, Section 2.2, without a zone; nil for all else.
  public init?(_ text: String) {
    if let address = IPAddressText(version4: text) {
      (self.text, isVersion6) = (address.text, false)
    } else if let address = IPAddressText(version6: text), !text.utf8.contains(UInt8(ascii: "%")) {
      (self.text, isVersion6) = (address.text, true)
    } else {
      return nil
    }
  }
}
