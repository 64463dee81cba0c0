/// Who may ask the gate, how much, and what is told to who asks.
public struct ClientConfiguration: Sendable {
  /// From where queries are answered.
  public var allowed: [AddressPrefix]
  /// What everyone else gets.
  public var others: Others
  /// How clients prove their addresses.
  public var cookies: Cookies
  /// How much is answered to who proves nothing.
  public var limit: Limit
  /// Which server this is, for those who ask (RFC 5001); nil to tell nobody.
  public var identifier: String?
  /// The number of the option by which clients ask for structured errors.
  public var structuredErrorOption: UInt16

  /// Takes the parts.
  public init(
    allowed: [AddressPrefix] = AddressPrefix.local,
    others: Others = .refuse,
    cookies: Cookies = Cookies(),
    limit: Limit = Limit(),
    identifier: String? = nil,
    structuredErrorOption: UInt16 = 65_015
  ) {
    self.allowed = allowed
    self.others = others
    self.cookies = cookies
    self.limit = limit
    self.identifier = identifier
    self.structuredErrorOption = structuredErrorOption
  }

  /// The most octets of an identifier, so that it fits beside every question in 512 octets.
  public static let longestIdentifier = 64

  /// What clients get that may not ask.
  public enum Others: String, Sendable, CaseIterable {
    /// REFUSED with the extended error 18 (RFC 8914, Section 4.19), a few a second.
    case refuse
    /// Nothing.
    case drop
  }

  /// How DNS cookies are used (RFC 7873, RFC 9018).
  public struct Cookies: Sendable {
    /// Whether cookies are given and looked at.
    public var isEnabled: Bool
    /// A file with secrets, of which the first makes cookies; nil for random ones.
    public var secretsFile: String?
    /// When a cookie is asked of those who ask by UDP.
    public var requirement: Requirement

    /// Takes the parts.
    public init(
      isEnabled: Bool = true, secretsFile: String? = nil, requirement: Requirement = .pressure
    ) {
      self.isEnabled = isEnabled
      self.secretsFile = secretsFile
      self.requirement = requirement
    }
  }

  /// When a query by UDP needs a valid cookie.
  public enum Requirement: String, Sendable, CaseIterable {
    /// Never: who is over the limit is sent to TCP.
    case never
    /// Over the limit: clients that know cookies get BADCOOKIE, others are sent to TCP.
    case pressure
    /// Always.
    case always
  }

  /// The most answers by UDP to one network, whose addresses may be forged.
  public struct Limit: Sendable {
    /// Answers a second, to each network at each worker; 0 for no limit.
    public var answers: Int
    /// Of those over the limit, one in so many gets a short answer that leads to TCP; 0 for none.
    public var slip: Int
    /// Bits of an IPv4 address that make a network, 8 to 32.
    public var ipv4Length: Int
    /// Bits of an IPv6 address that make a network, 16 to 64.
    public var ipv6Length: Int
    /// Networks without limit.
    public var exempt: [AddressPrefix]

    /// Takes the parts.
    public init(
      answers: Int = 1_000, slip: Int = 2, ipv4Length: Int = 24, ipv6Length: Int = 56,
      exempt: [AddressPrefix] = AddressPrefix.local
    ) {
      self.answers = answers
      self.slip = slip
      self.ipv4Length = ipv4Length
      self.ipv6Length = ipv6Length
      self.exempt = exempt
    }
  }
}
