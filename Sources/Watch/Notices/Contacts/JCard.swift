internal import DomainNames
internal import Egress

/// Who an entity is and how it is reached, as jCard says it (RFC 7095; RFC 9083, Section 5.1).
struct JCard: Sendable, Hashable {
  /// The name (`fn`).
  var name: String?
  /// The organization (`org`), its first unit.
  var organization: String?
  /// The mail addresses, in the order of the card.
  var addresses: [MailAddress] = []
  /// The first telephone number that is no fax.
  var telephone: String?

  /// The most properties that are read, and the most addresses that are kept.
  static let propertyLimit = 128
  static let addressLimit = 8

  /// The empty card.
  init() {}

  /// Reads `["vcard", [[name, parameters, type, value…]…]]`.
  ///
  /// What is not of this form is passed over: a card with one odd property still has an address.
  init(_ value: JSONDocument?) {
    let properties = value?.elements.dropFirst().first?.elements ?? []
    for property in properties.prefix(Self.propertyLimit) {
      let parts = property.elements
      guard parts.count >= 4, let name = parts[0].string?.lowercased() else { continue }
      read(name, parts[1], parts[3])
    }
  }

  private mutating func read(
    _ name: String, _ parameters: JSONDocument, _ value: JSONDocument
  ) {
    switch name {
    case "fn":
      self.name = self.name ?? Self.line(value.string)
    case "org":
      organization = organization ?? Self.line(value.strings.first)
    case "email":
      guard addresses.count < Self.addressLimit, let text = value.string,
        let address = MailAddress(published: text), !addresses.contains(address)
      else { return }
      addresses.append(address)
    case "tel":
      guard telephone == nil, let text = value.string,
        !(parameters["type"]?.strings ?? []).contains(where: { $0.lowercased() == "fax" })
      else { return }
      let number = text.lowercased().hasPrefix("tel:") ? String(text.dropFirst(4)) : text
      telephone = Self.line(number)
    default: return
    }
  }

  /// A text of one line and at most 200 characters; nil where nothing is left.
  private static func line(_ text: String?) -> String? {
    guard let line = text?.singleLine(limit: 200), !line.isEmpty else { return nil }
    return line
  }
}

extension String {
  /// The text on one line: control characters and runs of space become one space, and what is
  /// over the limit is cut with an ellipsis.
  func singleLine(limit: Int) -> String {
    var line = ""
    var isSpaced = false
    for scalar in unicodeScalars {
      let isSpace =
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar.isBidirectionalControl
      if isSpace {
        isSpaced = !line.isEmpty
      } else {
        if isSpaced { line += " " }
        isSpaced = false
        line.unicodeScalars.append(scalar)
      }
    }
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }
}

extension Unicode.Scalar {
  /// Whether this changes the direction of the text around it, and so what a reader sees.
  fileprivate var isBidirectionalControl: Bool {
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension MailAddress {
  /// Reads an address as people publish it: `mailto:` before it, `?subject=` after it, percent
  /// coding, an international domain.
  init?(published text: some StringProtocol) {
    guard text.utf8.count <= 1024 else { return nil }
    var rest = String(text).singleLine(limit: 1024)
    if rest.lowercased().hasPrefix("mailto:") {
      let octets = PercentCoding.decoded(rest.dropFirst(7).prefix { $0 != "?" }.utf8)
      guard let decoded = String(validating: octets, as: UTF8.self) else { return nil }
      rest = decoded
    }
    if let address = MailAddress(rest) {
      self = address
      return
    }
    guard let at = rest.lastIndex(of: "@"),
      let domain = try? DomainName(international: rest[rest.index(after: at)...])
    else { return nil }
    self.init("\(rest[..<at])@\(domain)")
  }
}
