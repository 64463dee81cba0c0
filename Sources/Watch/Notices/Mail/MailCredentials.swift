/// A name and a password for the mail server.
///
/// It has no description and is kept nowhere: it is read for each delivery, and written to no log.
struct MailCredentials: Sendable {
  let user: String
  let password: String

  /// The most octets of the file.
  private static let byteLimit = 4096

  /// Reads a file that nobody but its owner may read.
  init(file path: String) throws(MailFailure) {
    guard let file = BoundedFile(path: path, limit: Self.byteLimit) else {
      throw .settings(reason: "the file \(path) is not there, or may not be read")
    }
    guard !file.isShared else {
      throw .settings(
        reason: "the file \(path) with the password may be read by others: chmod 600 it")
    }
    let lines = String(decoding: file.octets, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    guard lines.count >= 2, !lines[0].isEmpty,
      !lines[0].contains("\0"), !lines[1].contains("\0")
    else {
      throw .settings(
        reason: "the file \(path) must hold the user's name on one line and the password on the "
          + "next")
    }
    user = lines[0]
    password = lines[1]
  }
}
