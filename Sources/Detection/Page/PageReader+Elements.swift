/// Elements that say something by themselves: fields, references, the head.
extension PageReader {
  /// Elements whose content is no markup.
  mutating func readRaw(_ item: MarkupScanner.Item, at start: Int) -> Int {
    if item.isSelfClosing, item.tag == .svg { return item.end }
    let isVisible = item.tag == .title || item.tag == .textarea
    if item.tag == .textarea { addField(type: "textarea", item) }
    if item.tag == .iframe { addFrame(item, at: start) }
    let reference = scanner.range(of: .src)
    let type = scanner.range(of: .type)
    let end = scanner.endOfRaw(item.name, from: item.end)
    let content = item.end..<end
    if isVisible {
      readText(content, item.tag == .title ? .title : .label, isTitle: item.tag == .title)
    } else if item.tag == .script {
      readScript(content, reference, type, at: start, tagEnd: item.end)
    }
    return min(scanner.count, scanner.find(0x3E, from: end) + 1)
  }

  private mutating func readText(_ content: Range<Int>, _ region: Region, isTitle: Bool) {
    let before = folder.count
    folder.enter(regions.union(RegionSet(region)))
    folder.foldValue(content)
    folder.enter(regions)
    if isTitle, facts.title.isEmpty {
      facts.title = scanner.text(content)
      structure.title = before..<folder.count
    }
  }

  private mutating func readScript(
    _ content: Range<Int>, _ reference: Range<Int>?, _ type: Range<Int>?, at start: Int,
    tagEnd: Int
  ) {
    if let reference {
      add(reference, to: \.scripts, tag: start..<tagEnd)
      return
    }
    facts.inlineScriptOctets += content.count
    guard !content.isEmpty else { return }
    if let type, type.count == 19, scanner.text(type).lowercased() == "application/ld+json" {
      if linkedData.count < 16 { linkedData.append(content) }
    } else if inlineScripts.count < 64 {
      inlineScripts.append(content)
    }
  }

  /// Elements without content.
  mutating func readVoid(_ item: MarkupScanner.Item, at start: Int) {
    switch item.tag {
    case .input: readInput(item)
    case .img: readImage(item, at: start)
    case .meta: readMeta()
    case .link: readHeadLink(item, at: start)
    case .embed, .frame: addFrame(item, at: start)
    case _: break
    }
  }

  private mutating func readInput(_ item: MarkupScanner.Item) {
    let type = scanner.range(of: .type).map { scanner.text($0, bound: 32).lowercased() } ?? "text"
    switch type {
    case "submit", "button", "image", "reset":
      guard let value = scanner.range(of: .value) ?? scanner.range(of: .alt) else { return }
      let before = folder.count
      foldValue(value, .button)
      addButton(before..<folder.count)
    case "hidden": addField(type: type, item)
    case _:
      addField(type: type, item)
      if let value = scanner.range(of: .value), value.count > 20 { foldValue(value, .label) }
      if let value = scanner.range(of: .placeholder) { foldValue(value, .label) }
    }
  }

  /// Folds the value of an attribute as visible text.
  private mutating func foldValue(_ value: Range<Int>, _ region: Region) {
    guard !value.isEmpty else { return }
    folder.enter(regions.union(RegionSet(region)))
    folder.foldValue(value.prefixOctets(PageBounds.attribute))
    folder.enter(regions)
  }

  mutating func addField(type: String, _ item: MarkupScanner.Item) {
    let name = scanner.range(of: .name) ?? scanner.range(of: .id)
    let written = scanner.range(of: .placeholder) ?? scanner.range(of: .ariaLabel)
    let before = label ?? folder.lastBlock(bound: 48)
    label = nil
    let isHidden = type == "hidden"
    let field = PageField(
      type: type,
      name: name.map { scanner.text($0, bound: 128) } ?? "",
      label: written.map { scanner.text($0, bound: 128) }
        ?? (isHidden ? "" : folder.string(before, bound: 48)),
      value: isHidden ? scanner.range(of: .value).map { scanner.text($0, bound: 128) } ?? "" : "")
    if let form {
      if facts.forms[form].fields.count < PageBounds.fields {
        facts.forms[form].fields.append(field)
      }
    } else if loose.fields.count < PageBounds.fields {
      if loose.fields.isEmpty { loose.location.end = item.end }
      loose.fields.append(field)
    }
  }

  mutating func addButton(_ text: Range<Int>) {
    let title = folder.string(text, bound: 80)
    guard !title.isEmpty else { return }
    if let form {
      if facts.forms[form].buttons.count < PageBounds.fields {
        facts.forms[form].buttons.append(title)
      }
    } else if loose.buttons.count < PageBounds.fields {
      loose.buttons.append(title)
    }
  }

  mutating func beginForm(_ item: MarkupScanner.Item, at start: Int) {
    guard facts.forms.count < PageBounds.forms else { return }
    form = facts.forms.count
    facts.forms.append(
      PageForm(
        action: scanner.range(of: .action).map { scanner.text($0) } ?? "",
        method: scanner.range(of: .method).map { scanner.text($0, bound: 8).lowercased() } ?? "get",
        location: .init(part: .html, start: start, end: item.end)))
  }

  /// Fields that stand outside of any form count as one.
  mutating func finishLoose() {
    if !loose.fields.isEmpty {
      loose.location.start = max(0, loose.location.end - 1)
      facts.forms.append(loose)
    }
  }

  mutating func addFrame(_ item: MarkupScanner.Item, at start: Int) {
    let source =
      scanner.range(of: .src) ?? scanner.range(of: .data) ?? scanner.range(of: .dataSrc)
    if let source { add(source, to: \.frames, tag: start..<item.end) }
  }

  private mutating func add(
    _ value: Range<Int>, to list: WritableKeyPath<PageFacts, [PageReference]>, tag: Range<Int>
  ) {
    guard facts[keyPath: list].count < PageBounds.references else { return }
    facts[keyPath: list].append(
      PageReference(
        url: scanner.text(value),
        location: .init(part: .html, start: tag.lowerBound, end: tag.upperBound)))
  }

  private mutating func readImage(_ item: MarkupScanner.Item, at start: Int) {
    let alternative = scanner.range(of: .alt) ?? 0..<0
    foldValue(alternative, .image)
    guard facts.images.count < PageBounds.references,
      let source = scanner.range(of: .src) ?? scanner.range(of: .dataSrc)
    else { return }
    facts.images.append(
      PageImage(
        url: scanner.text(source, bound: 512), alternative: scanner.text(alternative, bound: 200),
        location: .init(part: .html, start: start, end: item.end)))
  }

  private mutating func readHeadLink(_ item: MarkupScanner.Item, at start: Int) {
    // Most are style sheets.
    guard let rel = scanner.range(of: .rel), rel.count != "stylesheet".utf8.count,
      let href = scanner.range(of: .href)
    else { return }
    let words = scanner.text(rel, bound: 64).lowercased().split(separator: " ")
    if words.contains("canonical") { facts.canonical = scanner.text(href) }
    if words.contains(where: { $0 == "icon" || $0.hasPrefix("apple-touch-icon") }) {
      add(href, to: \.icons, tag: start..<item.end)
    }
  }

  private mutating func readMeta() {
    guard let content = scanner.range(of: .content) else { return }
    if let instruction = scanner.range(of: .httpEquiv) {
      if scanner.text(instruction, bound: 16).lowercased() == "refresh" {
        facts.refreshTarget = Self.refreshTarget(scanner.text(content))
      }
      return
    }
    guard
      let key = scanner.range(of: .name) ?? scanner.range(of: .property)
        ?? scanner.range(of: .itemprop), facts.meta.count < PageBounds.meta
    else { return }
    let name = scanner.text(key, bound: 64).lowercased()
    guard facts.meta[name] == nil else { return }
    facts.meta[name] = scanner.text(content, bound: 512)
    switch name {
    case "description":
      facts.metaDescription = scanner.text(content)
      foldValue(content, .description)
    case "author", "article:author", "parsely-author", "byl": structure.noteAuthor(content)
    case "article:published_time", "datepublished", "pubdate", "date", "publishdate",
      "og:article:published_time", "parsely-pub-date":
      structure.noteDate(content)
    case _: break
    }
  }

  /// The address in `5; url=https://…`.
  private static func refreshTarget(_ content: String) -> String? {
    guard let equals = content.firstIndex(of: "="),
      content[..<equals].lowercased().hasSuffix("url")
    else { return nil }
    let target = content[content.index(after: equals)...]
    return String(target.drop { "'\" ".contains($0) }.prefix { !"'\" ".contains($0) })
  }
}

extension Range<Int> {
  /// The first part of the range, at most so many octets.
  func prefixOctets(_ bound: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + bound)
  }
}
