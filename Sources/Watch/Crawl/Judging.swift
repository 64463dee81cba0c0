public import Detection

/// What says of a page what it is for: the crawl knows no more of detection than this.
public protocol Judging: Sendable {
  /// A number for what it judges by; pages that another edition judged are judged again.
  var edition: Int64 { get }

  /// Judges a page; takes as long as it takes, and waits for nothing.
  func verdict(on subject: Subject) -> Verdict
}

extension Detector: Judging {
  /// A number made of the labels of packs and weights.
  public var edition: Int64 {
    var hash = OctetHash()
    for label in labels {
      hash.feed(label.utf8)
      hash.feed([0])
    }
    return Int64(bitPattern: hash.value)
  }
}
