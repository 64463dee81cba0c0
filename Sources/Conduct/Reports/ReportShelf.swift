internal import Crypto
public import Enforcement
internal import Foundation

/// Keeps reports as they were made, octet by octet, in `reports` of the data directory.
///
/// A report stands there under its SHA-256 before the record says that it was made, so what is sent
/// again after a crash is the same. It holds personal data, so it stands beside the record: only its
/// hash is in the log.
public struct ReportShelf: Sendable {
  /// The folder.
  let folder: String

  /// The most octets of a report that are read.
  static let limit = 256 << 20

  /// Takes the data directory.
  public init(directory: String) {
    folder = directory + "/reports"
  }

  /// Keeps a report; what stands there already is kept as it is.
  ///
  /// - Returns: its SHA-256.
  /// - Throws: ``PrivateFileFault``.
  @discardableResult
  public func keep(_ octets: [UInt8]) throws(PrivateFileFault) -> ContentDigest {
    let digest = try digest(of: octets)
    guard access(path(of: digest), F_OK) != 0 else { return digest }
    try makeFolder()
    try PrivateFile(path: path(of: digest)).write(octets)
    return digest
  }

  /// A report as it was made; nil where it was erased, or made before reports were kept.
  ///
  /// - Throws: ``PrivateFileFault`` where it is not what it was.
  public func octets(of digest: ContentDigest) throws(PrivateFileFault) -> [UInt8]? {
    let file = PrivateFile(path: path(of: digest))
    guard let octets = try file.read(limit: Self.limit) else { return nil }
    guard try self.digest(of: octets) == digest else {
      throw file.fault("is not what the record says: bring it back from a backup, or remove it")
    }
    return octets
  }

  /// Erases a report.
  ///
  /// - Throws: ``PrivateFileFault``.
  public func erase(_ digest: ContentDigest) throws(PrivateFileFault) {
    guard unlink(path(of: digest)) == 0 || errno == ENOENT else {
      throw PrivateFileFault(
        path: path(of: digest), reason: "cannot be erased: \(String(cString: strerror(errno)))")
    }
  }

  /// Makes the folder where there is none.
  ///
  /// - Throws: ``PrivateFileFault``.
  public func makeFolder() throws(PrivateFileFault) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw PrivateFileFault(
        path: folder, reason: "cannot be made: \(String(cString: strerror(errno)))")
    }
  }

  private func path(of digest: ContentDigest) -> String { folder + "/\(digest.hex)" }

  private func digest(of octets: [UInt8]) throws(PrivateFileFault) -> ContentDigest {
    let hex = SHA256.hash(data: octets).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      .joined()
    guard let digest = ContentDigest(hex: hex) else {
      throw PrivateFileFault(path: folder, reason: "got a report without a hash")
    }
    return digest
  }
}
