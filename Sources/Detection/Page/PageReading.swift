/// What one walk over a page yields.
struct PageReading: Sendable {
  var facts = PageFacts()
  var structure = PageStructure()
  var text = FoldedText()
  var links: [LinkRecord] = []
  var inlineScripts: [Range<Int>] = []
  var linkedData: [Range<Int>] = []
}
