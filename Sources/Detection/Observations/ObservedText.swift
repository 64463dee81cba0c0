/// A subject after folding: the text, where each part comes from, and how to quote it; a class, so that
/// to have it at hand copies nothing.
final class ObservedText {
  /// Folded text; only the first ``FoldedText/count`` octets count.
  let octets: [UInt8]
  let text: FoldedText
  /// The original content.
  let source: [UInt8]
  /// What places in the content are counted in.
  let part: Evidence.Part
  /// The title where it came apart from the content; the folded text begins with it.
  let title: [UInt8]
  /// Octets of folded text that come from the title.
  let titleEnd: Int
  /// How many segments and runs begin up to each 64th octet, so that few are looked at to find one.
  private let segmentSteps: [Int32]
  private let runSteps: [Int32]

  /// Octets of the original that evidence quotes, at most.
  static let quoted = 400

  /// Takes the parts.
  init(
    octets: [UInt8], text: FoldedText, source: [UInt8], part: Evidence.Part, title: [UInt8],
    titleEnd: Int
  ) {
    self.octets = octets
    self.text = text
    self.source = source
    self.part = part
    self.title = title
    self.titleEnd = titleEnd
    segmentSteps = text.segmentSteps
    runSteps = text.runSteps
  }

  /// The regions that an octet of the folded text stands in.
  func regions(at offset: Int) -> RegionSet {
    var index = Int(segmentSteps[min(offset >> 6, segmentSteps.count - 1)])
    while index < text.segments.count, Int(text.segments[index].start) <= offset { index += 1 }
    return index == 0 ? [] : text.segments[index - 1].regions
  }

  /// The range of the original that a range of the folded text stands for, which is not empty.
  private func original(_ range: Range<Int>) -> Range<Int> {
    var index = Int(runSteps[min(range.lowerBound >> 6, runSteps.count - 1)])
    while index < text.runs.count, Int(text.runs[index].folded) <= range.lowerBound { index += 1 }
    return text.original(range, fromRun: max(0, index - 1))
  }

  /// Where a range of the folded text stands in the original.
  func location(_ range: Range<Int>) -> Evidence.Location {
    let original = original(range)
    let isTitle = range.lowerBound < titleEnd
    let octets = isTitle ? title : source
    let end = min(original.upperBound, octets.count)
    var start = original.lowerBound
    // A break between two blocks stands for the last octet before it, which may end a character.
    while start + 1 < end, octets[start] & 0xC0 == 0x80 { start += 1 }
    return Evidence.Location(part: isTitle ? .title : part, start: start, end: end)
  }

  /// What stands at a place of the original, cut at a character.
  func quote(_ location: Evidence.Location) -> String {
    location.part == .title ? Self.quote(location, of: title) : Self.quote(location, of: source)
  }

  private static func quote(
    _ location: Evidence.Location, of octets: borrowing [UInt8]
  ) -> String {
    let start = min(location.start, octets.count)
    var end = min(location.end, start + quoted, octets.count)
    if end < location.end { while end > start, octets[end] & 0xC0 == 0x80 { end -= 1 } }
    return OctetScan.string(in: octets, start..<max(start, end))
  }

  /// Evidence at a range of the folded text.
  func evidence(_ signal: String, _ range: Range<Int>, weight: Double) -> Evidence {
    evidence(signal, at: location(range), weight: weight)
  }

  /// Evidence at a place of the original.
  func evidence(_ signal: String, at location: Evidence.Location, weight: Double) -> Evidence {
    Evidence(signal: signal, text: quote(location), location: location, weight: weight)
  }

  /// A part of the folded text.
  func string(_ range: Range<Int>) -> String {
    String(decoding: octets[range], as: UTF8.self)
  }

  /// A range of the folded text without the white space around it, cut at a character.
  func trimmed(_ range: Range<Int>, bound: Int) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, octets[start] <= 0x20 { start += 1 }
    while end > start, octets[end - 1] <= 0x20 { end -= 1 }
    if end - start > bound {
      end = start + bound
      while end > start, octets[end] & 0xC0 == 0x80 { end -= 1 }
    }
    return start..<end
  }

  /// Characters between two offsets of the folded text.
  func characters(_ range: Range<Int>) -> Int {
    OctetScan.characters(in: octets, range)
  }

  /// The octets of the original at a range of the folded text, without what folding removed.
  func originalOctets(_ range: Range<Int>) -> [UInt8] {
    let origin = range.lowerBound < titleEnd ? title : source
    let location = original(range)
    guard location.count != range.count else { return Array(origin[location]) }
    return range.map { offset in
      let place = original(offset..<offset + 1)
      // Full-width capitals are three octets from EF BC A1 on.
      if place.count == 3, origin[place.lowerBound] == 0xEF, origin[place.lowerBound + 1] == 0xBC,
        (0xA1...0xBA).contains(origin[place.lowerBound + 2])
      {
        return octets[offset] & 0xDF
      }
      return place.count == 1 ? origin[place.lowerBound] : octets[offset]
    }
  }
}
