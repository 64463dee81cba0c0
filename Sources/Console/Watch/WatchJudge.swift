internal import Watch

/// What pages are judged by.
enum WatchJudge {
  /// Loads it from the folder of policies.
  static func load(_ configuration: CordonConfiguration) throws -> any Judging {
    throw DeskFault("there are no detection packs: set assessment.policies")
  }
}
