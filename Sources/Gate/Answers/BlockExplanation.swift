internal import DNSWire
internal import Enforcement

/// The reason that a blocked answer carries: an extended DNS error (RFC 8914).
struct BlockExplanation {
  /// Longest text, in octets, so that an answer fits any datagram of 512 octets that has EDNS.
  static let maximumText = 300

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
  /// Where room is short the authority's name is cut, never the reference or the address.
  private static func text(of rules: OrderRules) -> String {
    let head = "Order \(rules.reference)"
    let tail =
      ", until \(rules.notAfter.date)."
      + (rules.contestAddress.map { " Read and contest: \($0)" } ?? "")
    let room = maximumText - head.utf8.count - tail.utf8.count - " of ".utf8.count
    let authority = rules.authority.prefix(octets: room)
    return authority.isEmpty
      ? (head + tail).prefix(octets: maximumText) : "\(head) of \(authority)\(tail)"
  }

  /// The whole option: code, length, data.
  var encodedOption: [UInt8] {
    let option = error.option
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
