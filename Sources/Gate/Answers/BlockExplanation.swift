internal import DNSWire
internal import Enforcement

/// The reason that a blocked answer carries: an extended DNS error (RFC 8914).
struct BlockExplanation {
  /// Octets of text up to which the authority is named whole, so that an answer about a name of
  /// usual length fits a datagram of 512 octets.
  static let preferredText = 300

  /// Octets that no text exceeds, so that every answer fits ``BlockedAnswerWriter/udpSize``.
  static let maximumText = 800

  let error: ExtendedError

  init(_ rules: OrderRules) {
    let code: ExtendedError.InfoCode =
      switch rules.origin {
      case .authority: .censored
      case .operator: .blocked
      }
    error = ExtendedError(code, extraText: Self.text(of: rules))
  }

  /// "Order IFRR-2018-117 of Example Supervisor, until 2019-08-24. Read and contest: https://…"
  ///
  /// Where room is short the authority's name is cut, or left out; the reference and the address
  /// stand whole, unless they alone are longer than any text may be.
  private static func text(of rules: OrderRules) -> String {
    let head = "Order \(rules.reference)"
    let tail =
      ", until \(rules.notAfter.date)."
      + (rules.contestAddress.map { " Read and contest: \($0)" } ?? "")
    let room = preferredText - head.utf8.count - tail.utf8.count - " of ".utf8.count
    let authority = rules.authority.prefix(octets: room)
    return authority.isEmpty
      ? (head + tail).prefix(octets: maximumText) : "\(head) of \(authority)\(tail)"
  }

  /// The whole option: code, length, data.
  var encodedOption: [UInt8] { Self.encoded(error.option) }

  /// The option with its code alone.
  var encodedOptionWithoutText: [UInt8] { Self.encoded(ExtendedError(error.infoCode).option) }

  private static func encoded(_ option: EDNSOption) -> [UInt8] {
    let length = option.data.count
    return [
      UInt8(option.code.rawValue >> 8), UInt8(option.code.rawValue & 0xFF),
      UInt8(length >> 8), UInt8(length & 0xFF),
    ] + option.data
  }
}

extension String {
  /// The longest beginning of at most so many octets that ends at a character.
  fileprivate func prefix(octets: Int) -> String {
    guard utf8.count > octets else { return self }
    var text = ""
    for character in self {
      guard text.utf8.count + character.utf8.count <= octets else { break }
      text.append(character)
    }
    return text
  }
}
