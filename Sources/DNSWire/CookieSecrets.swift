/// The secrets in use, and what they say of a client's cookie (RFC 9018, Sections 4.3 and 5).
///
/// Cookies are made with one secret; those made with the others hold too, while a new secret spreads
/// among servers that share an address or an old one fades.
public struct CookieSecrets: Sendable, Equatable {
  /// What cookies are made with.
  public var current: CookieSecret
  /// Others that cookies may have been made with.
  public var others: (CookieSecret?, CookieSecret?)

  /// Takes the secrets.
  public init(_ current: CookieSecret, others: (CookieSecret?, CookieSecret?) = (nil, nil)) {
    self.current = current
    self.others = others
  }

  /// A new secret in place of the current one, whose cookies hold on.
  public func rotated(to secret: CookieSecret) -> CookieSecrets {
    CookieSecrets(secret, others: (current, nil))
  }

  /// Whether both have the same secrets in the same places.
  public static func == (one: CookieSecrets, other: CookieSecrets) -> Bool {
    one.current == other.current && one.others.0 == other.others.0
      && one.others.1 == other.others.1
  }

  /// Seconds for which a cookie holds.
  public static let lifetime: Int32 = 3600
  /// Seconds that another server's clock may be ahead.
  public static let tolerance: Int32 = 300
  /// Seconds after which a client gets a new one, so that it never has one that no longer holds.
  public static let renewal: Int32 = 1800

  /// What a cookie says of who sent it.
  public enum Verdict: Sendable, Hashable {
    /// The client got its cookie from us, at the address that it asks from.
    case valid
    /// The client has no cookie of ours yet.
    case missing
    /// The cookie is too old, of another address, or nobody's.
    case wrong
  }

  /// Judges a cookie, and says which one goes back.
  ///
  /// It allocates nothing.
  ///
  /// - Parameters:
  ///   - option: what the query has.
  ///   - address: where it came from.
  ///   - seconds: seconds since 1970, modulo 2³².
  /// - Returns: the verdict, and the server's part of the cookie for the answer.
  public func judge(
    _ option: CookieOption, from address: CookieAddress, at seconds: UInt32
  ) -> (verdict: Verdict, reply: ServerCookie) {
    let client = option.client
    func fresh() -> ServerCookie {
      ServerCookie(client: client, address: address, at: seconds, secret: current)
    }
    switch option {
    case .client: return (.missing, fresh())
    case .foreign: return (.wrong, fresh())
    case .both(_, let cookie):
      let age = cookie.age(at: seconds)
      guard cookie.version == 1, age <= Self.lifetime, age >= -Self.tolerance else {
        return (.wrong, fresh())
      }
      if cookie.isMade(with: current, client: client, address: address) {
        return (.valid, age <= Self.renewal ? cookie : fresh())
      }
      let isOlder =
        Self.isMade(cookie, with: others.0, client, address)
        || Self.isMade(cookie, with: others.1, client, address)
      return (isOlder ? .valid : .wrong, fresh())
    }
  }

  private static func isMade(
    _ cookie: ServerCookie, with secret: CookieSecret?, _ client: UInt64, _ address: CookieAddress
  ) -> Bool {
    guard let secret else { return false }
    return cookie.isMade(with: secret, client: client, address: address)
  }
}
