/// An element's name, as far as it matters here; all others are ``other``.
enum Tag: UInt8, Sendable, CaseIterable {
  case other
  case a, abbr, address, article, aside, base, blockquote, body, br, button, caption, center, cite
  case code, dd, details, div, dl, dt, embed, fieldset, figcaption, figure, footer, form, frame
  case h1, h2, h3, h4, h5, h6, head, header, hr, html, iframe, img, input, label, legend, li, link
  case main, meta, nav, noscript, object, ol, optgroup, option, p, pre, q, samp, script, section
  case select, source, span, style, summary, svg, table, tbody, td, template, textarea, tfoot, th
  case thead, time, title, tr, ul, wbr

  /// All names in lower case, packed.
  static let names = NameTable(
    allCases.dropFirst().map { (String(describing: $0), $0.rawValue) })

  /// What is known of each element, by its raw value.
  static let traits: [TagTraits] = allCases.map(TagTraits.init)
}

/// What is known of an element.
struct TagTraits: Sendable, Hashable {
  /// Whether it begins and ends a block of text.
  let isBlock: Bool
  /// Whether it has no content, and so no end.
  let isVoid: Bool
  /// Whether it is kept among the open elements: it is a block, or regions may rest on it.
  let isTracked: Bool
  /// Whether its content is not markup: passed over up to its end tag.
  let isRaw: Bool
  /// The regions it opens by its name.
  let regions: RegionSet

  init(_ tag: Tag) {
    isVoid = Self.voids.contains(tag)
    isRaw = Self.raw.contains(tag)
    isBlock = !Self.inline.contains(tag)
    isTracked = tag != .other && !Self.voids.contains(tag) && !Self.raw.contains(tag)
    regions = Self.region(of: tag).map { RegionSet($0) } ?? []
  }

  private static let voids: Set<Tag> = [
    .base, .br, .embed, .frame, .hr, .img, .input, .link, .meta, .source, .wbr,
  ]
  private static let raw: Set<Tag> = [.script, .style, .svg, .template, .textarea, .title, .iframe]
  private static let inline: Set<Tag> = [
    .other, .a, .abbr, .base, .cite, .code, .embed, .img, .input, .label, .link, .meta, .q, .samp,
    .script, .source, .span, .style, .svg, .template, .time, .wbr, .frame, .iframe, .object,
  ]

  private static func region(of tag: Tag) -> Region? {
    switch tag {
    case .h1, .h2, .h3, .h4, .h5, .h6: .heading
    case .p: .paragraph
    case .ul, .ol, .dl: .list
    case .nav: .navigation
    case .header: .header
    case .footer: .footer
    case .aside: .aside
    case .article, .main: .article
    case .form: .form
    case .button: .button
    case .a: .link
    case .pre, .code, .samp: .code
    case .blockquote, .q: .quotation
    case .td, .th: .tableCell
    case .time: .time
    case .label, .legend: .label
    case .option, .optgroup: .option
    case .title: .title
    case .other, .abbr, .address, .base, .body, .br, .caption, .center, .cite, .dd, .details, .div,
      .dt, .embed, .fieldset, .figcaption, .figure, .frame, .head, .hr, .html, .iframe, .img,
      .input, .li, .link, .meta, .noscript, .object, .script, .section, .select, .source, .span,
      .style, .summary, .svg, .table, .tbody, .template, .textarea, .tfoot, .thead, .tr, .wbr:
      nil
    }
  }
}
