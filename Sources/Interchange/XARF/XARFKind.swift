public import Enforcement

/// What a report is of: a type of the category `content`.
public enum XARFKind: Sendable, Hashable {
  /// A service that takes people's money without being allowed to.
  case fraud(Fraud)
  /// A name that mirrors a known service.
  case suspiciousRegistration(Registration)

  /// The fields of type `fraud`.
  public struct Fraud: Sendable, Hashable {
    /// What kind.
    public var type: FraudType
    /// How people are asked to pay.
    public var payment: [PaymentMethod]
    /// Where they are asked to pay to.
    public var wallets: [Wallet]

    /// Takes the parts.
    public init(type: FraudType, payment: [PaymentMethod] = [], wallets: [Wallet] = []) {
      self.type = type
      self.payment = payment
      self.wallets = wallets
    }
  }

  /// The kinds of fraud that the watch reports; the format knows more.
  public enum FraudType: String, Sendable, Hashable, CaseIterable {
    case investment, cryptocurrency, other
  }

  /// How people are asked to pay; the format knows more.
  public enum PaymentMethod: String, Sendable, Hashable, CaseIterable {
    case cryptocurrency, other
    case bankTransfer = "bank_transfer"
    case creditCard = "credit_card"
  }

  /// A wallet address that a page asks to pay to.
  public struct Wallet: Sendable, Hashable {
    /// Which currency.
    public var currency: Currency
    /// The address as it stands there.
    public var address: String

    /// Takes the parts.
    public init(currency: Currency, address: String) {
      self.currency = currency
      self.address = address
    }
  }

  /// The currencies that the format names.
  public enum Currency: String, Sendable, Hashable, CaseIterable {
    case bitcoin, ethereum, usdt, bnb, monero, other
  }

  /// The fields of type `suspicious_registration`.
  public struct Registration: Sendable, Hashable {
    /// When the name was registered.
    public var registered: Instant
    /// What is suspicious; at least one.
    public var indicators: [Indicator]
    /// The services it may be taken for.
    public var targets: [String]
    /// Other names that belong to it; at most 20.
    public var related: [RelatedDomain]

    /// Takes the parts.
    public init(
      registered: Instant, indicators: [Indicator], targets: [String] = [],
      related: [RelatedDomain] = []
    ) {
      self.registered = registered
      self.indicators = indicators
      self.targets = targets
      self.related = related
    }
  }

  /// What makes a registration suspicious.
  public enum Indicator: String, Sendable, Hashable, CaseIterable {
    case typosquatting, other
    case homographAttack = "homograph_attack"
    case brandKeyword = "brand_keyword"
    case bulkRegistration = "bulk_registration"
    case suspiciousCertificate = "suspicious_ssl_cert"
    case immediateActivation = "immediate_activation"
  }

  /// A name and how it belongs to the one reported.
  public struct RelatedDomain: Sendable, Hashable {
    /// The name.
    public var domain: String
    /// How they belong together.
    public var relationship: Relationship

    /// Takes the parts.
    public init(domain: String, relationship: Relationship) {
      self.domain = domain
      self.relationship = relationship
    }
  }

  /// How two names belong together.
  public enum Relationship: String, Sendable, Hashable, CaseIterable {
    case sameRegistrant = "same_registrant"
    case sameNameserver = "same_nameserver"
    case sameAddress = "same_ip"
    case sameCertificate = "same_ssl_cert"
    case similarPattern = "similar_pattern"
    case sameCampaign = "same_campaign"
  }
}
