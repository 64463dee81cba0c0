/// Why the record cannot be opened, read or written.
///
/// Nothing that was asked for has happened when one of these is thrown.
public enum StoreError: Error, Sendable, Hashable {
  /// Another process has the data directory.
  case inUse(directory: String, process: Int32?)
  /// The directory cannot be made, or not be written.
  case notWritable(directory: String, reason: String)
  /// The disk has no room.
  case diskFull(directory: String)
  /// The system's clock is behind the newest event.
  case clockBehind(now: String, lastEvent: String)
  /// The database was made by a newer program.
  case newerSchema(found: String)
  /// The database says something it cannot say.
  case corrupt(String)
  /// Too many writers wait, or another program has locked the database.
  case busy
  /// An earlier write ended without a known result: only a restart can tell.
  case stopped(reason: String)
  /// Anything else that the database reports.
  case database(String)
  /// The record has no entry with this number.
  case noEntry(UInt64, size: UInt64)
}

extension StoreError: CustomStringConvertible {
  /// A sentence: what, where, and what to do.
  public var description: String {
    switch self {
    case .inUse(let directory, let process):
      "the data directory \(directory) is in use by another cordon"
        + (process.map { " (process \($0))" } ?? "")
        + ": end that one first, or name another directory with --data"
    case .notWritable(let directory, let reason):
      "the data directory \(directory) cannot be written (\(reason)): make it writable for this"
        + " user, or name another with --data"
    case .diskFull(let directory):
      "the disk that holds \(directory) is full: nothing was recorded; free some space and try again"
    case .clockBehind(let now, let lastEvent):
      "the clock says \(now), but the newest event on the record is from \(lastEvent): set the clock"
        + " right; if it was ahead before, an administrator accepts that with"
        + " `cordon record accept-clock --reason \"…\"`"
    case .newerSchema(let found):
      "the data was written by a newer cordon (it knows \(found)): use that version"
    case .corrupt(let what):
      "the record is damaged: \(what); run `cordon record verify`, and restore a backup if it says so"
    case .busy:
      "too many writers wait for the record, or another program has its database open for writing:"
        + " try again in a moment"
    case .stopped(let reason):
      "the record takes no more writes, because it is not known how the last one ended (\(reason)):"
        + " restart cordon"
    case .database(let message):
      "the database reports: \(message)"
    case .noEntry(let index, let size):
      "the record has no entry \(index): it has \(size), counted from 0"
    }
  }
}
