internal import Crypto
internal import Foundation
internal import TransparencyLog

/// A certificate log that is followed: where it is, and the key that it signs with.
///
/// Format: c2sp.org/static-ct-api. Logs of that kind sign with ECDSA on P-256.
public struct CTLog: Sendable, Hashable {
  /// The monitoring prefix, `https://…/` with its last slash.
  public let prefix: String
  /// The log's public key as DER (SubjectPublicKeyInfo), which lists of logs give in base 64.
  public let key: [UInt8]

  /// Takes the parts.
  ///
  /// - Parameters:
  ///   - prefix: the monitoring prefix.
  ///   - key: the public key in base 64.
  /// - Throws: `Invalid` for what is no address or no such key.
  public init(prefix: String, key: String) throws(Invalid) {
    guard let url = URL(string: prefix), ["http", "https"].contains(url.scheme), url.host != nil,
      url.query == nil
    else { throw .prefix(prefix) }
    guard let octets = Data(base64Encoded: key),
      (try? P256.Signing.PublicKey(derRepresentation: octets)) != nil
    else { throw .key(prefix) }
    self.prefix = prefix.hasSuffix("/") ? prefix : prefix + "/"
    self.key = Array(octets)
  }

  /// Reads prefix and key with space between them; nil where they are no log.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let log = try? CTLog(prefix: String(parts[0]), key: String(parts[1]))
    else { return nil }
    self = log
  }

  /// What is wrong with a log's configuration.
  public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
    case prefix(String)
    case key(String)

    /// A sentence: which log, and what to write instead.
    public var description: String {
      switch self {
      case .prefix(let text): "\(text) is no log: write its monitoring prefix, https://…/"
      case .key(let prefix):
        "the key of the log \(prefix) is no public key on P-256: copy its `key` from a list of logs"
      }
    }
  }

  /// The hash of the key, by which certificates name the log (RFC 6962, Section 3.2).
  var id: TransparencyLog.Digest { TransparencyLog.Digest.sha256(of: key) }

  /// Verifies a checkpoint.
  ///
  /// - Parameter bytes: the signed note.
  /// - Returns: the tree's head.
  /// - Throws: `CTFault.checkpoint` for what the log's key did not sign.
  func head(from bytes: [UInt8]) throws(CTFault) -> CTHead {
    let note: SignedNote
    let checkpoint: Checkpoint
    do {
      note = try SignedNote(bytes: bytes)
      checkpoint = try Checkpoint(text: note.unverifiedText)
    } catch {
      throw .checkpoint("\(error)")
    }
    let wanted = keyID(origin: checkpoint.origin)
    let candidates = note.signatures.filter {
      $0.keyID == wanted && $0.name.description == checkpoint.origin
    }
    guard !candidates.isEmpty else { throw .checkpoint("it is not signed by the log's key") }
    guard let verified = candidates.lazy.compactMap({ verify($0.signature, of: checkpoint) }).first
    else { throw .checkpoint("the signature is wrong") }
    return CTHead(
      origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root, time: verified,
      note: bytes)
  }

  /// The first four octets of SHA-256 over name, newline, type 0x05 and the log's id.
  private func keyID(origin: String) -> UInt32 {
    let octets = Array(origin.utf8) + [0x0A, 0x05] + id.bytes
    return TransparencyLog.Digest.sha256(of: octets).bytes.prefix(4).reduce(0) {
      $0 << 8 | UInt32($1)
    }
  }

  /// Verifies a RFC6962NoteSignature; its time in milliseconds, or nil.
  private func verify(_ signature: [UInt8], of checkpoint: Checkpoint) -> UInt64? {
    var reader = OctetReader(signature)
    guard let time = reader.number(octets: 8), let hash = reader.number(octets: 1),
      let algorithm = reader.number(octets: 1), hash == 4, algorithm == 3,
      let der = reader.vector(lengthOctets: 2), reader.isAtEnd,
      let key = try? P256.Signing.PublicKey(derRepresentation: key),
      let ecdsa = try? P256.Signing.ECDSASignature(derRepresentation: der)
    else { return nil }
    let signed = Self.treeHead(time: time, size: checkpoint.size, root: checkpoint.root)
    return key.isValidSignature(ecdsa, for: signed) ? time : nil
  }

  /// What a log signs (RFC 6962, Section 3.5): version 1, tree hash, time, size, root.
  static func treeHead(time: UInt64, size: UInt64, root: TransparencyLog.Digest) -> [UInt8] {
    [0, 1] + OctetReader.octets(time) + OctetReader.octets(size) + root.bytes
  }
}

/// The head of a log's tree that its key has signed.
struct CTHead: Sendable, Hashable {
  let origin: String
  let size: UInt64
  let root: TransparencyLog.Digest
  /// When it was signed, in milliseconds since the Unix epoch.
  let time: UInt64
  /// The note as it came: evidence, should the log ever contradict itself.
  let note: [UInt8]
}

/// Why a log cannot be followed further.
public enum CTFault: Error, Sendable, Hashable {
  /// It did not answer, or not with that.
  case fetch(path: String, reason: String)
  /// The checkpoint is none that the log's key signed.
  case checkpoint(String)
  /// The log contradicts what it signed before.
  case contradiction(String)
  /// An entry cannot be read.
  case entry(index: UInt64, reason: String)
}

extension CTFault: CustomStringConvertible {
  /// A sentence: what, where, and what it means.
  public var description: String {
    switch self {
    case .fetch(let path, let reason): "\(path) could not be had: \(reason)"
    case .checkpoint(let reason): "the checkpoint does not hold: \(reason)"
    case .contradiction(let reason): "the log contradicts itself: \(reason)"
    case .entry(let index, let reason): "entry \(index) cannot be read: \(reason)"
    }
  }
}
