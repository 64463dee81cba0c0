public import Enforcement

/// What keeps pages as they were: the crawl knows no more of archives than this.
public protocol Capturing: Sendable {
  /// Writes exchanges down, with what a browser made of them, if one did.
  ///
  /// - Parameters:
  ///   - exchanges: requests and responses in order, the one with the page last; not empty.
  ///   - rendered: the markup once its scripts had run.
  ///   - screenshot: a picture of the page as PNG.
  /// - Returns: where the last exchange is kept.
  /// - Throws: where it cannot be written, as a sentence.
  func keep(
    _ exchanges: [Exchange], rendered: [UInt8]?, screenshot: [UInt8]?
  ) async throws -> Enforcement.CaptureReference

  /// Returns once everything kept so far is on the disk; only then may the record refer to it.
  ///
  /// - Throws: where that is not known, as a sentence.
  func settle() async throws
}
