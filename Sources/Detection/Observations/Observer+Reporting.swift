/// What speaks for a page that reports, teaches, argues or documents.
extension Observer {
  /// The facts of reporting.
  func reporting(_ linkedData: LinkedData) -> ReportingFacts {
    var facts = ReportingFacts()
    let structure = reading?.structure ?? PageStructure()
    facts.byline = byline(structure, linkedData)
    facts.dateline = dateline(structure, linkedData)
    facts.quotations = structure.quotations + quotedPassages()
    facts.attributions = places(.attribution).count
    facts.legalCitations = places(.legal).count
    facts.referenceEntries = places(.reference).count + structure.definitions
    addShares(to: &facts)
    facts.isDeclaredArticle = isDeclaredArticle(linkedData)
    return facts
  }

  private func byline(_ structure: PageStructure, _ data: LinkedData) -> Evidence? {
    if let range = structure.byline { return text.evidence("page.byline", range, weight: 0) }
    if let place = places(.byline).first(where: { namesWriter(Int($0.start), Int($0.end)) }) {
      return text.evidence("page.byline", place.range, weight: 0)
    }
    return (structure.author ?? data.author).map { original("page.byline", $0) }
  }

  /// Whether what stands after “by” can be a name: “By clicking Register” and “By the way” sign nothing.
  private func namesWriter(_ start: Int, _ end: Int) -> Bool {
    let words = text.octets[start..<end].split { $0 == 0x20 || $0 == 0x0A }.prefix(2)
    guard words.count == 2, words[0].elementsEqual("by".utf8) else { return true }
    return !words[1].suffix(3).elementsEqual("ing".utf8)
      && !Self.noNames.contains { words[1].elementsEqual($0.utf8) }
  }

  private static let noNames = [
    "a", "all", "an", "and", "any", "both", "default", "doing", "each", "either", "every", "its",
    "law", "no", "our", "that", "the", "their", "these", "this", "using", "way", "which", "your",
  ]

  private func dateline(_ structure: PageStructure, _ data: LinkedData) -> Evidence? {
    if let range = structure.time { return text.evidence("page.dateline", range, weight: 0) }
    if let range = structure.date ?? data.date { return original("page.dateline", range) }
    // A date counts as dateline only at the head of the text.
    guard let place = places(.date).first, place.start < 1_200 else { return nil }
    return text.evidence("page.dateline", place.range, weight: 0)
  }

  private func original(_ signal: String, _ range: Range<Int>) -> Evidence {
    text.evidence(
      signal, at: .init(part: .html, start: range.lowerBound, end: range.upperBound), weight: 0)
  }

  /// Passages of at least 20 octets between quotation marks.
  private func quotedPassages() -> Int {
    let octets = text.octets
    let bound = text.text.count - 3
    return places(.quote).count { place in
      let (mark, start) = (Int(place.start), Int(place.end))
      guard start - mark == 3 else { return false }
      // Each mark that closes is the next character to the one that opens.
      let closing = octets[start - 1] &+ 1
      let end = min(start + 1_200, bound)
      var at = start
      while at < end {
        if octets[at] == octets[mark], octets[at + 1] == octets[mark + 1],
          octets[at + 2] == closing
        {
          return at - start >= 20
        }
        at += 1
      }
      return false
    }
  }

  /// Shares of the visible text by region, in octets.
  private func addShares(to facts: inout ReportingFacts) {
    guard text.text.count > 0 else { return }
    var code = 0
    var links = 0
    var prose = 0
    let segments = text.text.segments
    for (index, segment) in segments.enumerated() {
      let end = index + 1 < segments.count ? Int(segments[index + 1].start) : text.text.count
      let count = end - Int(segment.start)
      if segment.regions.contains(RegionSet(.code)) { code += count }
      if segment.regions.contains(RegionSet(.link)) { links += count }
    }
    prose = proseOctets()
    let all = Double(text.text.count)
    facts.codeShare = Double(code) / all
    facts.linkShare = Double(links) / all
    facts.proseShare = Double(prose) / all
  }

  /// Octets in blocks of at least 80 characters, of which half or more are no links.
  private func proseOctets() -> Int {
    var prose = 0
    var start = 0
    for end in text.text.blockEnds {
      if isProse(start..<Int(end)) { prose += Int(end) - start }
      start = Int(end) + 1
    }
    let last = start..<max(start, text.text.count)
    return isProse(last) ? prose + last.count : prose
  }

  private func isProse(_ block: Range<Int>) -> Bool {
    block.count >= 80 && (block.count >= 240 || text.characters(block) >= 80)
      && text.regions(at: (block.lowerBound + block.upperBound) / 2).isDisjoint(with: Self.noProse)
  }

  private static let noProse: RegionSet = [RegionSet(.link), RegionSet(.code)]

  private func isDeclaredArticle(_ data: LinkedData) -> Bool {
    if reading?.facts.meta["og:type"]?.lowercased().hasPrefix("article") == true { return true }
    return data.types.contains { $0.hasSuffix("Article") || $0 == "BlogPosting" || $0 == "Report" }
  }
}
