/// A part of a page, by what it is for.
///
/// A place can be in several at once: a link in a list in the navigation. Plain text has none.
public enum Region: String, Sendable, Hashable, CaseIterable, Codable {
  /// The title of the page.
  case title
  /// The description in the page's head.
  case description
  /// A heading, `h1` to `h6`.
  case heading
  /// A paragraph.
  case paragraph
  /// A list.
  case list
  /// Navigation, menus and breadcrumbs.
  case navigation
  /// The head of the page or of a section.
  case header
  /// The foot of the page or of a section.
  case footer
  /// What stands aside: side bars, related links.
  case aside
  /// The main part of the page, or an article.
  case article
  /// A form.
  case form
  /// A button.
  case button
  /// The text of a link.
  case link
  /// Code and preformatted text.
  case code
  /// A quotation.
  case quotation
  /// A cell of a table.
  case tableCell = "table-cell"
  /// Who wrote it.
  case byline
  /// When.
  case time
  /// The text in place of an image.
  case image
  /// The label or placeholder of a field.
  case label
  /// A choice in a form.
  case option
  /// A comment below an article.
  case comment
}

/// Several regions at once, in one machine word.
public struct RegionSet: OptionSet, Sendable, Hashable {
  /// A bit for each region.
  public let rawValue: UInt32

  /// Takes the bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Takes the regions.
  public init(_ regions: some Sequence<Region>) {
    rawValue = regions.reduce(0) { $0 | RegionSet($1).rawValue }
  }

  /// One region alone.
  public init(_ region: Region) {
    let bit: UInt32 =
      switch region {
      case .title: 0
      case .description: 1
      case .heading: 2
      case .paragraph: 3
      case .list: 4
      case .navigation: 5
      case .header: 6
      case .footer: 7
      case .aside: 8
      case .article: 9
      case .form: 10
      case .button: 11
      case .link: 12
      case .code: 13
      case .quotation: 14
      case .tableCell: 15
      case .byline: 16
      case .time: 17
      case .image: 18
      case .label: 19
      case .option: 20
      case .comment: 21
      }
    rawValue = 1 << bit
  }

  /// The regions, in the order of ``Region``.
  public var regions: [Region] {
    Region.allCases.filter { contains(RegionSet($0)) }
  }
}
