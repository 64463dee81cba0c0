internal import DNSWire

/// Who may ask, and what goes along with answers, as the workers read it: made once, never changed.
struct ClientRules: Sendable {
  let allowed: AddressBlocks
  let others: ClientConfiguration.Others
  /// Who keeps the secrets; nil where there are no cookies.
  let cookies: CookieKeeper?
  let requirement: ClientConfiguration.Requirement
  /// The whole NSID option; empty where there is none.
  let identifier: [UInt8]
  let structuredError: EDNSOptionCode

  init(_ configuration: ClientConfiguration, cookies: CookieKeeper?) {
    allowed = AddressBlocks(configuration.allowed)
    others = configuration.others
    self.cookies = cookies
    requirement = configuration.cookies.requirement
    identifier =
      configuration.identifier.map {
        EDNSOption(code: .nsid, data: Array($0.utf8.prefix(ClientConfiguration.longestIdentifier)))
          .encoded
      } ?? []
    structuredError = EDNSOptionCode(rawValue: configuration.structuredErrorOption)
  }

  /// What the options of a query ask for.
  ///
  /// It allocates nothing.
  func wishes(
    of query: QuestionView, in message: Span<UInt8>, _ context: QueryContext, at now: Int64
  ) -> ClientWishes {
    var wishes = ClientWishes()
    guard let edns = query.edns, edns.version == 0, !edns.options.isEmpty else { return wishes }
    query.forEachOption(in: message) { code, data in
      switch code {
      case .cookie where cookies != nil && wishes.cookie == .absent:
        wishes.cookie = cookie(in: message, data, context, at: now)
      case .nsid:
        wishes.additions.hasIdentifier = !identifier.isEmpty
      case structuredError:
        wishes.wantsStructuredError = true
      default: break
      }
    }
    if case .present(_, let reply) = wishes.cookie { wishes.additions.cookie = reply }
    return wishes
  }

  private func cookie(
    in message: Span<UInt8>, _ data: Range<Int>, _ context: QueryContext, at now: Int64
  ) -> ClientWishes.Cookie {
    guard let cookies else { return .absent }
    guard let option = CookieOption(message, data: data) else { return .malformed }
    return judge(option, by: cookies, context, at: now)
  }

  private func judge(
    _ option: CookieOption, by cookies: CookieKeeper, _ context: QueryContext, at now: Int64
  ) -> ClientWishes.Cookie {
    let (verdict, reply) = cookies.secrets.judge(
      option, from: CookieAddress(context.client), at: UInt32(truncatingIfNeeded: now / 1_000))
    return .present(verdict, CookieReply(client: option.client, server: reply))
  }

  /// What a query for a cookie alone gets; nil where there are no cookies.
  func answer(
    to query: CookieQuery, _ context: QueryContext, at now: Int64
  ) -> (ResponseCode, CookieReply)? {
    guard let cookies,
      case .present(let verdict, let reply) = judge(query.cookie, by: cookies, context, at: now)
    else { return nil }
    return (verdict == .wrong ? .badCookie : .noError, reply)
  }
}

/// What the options of one query ask for.
struct ClientWishes: Sendable {
  var cookie = Cookie.absent
  var wantsStructuredError = false
  var additions = AnswerAdditions()

  /// What is to be said of the query's cookie.
  enum Cookie: Sendable, Equatable {
    case absent
    /// Its length is none that a cookie may have.
    case malformed
    case present(CookieSecrets.Verdict, CookieReply)
  }

  /// Whether the client has shown that it gets answers at its address.
  var hasValidCookie: Bool {
    if case .present(.valid, _) = cookie { true } else { false }
  }

  /// Whether the client knows cookies.
  var hasCookie: Bool {
    if case .present = cookie { true } else { false }
  }
}

/// The cookie that goes back to a client.
struct CookieReply: Sendable, Hashable {
  let client: UInt64
  let server: ServerCookie
}

/// Options that are added to a finished answer.
struct AnswerAdditions: Sendable {
  var cookie: CookieReply?
  var hasIdentifier = false

  /// The octets of a COOKIE option.
  static let cookieLength = 28

  var isEmpty: Bool { cookie == nil && !hasIdentifier }

  /// The octets that they take.
  func length(identifier: [UInt8]) -> Int {
    (cookie == nil ? 0 : Self.cookieLength) + (hasIdentifier ? identifier.count : 0)
  }
}

extension AnswerBuffer {
  /// Adds options to the OPT record at the end; nothing where there is none.
  mutating func add(_ additions: AnswerAdditions, identifier: [UInt8]) {
    guard !additions.isEmpty, let place = withWritten({ OPTPlace(lastIn: $0) }) else { return }
    let end = length
    if let cookie = additions.cookie {
      append16(EDNSOptionCode.cookie.rawValue)
      append16(24)
      append64(cookie.client)
      append64(cookie.server.head)
      append64(cookie.server.hash)
    }
    if additions.hasIdentifier { append(identifier) }
    let total = place.length + length - end
    set(UInt8(truncatingIfNeeded: total >> 8), at: place.lengthOffset)
    set(UInt8(truncatingIfNeeded: total), at: place.lengthOffset + 1)
  }
}

extension CookieAddress {
  fileprivate init(_ client: ClientAddress) {
    self = client.ipv4.map { .ipv4($0) } ?? .ipv6(high: client.high, low: client.low)
  }
}

extension EDNSOption {
  /// The whole option: code, length, data.
  var encoded: [UInt8] {
    [code.rawValue, UInt16(clamping: data.count)].flatMap {
      [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)]
    } + data
  }
}
