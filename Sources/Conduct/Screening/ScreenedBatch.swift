/// What became of a batch of posts, all of it on the disk.
public struct ScreenedBatch: Sendable, Hashable {
  /// One answer line (NDJSON) for each line that was not blank, in order.
  public var answers: [UInt8]
  /// How many posts were looked at.
  public var posts: Int
  /// How many of them are infractions, those known before included.
  public var infractions: Int
  /// The lines that are no posts, in order.
  public var faults: [LineFault]

  /// A line that is no post.
  public struct LineFault: Sendable, Hashable {
    /// The line, counted from 1.
    public let line: Int
    /// Why.
    public let text: String
  }

  /// Takes the parts.
  public init(
    answers: [UInt8] = [], posts: Int = 0, infractions: Int = 0, faults: [LineFault] = []
  ) {
    self.answers = answers
    self.posts = posts
    self.infractions = infractions
    self.faults = faults
  }
}
