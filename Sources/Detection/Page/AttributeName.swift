/// An attribute's name, as far as it matters here.
enum AttributeName: UInt8, Sendable, CaseIterable {
  case none
  case action, alt, `class`, content, data, datetime, href, id, itemprop, lang, method, name
  case placeholder, property, rel, role, src, srcset, title, type, value, charset, readonly
  case httpEquiv, ariaLabel, dataSrc, dataHref, dataURL, dataClipboard, dataAddress

  /// How many there are.
  static let count = 31

  /// All names in lower case, packed.
  static let table = NameTable(allCases.dropFirst().map { ($0.markup, $0.rawValue) })

  private var markup: String {
    switch self {
    case .httpEquiv: "http-equiv"
    case .ariaLabel: "aria-label"
    case .dataSrc: "data-src"
    case .dataHref: "data-href"
    case .dataURL: "data-url"
    case .dataClipboard: "data-clipboard-text"
    case .dataAddress: "data-address"
    case .none, .action, .alt, .class, .content, .data, .datetime, .href, .id, .itemprop, .lang,
      .method, .name, .placeholder, .property, .rel, .role, .src, .srcset, .title, .type, .value,
      .charset, .readonly:
      String(describing: self)
    }
  }
}
