/// What one walk over a page yields beside its text; a class, so that to look at a part of it copies
/// nothing.
final class PageReading: Sendable {
  let facts: PageFacts
  let structure: PageStructure
  let links: [LinkRecord]
  let inlineScripts: [Range<Int>]
  let linkedData: [Range<Int>]

  init(
    facts: PageFacts = PageFacts(), structure: PageStructure = PageStructure(),
    links: [LinkRecord] = [], inlineScripts: [Range<Int>] = [], linkedData: [Range<Int>] = []
  ) {
    self.facts = facts
    self.structure = structure
    self.links = links
    self.inlineScripts = inlineScripts
    self.linkedData = linkedData
  }
}
