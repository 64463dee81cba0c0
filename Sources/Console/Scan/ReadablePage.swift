internal import Detection

/// A page as a person reads it, with every piece of evidence marked where it stands.
///
/// Of markup, the text between the tags is shown, without scripts and styles; evidence that stands
/// in a tag or a script is shown in its own words at that place.
struct ReadablePage {
  /// A stretch of text under the same marks.
  struct Stretch {
    let text: String
    /// Numbers of the pieces of evidence that cover it, by place in the verdict's list.
    let marks: [Int]
  }

  private(set) var stretches: [Stretch] = []
  /// Whether the end was left out.
  private(set) var isCut = false

  /// The most octets of a page that are shown.
  static let maximumOctets = 512 * 1_024

  init(_ scan: ScanSubject, _ verdict: Verdict) {
    let octets = scan.octets
    let evidence = verdict.evidence.enumerated().filter { _, piece in
      piece.location.part == .text || piece.location.part == .html
    }.map { (number: $0, start: $1.location.start, end: $1.location.end, text: $1.text) }
    let isMarkup = if case .html = scan.subject.content { true } else { false }
    let shown = min(octets.count, Self.maximumOctets)
    isCut = shown < octets.count
    let runs =
      isMarkup
      ? MarkupRuns(octets[..<shown]).runs : [MarkupRuns.Run(range: 0..<shown, breaks: false)]
    var at = 0
    for run in runs {
      for piece in evidence where piece.start >= at && piece.end <= run.range.lowerBound {
        stretches.append(Stretch(text: " ‹\(piece.text)› ", marks: [piece.number]))
      }
      if run.breaks { stretches.append(Stretch(text: "\n", marks: [])) }
      append(run.range, of: octets, isMarkup: isMarkup, evidence)
      at = run.range.upperBound
    }
    for piece in evidence
    where piece.start >= at
      && !stretches.contains(where: { stretch in
        stretch.marks.contains(piece.number)
      })
    {
      stretches.append(Stretch(text: " ‹\(piece.text)› ", marks: [piece.number]))
    }
  }

  private mutating func append(
    _ range: Range<Int>, of octets: [UInt8], isMarkup: Bool,
    _ evidence: [(number: Int, start: Int, end: Int, text: String)]
  ) {
    let inside = evidence.filter { $0.start < range.upperBound && $0.end > range.lowerBound }
    let cuts = Set(inside.flatMap { [$0.start, $0.end] }).filter { range.contains($0) }
    let edges =
      [range.lowerBound] + cuts.subtracting([range.lowerBound]).sorted() + [
        range.upperBound
      ]
    for (start, end) in zip(edges, edges.dropFirst()) where start < end {
      let text = String(decoding: octets[start..<end], as: UTF8.self)
      stretches.append(
        Stretch(
          text: isMarkup ? MarkupRuns.readable(text) : text,
          marks: inside.filter { $0.start <= start && $0.end >= end }.map(\.number)))
    }
  }
}

/// The stretches of text between a page's tags, scripts and styles left out.
struct MarkupRuns {
  /// A stretch of text.
  struct Run {
    let range: Range<Int>
    /// Whether a new line begins before it.
    let breaks: Bool
  }

  private(set) var runs: [Run] = []

  private static let hidden = ["script", "style", "noscript", "template", "svg"]
  private static let inline: Set<String> = [
    "a", "b", "i", "em", "strong", "span", "u", "small", "sup", "sub", "code", "mark", "font",
    "abbr", "time", "wbr", "img",
  ]

  init(_ octets: ArraySlice<UInt8>) {
    var at = octets.startIndex
    var textStart = at
    var breaks = false
    while at < octets.endIndex {
      guard octets[at] == 0x3C, let end = Self.tagEnd(octets, at) else {
        at += 1
        continue
      }
      add(octets, textStart..<at, breaks: breaks)
      let name = Self.name(octets, at + 1)
      if !Self.inline.contains(name) { breaks = true }
      at = end
      if Self.hidden.contains(name), octets[end - 2] != 0x2F {
        at = Self.closing(octets, name, from: end)
      }
      if runs.last?.range.lowerBound == textStart { breaks = !Self.inline.contains(name) }
      textStart = at
    }
    add(octets, textStart..<octets.endIndex, breaks: breaks)
  }

  private mutating func add(_ octets: ArraySlice<UInt8>, _ range: Range<Int>, breaks: Bool) {
    guard octets[range].contains(where: { $0 > 0x20 }) else { return }
    runs.append(Run(range: range, breaks: breaks && !runs.isEmpty))
  }

  private static func tagEnd(_ octets: ArraySlice<UInt8>, _ start: Int) -> Int? {
    guard start + 1 < octets.endIndex else { return nil }
    let next = octets[start + 1]
    let isTag = next == 0x2F || next == 0x21 || (next | 0x20 >= 0x61 && next | 0x20 <= 0x7A)
    guard isTag else { return nil }
    var quote: UInt8?
    var at = start + 1
    while at < octets.endIndex {
      let octet = octets[at]
      if let open = quote {
        if octet == open { quote = nil }
      } else if octet == 0x22 || octet == 0x27 {
        quote = octet
      } else if octet == 0x3E {
        return at + 1
      }
      at += 1
    }
    return nil
  }

  private static func name(_ octets: ArraySlice<UInt8>, _ start: Int) -> String {
    let rest = octets[start...].drop { $0 == 0x2F }
    let letters = rest.prefix {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || (0x30...0x39).contains($0)
    }
    return String(decoding: letters.prefix(20), as: UTF8.self).lowercased()
  }

  private static func closing(_ octets: ArraySlice<UInt8>, _ name: String, from start: Int) -> Int {
    var at = start
    while let open = octets[at...].firstIndex(of: 0x3C) {
      if open + 1 < octets.endIndex, octets[open + 1] == 0x2F, Self.name(octets, open + 1) == name,
        let end = tagEnd(octets, open)
      {
        return end
      }
      at = open + 1
    }
    return octets.endIndex
  }

  /// White space made one, and the commonest character references read.
  static func readable(_ text: String) -> String {
    var readable = ""
    var wasSpace = false
    for character in text {
      let isSpace = character.isWhitespace
      if !isSpace {
        readable.append(character)
      } else if !wasSpace {
        readable.append(" ")
      }
      wasSpace = isSpace
    }
    for (reference, character) in [
      ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
      ("&amp;", "&"),
    ] where readable.contains(reference) {
      readable = readable.split(separator: reference, omittingEmptySubsequences: false)
        .joined(separator: character)
    }
    return readable
  }
}
