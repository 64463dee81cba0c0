internal import Foundation
internal import TransparencyLog

/// The key that signs checkpoints, in `log.key` of the data directory (mode 0600).
enum LogKey {
  static func load(
    from directory: String, origin: String, isNew: Bool, random: RandomOctets
  ) throws -> NoteSigningKey {
    let path = directory + "/log.key"
    if let text = try? String(contentsOfFile: path, encoding: .utf8) {
      do {
        return try NoteSigningKey(
          secretText: text.trimmingCharacters(in: .whitespacesAndNewlines))
      } catch {
        throw StoreError.corrupt("\(path) is no signing key: restore it from a backup (\(error))")
      }
    }
    guard isNew else {
      throw StoreError.corrupt(
        "\(path) is missing, and without it nothing can be added: restore it from a backup")
    }
    let key = try NoteSigningKey(name: try KeyName(origin), seed: random.octets(32))
    try write(key.secretText + "\n", to: path)
    return key
  }

  /// Writes beside the target, syncs, and renames: the key is there whole, or not at all.
  private static func write(_ text: String, to path: String) throws {
    let draft = path + ".new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.notWritable(directory: path, reason: DirectoryLock.reason(errno))
    }
    defer { close(descriptor) }
    let octets = Array(text.utf8)
    let written = octets.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    guard written == octets.count, fsync(descriptor) == 0, rename(draft, path) == 0 else {
      throw StoreError.notWritable(directory: path, reason: DirectoryLock.reason(errno))
    }
    // The name is to be on the disk before the first entry that needs the key.
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else {
      throw StoreError.notWritable(directory: path, reason: DirectoryLock.reason(errno))
    }
    defer { close(folder) }
    guard fsync(folder) == 0 else {
      throw StoreError.notWritable(directory: path, reason: DirectoryLock.reason(errno))
    }
  }
}
