public import Enforcement

/// Reads profiles: the clocks that a law sets a platform.
///
/// ```yaml
/// profile: eu-dsa
/// appeal_days: 184     # from the delivery of the notice
/// answer_days: 14      # within which an appeal is decided; left out where the law names no time
/// report_hours: 24     # within which a sanction is owed to the authority; 0 for never
/// keep_days: 1826      # after the last sanction has ended
/// ```
public enum ProfileFile {
  /// Reads a profile.
  ///
  /// - Parameters:
  ///   - bytes: the file in UTF-8.
  ///   - fileName: what errors call it.
  /// - Returns: its name, and the clocks.
  /// - Throws: ``PolicyFileError`` with line and key, for the first fault.
  public static func read(
    _ bytes: [UInt8], fileName: String
  ) throws(PolicyFileError) -> (name: Slug, terms: PlatformTerms) {
    let reader = PolicyReader(fileName: fileName)
    let fields = try reader.fields(
      of: try reader.root(bytes), at: nil,
      known: ["profile", "appeal_days", "answer_days", "report_hours", "keep_days"])
    let hours = try fields.count("report_hours", in: 0...8_784)
    return (
      try fields.slug("profile"),
      PlatformTerms(
        appealDays: try fields.count("appeal_days", in: 1...3_660),
        answerDays: try fields.optionalCount("answer_days", in: 1...366),
        reportHours: hours == 0 ? nil : hours,
        keepDays: try fields.count("keep_days", in: 1...36_600))
    )
  }
}
