/// What kind of evidence a signal is: a finding needs several kinds, so that words alone never do.
struct SignalKinds: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// Names crypto: what a page is about, not what it does.
  static let object = SignalKinds(rawValue: 1)
  /// Something that a venue, a sale, a till or a promoter does.
  static let function = SignalKinds(rawValue: 2)
  /// Calls the reader to act.
  static let call = SignalKinds(rawValue: 4)
  /// States terms: prices, limits, dates.
  static let terms = SignalKinds(rawValue: 8)
  /// The page speaks for itself: “we”, “our platform”.
  static let voice = SignalKinds(rawValue: 16)
  /// A code or a link that is bound to someone.
  static let bound = SignalKinds(rawValue: 32)
  /// The markup shows it, not the words.
  static let page = SignalKinds(rawValue: 64)
  /// A page that reports.
  static let report = SignalKinds(rawValue: 128)

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The kinds that a signal's groups name.
  init(groups: [String]) {
    self = groups.reduce(into: []) { kinds, group in
      if let kind = Self.names[group] { kinds.insert(kind) }
    }
  }

  private static let names: [String: SignalKinds] = [
    "object": .object, "function": .function, "call": .call, "terms": .terms, "voice": .voice,
    "bound": .bound, "page": .page, "report": .report,
  ]
}

extension PageSignal {
  /// What kind of evidence it is.
  var kinds: SignalKinds {
    switch self {
    case .orderForm, .leverageSelector, .saleTerms: [.function, .page]
    case .pairList, .depositAddress, .venueAPI, .paymentURI: [.object, .function, .page]
    case .referralLink, .mirrorReferralLink: [.object, .function, .bound, .page]
    case .referralCode: [.function, .bound]
    case .venueHost: [.object, .voice, .page]
    case .signUpForm, .appDownload: [.call, .page]
    case .loginForm: [.page]
    // It opens no gate: reports name their paper, too.
    case .ownName: []
    case .venueLink, .wallet: [.object]
    }
  }
}
