/// Where a stretch of folded text comes from in the original.
struct TextRun: Sendable, Hashable {
  /// Its first octet in the folded text; it reaches to the next run.
  var folded: UInt32
  /// Its first octet in the original.
  var original: UInt32
  /// Octets of the original that the whole stretch stands for; 0 where each octet stands for one.
  var length: UInt32
}

/// A stretch of folded text that stands in the same regions.
struct TextSegment: Sendable, Hashable {
  /// Its first octet; it reaches to the next segment.
  var start: UInt32
  var regions: RegionSet
}

/// What folding left beside the octets themselves.
struct FoldedText: Sendable {
  /// Octets of folded text.
  var count = 0
  /// Ascending by their place in the folded text.
  var runs: [TextRun] = []
  /// Ascending by their start.
  var segments: [TextSegment] = []
  /// Where the line feeds behind blocks stand, ascending.
  var blockEnds: [UInt32] = []
  /// Traditional characters that were made Simplified ones, among the first 4 KiB.
  var traditional = 0
  /// Whether something found no room.
  var isTruncated = false

  /// How many segments begin up to each 64th octet.
  var segmentSteps: [Int32] {
    var steps = [Int32](repeating: 0, count: count / 64 + 2)
    for segment in segments { steps[Int(segment.start &+ 63) >> 6] &+= 1 }
    Self.addUp(&steps)
    return steps
  }

  /// How many runs begin up to each 64th octet.
  var runSteps: [Int32] {
    var steps = [Int32](repeating: 0, count: count / 64 + 2)
    for run in runs { steps[Int(run.folded &+ 63) >> 6] &+= 1 }
    Self.addUp(&steps)
    return steps
  }

  private static func addUp(_ steps: inout [Int32]) {
    var sum: Int32 = 0
    for index in steps.indices {
      sum &+= steps[index]
      steps[index] = sum
    }
  }

  /// Gives the text away with its room; an empty one is left.
  mutating func take() -> FoldedText {
    var taken = FoldedText()
    swap(&taken, &self)
    return taken
  }

  /// Empties the text; its room is kept where it takes at most so many octets.
  mutating func empty(keeping bound: Int) {
    var runs = runs
    var segments = segments
    var blockEnds = blockEnds
    self = FoldedText()
    let room =
      MemoryLayout<TextRun>.stride * runs.capacity
      + MemoryLayout<TextSegment>.stride * segments.capacity
      + MemoryLayout<UInt32>.stride * blockEnds.capacity
    guard room <= bound else { return }
    runs.removeAll(keepingCapacity: true)
    segments.removeAll(keepingCapacity: true)
    blockEnds.removeAll(keepingCapacity: true)
    self.runs = runs
    self.segments = segments
    self.blockEnds = blockEnds
  }

  /// The range of the original that a range of the folded text stands for, which is not empty.
  func original(_ range: Range<Int>) -> Range<Int> {
    original(range, fromRun: run(at: range.lowerBound))
  }

  /// The same where the run that holds the first octet is known.
  func original(_ range: Range<Int>, fromRun run: Int) -> Range<Int> {
    var index = run
    let first = runs[index]
    // Most ranges end in the run in which they begin, or soon after.
    while index + 1 < runs.count, Int(runs[index + 1].folded) < range.upperBound { index += 1 }
    let last = runs[index]
    let start = Int(first.original) + (first.length == 0 ? range.lowerBound - Int(first.folded) : 0)
    let end =
      last.length == 0
      ? Int(last.original) + range.upperBound - Int(last.folded)
      : Int(last.original) + Int(last.length)
    return start..<max(start, end)
  }

  /// The regions that an octet stands in.
  func regions(at offset: Int) -> RegionSet {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if Int(segments[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? [] : segments[low - 1].regions
  }

  /// The run that holds an octet.
  func run(at offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if Int(runs[middle].folded) <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
