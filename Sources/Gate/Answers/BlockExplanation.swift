internal import DNSWire
internal import Enforcement

/// The reason that a blocked answer carries: an extended DNS error (RFC 8914), as text for people, or
/// as structured data for clients that ask for it.
///
/// All forms of it are made once for each order, as whole OPT records; the hot path copies one.
struct BlockExplanation: Sendable {
  /// Octets of text up to which the authority is named whole, so that an answer about a name of
  /// usual length fits a datagram of 512 octets.
  static let preferredText = 300

  /// Octets that no text exceeds, so that every answer fits ``BlockedAnswerWriter/udpSize``.
  static let maximumText = 800

  /// With text.
  private let text: [UInt8]
  /// With structured data; the same as with text where no data fit.
  private let structured: [UInt8]
  /// With structured data for little room: contacts and incident, without justification and
  /// organization; empty where it would say nothing.
  private let leanStructured: [UInt8]
  /// With the code alone.
  private let short: [UInt8]

  init(_ rules: OrderRules) {
    let code = Self.code(of: rules.origin)
    let sentence = Self.sentence(about: rules)
    short = Self.record(code, "")
    text = Self.record(code, sentence)
    let whole = StructuredError(sentence, of: rules)
    let lean = StructuredError(leanOf: rules)
    structured = Self.record(code, whole.json(atMost: Self.maximumText) ?? sentence)
    leanStructured = lean.json(atMost: Self.maximumText).map { Self.record(code, $0) } ?? []
  }

  /// Appends the fullest OPT record that fits; where none does, the shortest.
  ///
  /// - Parameters:
  ///   - answer: what it is appended to.
  ///   - isStructured: whether the client asked for data.
  ///   - room: the octets that are left.
  func append(to answer: inout AnswerBuffer, isStructured: Bool, atMost room: Int) {
    if isStructured {
      if structured.count <= room {
        answer.append(structured)
      } else if !leanStructured.isEmpty, leanStructured.count <= room {
        answer.append(leanStructured)
      } else {
        answer.append(short)
      }
    } else if text.count <= room {
      answer.append(text)
    } else {
      answer.append(short)
    }
  }

  private static func record(_ code: ExtendedError.InfoCode, _ text: String) -> [UInt8] {
    BlockedAnswerWriter.optRecord(with: ExtendedError(code, extraText: text).option.encoded)
  }

  /// 16 for an order of an authority, 15 for a rule of the operator's own (RFC 8914, Sections 4.16
  /// and 4.17).
  private static func code(of origin: OrderOrigin) -> ExtendedError.InfoCode {
    switch origin {
    case .authority: .censored
    case .operator: .blocked
    }
  }

  /// "Order IFRR-2018-117 of Example Supervisor, until 2019-08-24. Read and contest: https://…"
  ///
  /// Where room is short the authority's name is cut, or left out; the reference and the address
  /// stand whole, unless they alone are longer than any text may be.
  private static func sentence(about rules: OrderRules) -> String {
    let head = "Order \(rules.reference)"
    let tail =
      ", until \(rules.notAfter.date)."
      + (rules.contestAddress.map { " Read and contest: \($0)" } ?? "")
    let room = preferredText - head.utf8.count - tail.utf8.count - " of ".utf8.count
    let authority = rules.authority.prefix(octets: room)
    return authority.isEmpty
      ? (head + tail).prefix(octets: maximumText) : "\(head) of \(authority)\(tail)"
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
