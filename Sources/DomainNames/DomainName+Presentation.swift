/// Presentation form: the text of zone files and of people (RFC 1035, Section 5.1).
extension DomainName {
  /// Reads ASCII presentation form, with or without the final dot, with `\.` and `\DDD` escapes.
  ///
  /// Spaces and control characters must be escaped. "." is the root. International text is read by
  /// ``init(international:)``.
  ///
  /// - Throws: ``Invalid`` where the text is not a name.
  public init(presentation text: some StringProtocol) throws(Invalid) {
    var scan = PresentationScan()
    var octets = Array(text.utf8)[...]
    if octets.elementsEqual([UInt8(ascii: ".")]) {
      self = .root
      return
    }
    while let octet = octets.popFirst() {
      guard octet < 0x80 else { throw .notASCII }
      switch octet {
      case UInt8(ascii: "."): try scan.endLabel()
      case UInt8(ascii: "\\"): try scan.append(Self.unescape(&octets))
      case 0...0x20, 0x7F: throw .badEscape
      default: try scan.append(octet)
      }
    }
    self.init(canonical: try scan.finish())
  }

  /// Reads what follows a backslash.
  private static func unescape(_ octets: inout ArraySlice<UInt8>) throws(Invalid) -> UInt8 {
    guard let first = octets.popFirst() else { throw .badEscape }
    guard let digit = first.decimalDigit else {
      guard first < 0x80 else { throw .notASCII }
      return first
    }
    guard let second = octets.popFirst()?.decimalDigit, let third = octets.popFirst()?.decimalDigit
    else { throw .badEscape }
    guard let value = UInt8(exactly: digit * 100 + second * 10 + third) else { throw .badEscape }
    return value
  }
}

/// The labels read so far.
private struct PresentationScan {
  var wire: [UInt8] = []
  var label: [UInt8] = []

  mutating func append(_ octet: UInt8) throws(DomainName.Invalid) {
    label.append(octet.asciiLowercased)
    guard label.count <= DomainName.maximumLabelLength else {
      throw .labelTooLong(octets: label.count)
    }
  }

  mutating func endLabel() throws(DomainName.Invalid) {
    guard !label.isEmpty else { throw .emptyLabel }
    wire.append(UInt8(label.count))
    wire += label
    label.removeAll(keepingCapacity: true)
    guard wire.count < DomainName.maximumLength else { throw .tooLong(octets: wire.count + 1) }
  }

  mutating func finish() throws(DomainName.Invalid) -> [UInt8] {
    if !label.isEmpty { try endLabel() }
    guard !wire.isEmpty else { throw .empty }
    return wire + [0]
  }
}

extension UInt8 {
  /// The value of an ASCII digit, or nil.
  fileprivate var decimalDigit: Int? {
    self >= 0x30 && self <= 0x39 ? Int(self) - 0x30 : nil
  }
}

extension DomainName: CustomStringConvertible {
  /// Presentation form in ASCII, without the final dot; "." for the root.
  public var description: String {
    isRoot ? "." : labels.map(Self.text).joined(separator: ".")
  }

  /// One label in presentation form.
  static func text(of label: ArraySlice<UInt8>) -> String {
    label.reduce(into: "") { $0 += escaped($1) }
  }

  /// One octet of a label as text: itself where that is safe, else `\X` or `\DDD`.
  private static func escaped(_ octet: UInt8) -> String {
    switch octet {
    case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "$"):
      return "\\" + String(UnicodeScalar(octet))
    case 0x21...0x7E:
      return String(UnicodeScalar(octet))
    default:
      let digits = String(octet)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
  }
}
