/// Why a file of packs or weights cannot be taken; nothing of it is used then.
public struct PolicyFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name.
  public let fileName: String
  /// The line, counted from 1; nil where the whole file is meant.
  public let line: Int?
  /// The key at fault, such as `signals.phrases`; nil where none is.
  public let key: String?
  /// What is wrong, and what to do.
  public let reason: String

  /// File, line, key and reason.
  public var description: String {
    "\(fileName)\(line.map { ", line \($0)" } ?? "")\(key.map { ", \($0)" } ?? ""): \(reason)"
  }
}
