public import Detection

/// What says of a page what it is for: the crawl knows no more of detection than this.
public protocol Judging: Sendable {
  /// A number for what it judges by; pages that another edition judged are judged again.
  var edition: Int64 { get }

  /// Judges a page; takes as long as it takes, and waits for nothing.
  func verdict(on subject: Subject) -> Verdict
}
