internal import DomainNames

/// The host of a web address, read as browsers read it (WHATWG URL, Section 3.5).
///
/// So `0x7f.1`, `2130706433`, `127.0.0.1.` and full-width digits are the addresses that a browser
/// would connect to, and are judged as such.
public enum WebHost: Sendable, Hashable {
  /// A name, in ASCII, lower case, without a final dot.
  case name(String)
  /// An address.
  case address(IPAddress)

  /// Reads a host as it stands in a URL, percent-encoded or not, IPv6 in brackets.
  ///
  /// - Throws: ``WebURL/Invalid`` where no browser would connect to it.
  public init(_ text: some StringProtocol) throws(WebURL.Invalid) {
    if let name = Self.plainName(text.utf8) {
      self = .name(name)
      return
    }
    if text.utf8.first == UInt8(ascii: "[") {
      guard text.hasSuffix("]"), let address = IPv6Text.parse(text.dropFirst().dropLast().utf8)
      else { throw .host(String(text.prefix(80))) }
      self = .address(address)
      return
    }
    let ascii = try Self.ascii(of: text)
    if Self.endsInNumber(ascii) {
      guard let bits = Self.number(ascii) else { throw .host(ascii) }
      self = .address(IPAddress(v4: bits))
    } else {
      self = .name(ascii)
    }
  }

  /// The fast path: a name that is already in its final form.
  private static func plainName(_ text: some Collection<UInt8>) -> String? {
    guard (1...253).contains(text.count) else { return nil }
    var label = 0
    var isNumeric = true
    var previous = UInt8(ascii: ".")
    var isAfterHyphens = false
    for octet in text {
      switch octet {
      case UInt8(ascii: "."):
        guard label > 0 else { return nil }
        label = 0
        isNumeric = true
      case 0x61...0x7A, UInt8(ascii: "_"):
        label += 1
        isNumeric = false
      case 0x30...0x39:
        label += 1
      case UInt8(ascii: "-"):
        isAfterHyphens = isAfterHyphens || previous == UInt8(ascii: "-")
        label += 1
        isNumeric = false
      default:
        return nil
      }
      guard label <= DomainName.maximumLabelLength else { return nil }
      previous = octet
    }
    // A-labels are checked, and a last label that starts like a number is read as one, elsewhere.
    guard label > 0, !isNumeric, !isAfterHyphens else { return nil }
    let name = String(decoding: text, as: UTF8.self)
    return endsInNumber(name) ? nil : name
  }

  /// The host in ASCII (UTS 46), every code point that no host may hold refused.
  private static func ascii(of text: some StringProtocol) throws(WebURL.Invalid) -> String {
    let octets = PercentCoding.decoded(text.utf8)
    guard let decoded = String(validating: octets, as: UTF8.self) else {
      throw .host(String(text.prefix(80)))
    }
    var kept = ""
    for scalar in decoded.unicodeScalars where !isIgnored(scalar) {
      switch scalar {
      case "\0"..." ", "#", "/", ":", "<", ">", "?", "@", "[", "\\", "]", "^", "|", "%", "\u{7F}":
        throw .host(String(text.prefix(80)))
      default:
        kept.unicodeScalars.append(scalar)
      }
    }
    if kept.unicodeScalars.allSatisfy({ $0.isASCII }), endsInNumber(kept.lowercased()) {
      return kept.lowercased()
    }
    let name: DomainName
    do {
      name = try DomainName(international: kept)
    } catch {
      throw .host(String(text.prefix(80)))
    }
    guard !name.isRoot, name.description.utf8.allSatisfy({ $0 != UInt8(ascii: "\\") }) else {
      throw .host(String(text.prefix(80)))
    }
    return name.description
  }

  /// Soft hyphens, joiners and the like, which UTS 46 takes away.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B, 0x2060, 0xFEFF: true
    default: false
    }
  }

  /// Whether the last label is a number, so that the whole must be an IPv4 address.
  static func endsInNumber(_ ascii: String) -> Bool {
    let name = ascii.utf8.last == UInt8(ascii: ".") ? ascii.utf8.dropLast() : ascii.utf8[...]
    let dot = name.lastIndex(of: UInt8(ascii: "."))
    let last = name[(dot.map { name.index(after: $0) } ?? name.startIndex)...]
    guard let first = last.first, (0x30...0x39).contains(first) else { return false }
    return last.allSatisfy { (0x30...0x39).contains($0) } || part(last) != nil
  }

  /// The address that one to four numbers, decimal, octal or hexadecimal, stand for.
  private static func number(_ ascii: String) -> UInt32? {
    var parts = ascii.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    guard (1...4).contains(parts.count) else { return nil }
    var bits: UInt64 = 0
    for (index, text) in parts.enumerated() {
      guard let value = part(text) else { return nil }
      guard index < parts.count - 1 else {
        let width = UInt64(8 * (5 - parts.count))
        guard value < 1 << width else { return nil }
        return UInt32(bits << width | value)
      }
      guard value <= 255 else { return nil }
      bits = bits << 8 | value
    }
    return nil
  }

  /// One number of an IPv4 address: `0x` for base 16, a leading zero for base 8.
  private static func part(_ text: some Collection<UInt8>) -> UInt64? {
    guard !text.isEmpty else { return nil }
    var digits = Array(text)[...]
    var base: UInt64 = 10
    if digits.count >= 2, digits.first == UInt8(ascii: "0") {
      digits = digits.dropFirst()
      base = 8
      if digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X") {
        digits = digits.dropFirst()
        base = 16
      }
    }
    var value: UInt64 = 0
    for octet in digits {
      guard let digit = octet.hexadecimalDigit, UInt64(digit) < base else { return nil }
      value = min(value * base + UInt64(digit), 1 << 40)
    }
    return value
  }
}

extension WebHost: CustomStringConvertible {
  /// The host as a URL writes it, IPv6 in brackets.
  public var description: String {
    switch self {
    case .name(let name): name
    case .address(let address):
      switch address.family {
      case .v4: "\(address)"
      case .v6: "[\(address)]"
      }
    }
  }
}
