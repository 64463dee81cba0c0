internal import DNSWire
internal import Foundation
internal import Logging
internal import Synchronization

/// Keeps the secrets that cookies are made with, and changes them in time.
///
/// Without a file they are random and replaced once a day (RFC 7873, Section 7.1: within 26 hours);
/// with one it is read again when it changes, so that several gates can go over to a new secret
/// together (RFC 9018, Section 5). Secrets are never printed.
final class CookieKeeper: Sendable {
  /// Seconds that a random secret is in use.
  static let randomLifetime = 86_400
  /// The most octets of a file of secrets that are read.
  private static let longestFile = 4_096

  private let file: String?
  /// What readers take; see ``secrets``.
  private let version = Atomic<UInt64>(0)
  private let words = SecretWords()
  private let state: Mutex<State>

  private struct State {
    var secrets: CookieSecrets
    /// Seconds since 1970 at the last change.
    var changed: Int64
    /// Whether the file could be read the last time, so that a fault is told once.
    var isReadable = true
  }

  /// Reads the file, or draws a secret.
  ///
  /// - Parameters:
  ///   - file: a secret a line, of 32 hexadecimal digits, at most three; nil for random ones.
  ///   - seconds: seconds since 1970.
  /// - Throws: ``GateError/cookieSecrets(reason:)``.
  init(file: String?, at seconds: Int64) throws(GateError) {
    self.file = file
    let secrets =
      if let file { try Self.read(file) } else { CookieSecrets(Self.random()) }
    state = Mutex(State(secrets: secrets, changed: seconds))
    publish(secrets)
  }

  /// The secrets as they are now.
  ///
  /// It takes no lock and allocates nothing: it reads again where a change comes between, which is
  /// once a day.
  var secrets: CookieSecrets {
    while true {
      let before = version.load(ordering: .acquiring)
      let secrets = words.load()
      atomicMemoryFence(ordering: .acquiring)
      if before & 1 == 0, version.load(ordering: .relaxed) == before { return secrets }
    }
  }

  /// Takes over what is new in the file, or draws a new secret when it is time.
  ///
  /// - Parameters:
  ///   - seconds: seconds since 1970.
  ///   - logger: where a file is told of that cannot be read; the secrets stay as they are then.
  func refresh(at seconds: Int64, _ logger: Logger) {
    state.withLock { state in
      var next: CookieSecrets?
      if let file {
        do throws(GateError) {
          let read = try Self.read(file)
          if read != state.secrets { next = read }
          state.isReadable = true
        } catch {
          if state.isReadable { logger.error("the cookie secrets stay as they were: \(error)") }
          state.isReadable = false
        }
      } else if seconds - state.changed >= Int64(Self.randomLifetime) || seconds < state.changed {
        next = state.secrets.rotated(to: Self.random())
      }
      guard let next else { return }
      state.secrets = next
      state.changed = seconds
      publish(next)
    }
  }

  private func publish(_ secrets: CookieSecrets) {
    version.add(1, ordering: .relaxed)
    atomicMemoryFence(ordering: .releasing)
    words.store(secrets)
    version.add(1, ordering: .releasing)
  }

  private static func random() -> CookieSecret {
    CookieSecret(.random(in: .min ... .max), .random(in: .min ... .max))
  }

  private static func read(_ file: String) throws(GateError) -> CookieSecrets {
    guard let octets = FileManager.default.contents(atPath: file) else {
      throw .cookieSecrets(reason: "\(file) is not there, or may not be read")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 == 0
    else {
      throw .cookieSecrets(reason: "\(file) can be read by others: set its mode to 600")
    }
    guard octets.count <= longestFile, let text = String(validating: octets, as: UTF8.self) else {
      throw .cookieSecrets(reason: "\(file) holds more than a few lines of text")
    }
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    let secrets = lines.compactMap { CookieSecret(hexadecimal: $0) }
    guard let first = secrets.first, secrets.count == lines.count, secrets.count <= 3 else {
      throw .cookieSecrets(
        reason: "\(file) has to hold one to three lines of 32 hexadecimal digits each")
    }
    return CookieSecrets(
      first,
      others: (secrets.count > 1 ? secrets[1] : nil, secrets.count > 2 ? secrets[2] : nil))
  }
}

/// Three secrets in six words that are read and written one by one.
private final class SecretWords: Sendable {
  private let first = Pair()
  private let second = Pair()
  private let third = Pair()

  private final class Pair: Sendable {
    let one = Atomic<UInt64>(0)
    let two = Atomic<UInt64>(0)

    var secret: CookieSecret {
      CookieSecret(one.load(ordering: .relaxed), two.load(ordering: .relaxed))
    }

    func set(_ secret: CookieSecret) {
      one.store(secret.first, ordering: .relaxed)
      two.store(secret.last, ordering: .relaxed)
    }
  }

  /// What was stored; a place that nothing was stored in has the current secret once more.
  func load() -> CookieSecrets {
    CookieSecrets(first.secret, others: (second.secret, third.secret))
  }

  func store(_ secrets: CookieSecrets) {
    first.set(secrets.current)
    second.set(secrets.others.0 ?? secrets.current)
    third.set(secrets.others.1 ?? secrets.current)
  }
}
