/// Why a query went as it did, for people and programs (RFC 8914).
public struct ExtendedError: Sendable, Hashable {
  /// The reason's number.
  public var infoCode: InfoCode
  /// More about it, for people; may be empty.
  public var extraText: String

  /// Makes an extended error.
  public init(_ infoCode: InfoCode, extraText: String = "") {
    self.infoCode = infoCode
    self.extraText = extraText
  }

  /// Reads an option; nil where it is not an extended error or has no info code.
  ///
  /// Octets that are not UTF-8 become U+FFFD. One NUL at the end is dropped: some senders add it
  /// (RFC 8914, Section 2).
  public init?(_ option: EDNSOption) {
    guard option.code == .extendedError, option.data.count >= Self.codeLength else { return nil }
    infoCode = InfoCode(rawValue: UInt16(option.data[0]) << 8 | UInt16(option.data[1]))
    var text = option.data[Self.codeLength...]
    if text.last == 0 { text.removeLast() }
    extraText = String(decoding: text, as: UTF8.self)
  }

  /// The option that carries this error.
  public var option: EDNSOption {
    EDNSOption(code: .extendedError, data: infoCode.rawValue.bigEndianOctets + extraText.utf8)
  }

  /// The octets of the info code, before the text.
  static let codeLength = 2
}

extension ExtendedError: CustomStringConvertible {
  /// As "EDE 16 (Censored): text".
  public var description: String {
    extraText.isEmpty ? "EDE \(infoCode)" : "EDE \(infoCode): \(extraText)"
  }
}

extension EDNS {
  /// The extended errors among the options, in their order.
  public var extendedErrors: [ExtendedError] {
    options.compactMap { ExtendedError($0) }
  }
}

extension ExtendedError {
  /// The number of a reason (IANA registry "Extended DNS Error Codes").
  public struct InfoCode: RawRepresentable, Sendable, Hashable {
    /// The number in the registry.
    public let rawValue: UInt16

    /// Takes any number.
    public init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// None of the others.
    public static let other = InfoCode(rawValue: 0)
    /// The answer comes from the cache although its time is over.
    public static let staleAnswer = InfoCode(rawValue: 3)
    /// The answer is not what the zone says, on purpose.
    public static let forgedAnswer = InfoCode(rawValue: 4)
    /// DNSSEC validation failed.
    public static let dnssecBogus = InfoCode(rawValue: 6)
    /// The error comes from the cache.
    public static let cachedError = InfoCode(rawValue: 13)
    /// The server is still starting.
    public static let notReady = InfoCode(rawValue: 14)
    /// Blocked by the operator's own decision.
    public static let blocked = InfoCode(rawValue: 15)
    /// Blocked because someone outside obliges the operator.
    public static let censored = InfoCode(rawValue: 16)
    /// Blocked because the client asked for it.
    public static let filtered = InfoCode(rawValue: 17)
    /// The client may not use this server.
    public static let prohibited = InfoCode(rawValue: 18)
    /// The name error comes from the cache although its time is over.
    public static let staleNXDomainAnswer = InfoCode(rawValue: 19)
    /// The server has no authority over the name and was not asked to recurse.
    public static let notAuthoritative = InfoCode(rawValue: 20)
    /// The server does not support what was asked.
    public static let notSupported = InfoCode(rawValue: 21)
    /// No server with authority over the name could be reached.
    public static let noReachableAuthority = InfoCode(rawValue: 22)
    /// The network failed on the way to another server.
    public static let networkError = InfoCode(rawValue: 23)
    /// Data of a zone is not usable.
    public static let invalidData = InfoCode(rawValue: 24)
  }
}

extension ExtendedError.InfoCode: CustomStringConvertible {
  /// The number and, where there is one, its name: "16 (Censored)".
  public var description: String {
    let name = Int(rawValue) < Self.names.count ? " (\(Self.names[Int(rawValue)]))" : ""
    return "\(rawValue)\(name)"
  }

  /// The registry's names, by number.
  private static let names = [
    "Other Error", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer",
    "Forged Answer", "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired",
    "Signature Not Yet Valid", "DNSKEY Missing", "RRSIGs Missing", "No Zone Key Bit Set",
    "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored", "Filtered", "Prohibited",
    "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported", "No Reachable Authority",
    "Network Error", "Invalid Data", "Signature Expired before Valid", "Too Early",
    "Unsupported NSEC3 Iterations Value", "Unable to conform to policy", "Synthesized",
  ]
}
