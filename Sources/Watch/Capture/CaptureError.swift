/// Why a capture could not be written or read.
public enum CaptureError: Error, Sendable, Hashable {
  case notWritable(directory: String, reason: String)
  case inUse(directory: String)
  case notWritten(file: String, reason: String)
  /// It is not known what of an earlier capture reached the disk; nothing more is written.
  case stopped(file: String)
  case notReadable(file: String, reason: String)
  case damaged(file: String, offset: Int, reason: String)
}

extension CaptureError: CustomStringConvertible {
  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .notWritable(let directory, let reason):
      "captures cannot be kept in \(directory): \(reason); check that the directory is writable"
    case .inUse(let directory):
      "captures in \(directory) are being written by another process; end it first"
    case .notWritten(let file, let reason):
      "the capture was not written to \(file): \(reason); check the disk's free space"
    case .stopped(let file):
      "the disk did not confirm what was written to \(file); check it, then start again"
    case .notReadable(let file, let reason):
      "the capture in \(file) cannot be read: \(reason)"
    case .damaged(let file, let offset, let reason):
      "the capture in \(file) at \(offset) is damaged: \(reason); restore the file from a copy"
    }
  }
}
