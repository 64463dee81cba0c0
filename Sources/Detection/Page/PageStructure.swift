/// What the build of a page says of its making: places in the original or in the folded text.
struct PageStructure: Sendable {
  /// The title, in the folded text.
  var title: Range<Int>?
  /// The first byline, in the folded text.
  var byline: Range<Int>?
  /// The first time that is written out, in the folded text.
  var time: Range<Int>?
  /// The value of the first `datetime` or of the date of publication, in the original.
  var date: Range<Int>?
  /// The value of the author in the head or in JSON-LD, in the original.
  var author: Range<Int>?
  /// Elements that quote.
  var quotations = 0
  /// Terms that are defined.
  var definitions = 0
  /// Whether the end of the page was not read.
  var isTruncated = false

  mutating func noteByline(_ text: Range<Int>) {
    if byline == nil, (3...240).contains(text.count) { byline = text }
  }

  mutating func noteTime(_ text: Range<Int>) {
    if time == nil, (4...120).contains(text.count) { time = text }
  }

  mutating func noteDate(_ value: Range<Int>) {
    if date == nil, (4...64).contains(value.count) { date = value }
  }

  mutating func noteAuthor(_ value: Range<Int>) {
    if author == nil, (2...200).contains(value.count) { author = value }
  }
}
