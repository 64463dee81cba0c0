/// Folding of whole texts, in buffers that are lent for the moment.
///
/// The text that another is folded behind is consumed, so that its room is taken over and not copied.
///
/// Safety: every pointer stays within the closure that lends it.
enum Folding {
  /// The folded form of a short text, such as a phrase of a pack.
  static func fold(_ text: String) -> [UInt8] {
    let source = Array(text.utf8)
    var octets = [UInt8](repeating: 0, count: 16 * source.count + 256)
    let folded = fold(source, in: 0..<source.count, regions: [], into: &octets, after: FoldedText())
    var end = folded.count
    while end > 0, octets[end - 1] <= 0x20 { end -= 1 }
    return Array(octets[..<end])
  }

  /// Folds plain text behind what is folded already; each line is a block of its own.
  static func fold(
    _ source: [UInt8], in range: Range<Int>, regions: RegionSet, into octets: inout [UInt8],
    after text: consuming FoldedText
  ) -> FoldedText {
    let table = FoldTable.unicode
    var text = text
    return source.withUnsafeBufferPointer { source in
      octets.withUnsafeMutableBufferPointer { out in
        table.basic.withUnsafeBufferPointer { basic in
          guard let base = basic.baseAddress else { return FoldedText() }
          var folder = TextFolder(
            source: source, out: out, basic: base, table: table, after: text.take())
          folder.enter(regions)
          var at = range.lowerBound
          while at < range.upperBound {
            let end = TextFolder.find(0x0A, in: folder.source, from: at, to: range.upperBound)
            _ = folder.fold(from: at, to: end, isMarkup: false)
            folder.endBlock()
            at = end + 1
          }
          return folder.takeText()
        }
      }
    }
  }

  /// Reads a page, its text behind what is folded already.
  static func read(
    _ source: [UInt8], count: Int, into octets: inout [UInt8], after text: consuming FoldedText
  ) -> (text: FoldedText, page: PageReading) {
    let table = FoldTable.unicode
    var text = text
    return source.withUnsafeBufferPointer { source in
      octets.withUnsafeMutableBufferPointer { out in
        table.basic.withUnsafeBufferPointer { basic in
          withUnsafeTemporaryAllocation(
            of: MarkupScanner.Slot.self, capacity: AttributeName.count
          ) { slots in
            guard let basic = basic.baseAddress, let slots = slots.baseAddress,
              let base = source.baseAddress
            else { return (FoldedText(), PageReading()) }
            slots.initialize(
              repeating: MarkupScanner.Slot(start: 0, end: 0), count: AttributeName.count)
            var reader = PageReader(
              scanner: MarkupScanner(source: base, count: count, slots: slots),
              folder: TextFolder(
                source: source, out: out, basic: basic, table: table, after: text.take()))
            reader.read()
            return (reader.folder.takeText(), reader.reading)
          }
        }
      }
    }
  }
}
