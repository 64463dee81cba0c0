/// Reads a page in one walk over its markup: visible text by region, and what the elements say.
///
/// A tokenizer of our own and not libxml2's: the evidence needs the octets of the original that each
/// piece of text stands for, which libxml2 does not tell, and its quickest interface reads 60 to 90
/// MB/s. Elements that are never closed are closed by the rules that matter in practice (`p`, `li`,
/// `td`, `tr`, `dt`, `dd`, `option`, `a`); tests compare text and links with libxml2's.
///
/// Bounds: ``PageBounds``. The stack is a list of at most ``PageBounds/depth`` elements, so no depth
/// of nesting costs more than that.
struct PageReader {
  var scanner: MarkupScanner
  var folder: TextFolder
  var facts = PageFacts()
  var structure = PageStructure()
  var links: [LinkRecord] = []
  /// Texts of scripts in the page.
  var inlineScripts: [Range<Int>] = []
  /// Texts of JSON-LD.
  var linkedData: [Range<Int>] = []
  /// The form that is being read; nil outside of any.
  var form: Int?
  /// Fields and buttons outside of any form.
  var loose = PageForm(
    action: "", method: "", location: .init(part: .html, start: 0, end: 0))
  /// The text of the last label that no field has taken yet.
  var label: Range<Int>?
  /// Kept at hand: to reach a table of a type costs a call each time.
  private let traits = Tag.traits
  private let classWords = ClassWords.known
  private var openLink: LinkRecord?
  private var open: [OpenElement] = []
  /// Elements deeper than the bound; their end tags close nothing.
  private var beyondDepth = 0

  init(scanner: MarkupScanner, folder: TextFolder) {
    self.scanner = scanner
    self.folder = folder
    open.reserveCapacity(64)
    // Few pages have more links than one among 200 octets.
    links.reserveCapacity(min(PageBounds.links, 16 + scanner.count / 200))
  }

  /// Reads the whole page.
  mutating func read() {
    var at = 0
    while at < scanner.count {
      if scanner[at] != 0x3C {
        at = folder.fold(from: at, to: scanner.count, isMarkup: true)
      } else if !scanner.beginsMarkup(at: at) {
        folder.foldLiteral(at: at)
        at += 1
      } else {
        at = readMarkup(at: at)
      }
    }
    while !open.isEmpty { closeLast() }
    folder.endBlock()
    finishLoose()
  }

  /// What the walk has yielded beside the text.
  var reading: PageReading {
    PageReading(
      facts: facts, structure: structure, links: links, inlineScripts: inlineScripts,
      linkedData: linkedData)
  }

  private mutating func readMarkup(at start: Int) -> Int {
    switch scanner[start + 1] {
    case 0x21, 0x3F: return scanner.endOfDeclaration(at: start)
    case 0x2F:
      let item = scanner.readEndTag(at: start + 2)
      close(item.tag)
      return item.end
    case _:
      let item = scanner.readStartTag(at: start + 1)
      return begin(item, at: start)
    }
  }

  /// The regions that stand open.
  var regions: RegionSet { open.last?.regions ?? [] }

  private mutating func begin(_ item: MarkupScanner.Item, at start: Int) -> Int {
    facts.elements += 1
    guard facts.elements <= PageBounds.elements else {
      structure.isTruncated = true
      return scanner.count
    }
    facts.skeletonHash = (facts.skeletonHash ^ item.name) &* 0x0000_0100_0000_01B3
    guard item.tag != .other else { return item.end }
    let known = traits[Int(item.tag.rawValue)]
    if known.isRaw { return readRaw(item, at: start) }
    if known.isBlock {
      closeImplied(by: item.tag)
      folder.endBlock()
    } else if item.tag == .a {
      closeOpenLink()
    }
    if known.isVoid {
      readVoid(item, at: start)
    } else {
      push(item, known, at: start)
    }
    return item.end
  }

  private mutating func push(_ item: MarkupScanner.Item, _ known: TagTraits, at start: Int) {
    guard open.count < PageBounds.depth else {
      beyondDepth += 1
      return
    }
    let own = known.regions.union(namedRegions(item.tag))
    let element = OpenElement(
      tag: item.tag, regions: regions.union(own), own: own, start: folder.count)
    open.append(element)
    folder.enter(element.regions)
    switch item.tag {
    case .a: beginLink(item, at: start, regions: element.regions)
    case .form: beginForm(item, at: start)
    case .select: addField(type: "select", item)
    case .object: addFrame(item, at: start)
    case .time:
      if let value = scanner.range(of: .datetime) { structure.noteDate(value) }
    case .html: facts.declaredLanguage = scanner.range(of: .lang).map { scanner.text($0) }
    case .blockquote: structure.quotations += 1
    case .dt: structure.definitions += 1
    case _: break
    }
  }

  /// The regions that class, id, role and the like name.
  private mutating func namedRegions(_ tag: Tag) -> RegionSet {
    guard tag != .html, tag != .body else { return [] }
    var found: RegionSet = []
    if scanner.has(.class) { found.formUnion(scanner.classRegions(classWords)) }
    if let range = scanner.range(of: .id) { found.formUnion(classWords.regions(scanner, range)) }
    if let range = scanner.range(of: .role) { found.formUnion(classWords.role(scanner, range)) }
    if let range = scanner.range(of: .itemprop) {
      found.formUnion(classWords.regions(scanner, range))
    }
    if let range = scanner.range(of: .rel) { found.formUnion(classWords.regions(scanner, range)) }
    return found
  }

  // MARK: Ends

  private mutating func closeLast() {
    guard let element = open.popLast() else { return }
    let isBlock = traits[Int(element.tag.rawValue)].isBlock
    let text = element.start..<max(element.start, folder.count)
    switch element.tag {
    case .a: finishLink()
    case .form: form = nil
    case .label: label = text
    case _: break
    }
    if element.own.contains(RegionSet(.button)) { addButton(text) }
    if element.own.contains(RegionSet(.byline)) { structure.noteByline(text) }
    if element.own.contains(RegionSet(.time)) { structure.noteTime(text) }
    if isBlock { folder.endBlock() }
    folder.enter(regions)
  }

  private mutating func close(_ tag: Tag) {
    guard tag != .other, traits[Int(tag.rawValue)].isTracked else {
      if tag == .br { folder.endBlock() }
      return
    }
    if beyondDepth > 0 {
      beyondDepth -= 1
      return
    }
    let isInline = !traits[Int(tag.rawValue)].isBlock
    guard
      let index = open.lastIndex(where: {
        $0.tag == tag || (isInline && ($0.tag == .td || $0.tag == .th || $0.tag == .table))
      }), open[index].tag == tag
    else { return }
    while open.count > index { closeLast() }
  }

  /// Closes the elements that cannot hold the one that begins (HTML, Section 13.1.2.4).
  private mutating func closeImplied(by tag: Tag) {
    switch tag {
    case .li: close(TagSet(.li), upTo: TagSet(.ul, .ol))
    case .dt, .dd: close(TagSet(.dt, .dd), upTo: TagSet(.dl))
    case .tr: close(TagSet(.tr), upTo: TagSet(.table))
    case .td, .th: close(TagSet(.td, .th), upTo: TagSet(.tr, .table))
    case .option, .optgroup: close(TagSet(.option), upTo: TagSet(.select))
    case .tbody, .tfoot: close(TagSet(.tbody, .thead), upTo: TagSet(.table))
    case _: break
    }
    let count = open.count
    if count > 0, open[count - 1].tag == .p || (count > 1 && open[count - 2].tag == .p) {
      close(TagSet(.p), upTo: TagSet(.td, .th))
    }
  }

  private mutating func close(_ tags: TagSet, upTo scope: TagSet) {
    guard beyondDepth == 0 else { return }
    var index = open.count - 1
    while index >= 0, !tags.contains(open[index].tag) {
      if scope.contains(open[index].tag) { return }
      index -= 1
    }
    guard index >= 0 else { return }
    while open.count > index { closeLast() }
  }

  // MARK: Links

  private mutating func beginLink(
    _ item: MarkupScanner.Item, at start: Int, regions: RegionSet
  ) {
    guard let href = scanner.range(of: .href), links.count < PageBounds.links else { return }
    openLink = LinkRecord(
      href: ShortRange(href), rel: ShortRange(scanner.range(of: .rel) ?? 0..<0),
      tag: ShortRange(start..<item.end), regions: regions,
      text: ShortRange(folder.count..<folder.count))
  }

  private mutating func closeOpenLink() {
    guard openLink != nil else { return }
    close(.a)
  }

  private mutating func finishLink() {
    guard var link = openLink else { return }
    link.text = ShortRange(link.text.lowerBound..<Swift.max(link.text.lowerBound, folder.count))
    links.append(link)
    openLink = nil
  }
}
