/// Signals that the engine itself finds in a page; they appear among ``Observations/signals``.
public enum PageSignal: String, Sendable, Hashable, CaseIterable {
  /// A form that places orders: a side, a price and an amount.
  case orderForm = "page.order-form"
  /// A list of pairs of two assets, such as `BTC/USDT`.
  case pairList = "page.pair-list"
  /// A choice of leverage, such as `10x 20x 50x`.
  case leverageSelector = "page.leverage-selector"
  /// A page that shows where to deposit: an address, its network and a request.
  case depositAddress = "page.deposit-address"
  /// Terms of a token sale: price, accepted asset, stage or date, and a way to contribute.
  case saleTerms = "page.sale-terms"
  /// A form to open an account.
  case signUpForm = "page.sign-up-form"
  /// A form to log in.
  case loginForm = "page.login-form"
  /// A link to a known venue that binds a referral code.
  case referralLink = "page.referral-link"
  /// A link in the path grammar of a known venue, with a bound code, on another host.
  case mirrorReferralLink = "page.mirror-referral-link"
  /// A referral code in the text, beside the word for it.
  case referralCode = "page.referral-code"
  /// A link to a known venue without a code.
  case venueLink = "page.venue-link"
  /// A script that calls a known venue's programming interface from another host.
  case venueAPI = "page.venue-api"
  /// The page is on a host of a known venue.
  case venueHost = "page.venue-host"
  /// The page speaks of the one whose host it is on, by the name of the host.
  case ownName = "page.own-name"
  /// A link to a program for download (`.apk`, `.exe`, `.dmg`, `.ipa`).
  case appDownload = "page.app-download"
  /// A wallet address whose checksum holds.
  case wallet = "wallet.checksum"
  /// A wallet address in a payment URI such as `bitcoin:`.
  case paymentURI = "wallet.payment-uri"

  /// The signal of an id; most ids are told by their beginning to be those of packs.
  init?(id: String) {
    guard id.hasPrefix("page.") || id.hasPrefix("wallet.") else { return nil }
    self.init(rawValue: id)
  }

  /// The category it speaks for; nil where it says nothing by itself.
  public var category: Category? {
    switch self {
    case .orderForm, .pairList, .leverageSelector, .venueAPI, .depositAddress, .venueHost: .venue
    case .saleTerms: .tokenSale
    case .paymentURI: .paymentAcceptance
    case .referralLink, .mirrorReferralLink, .referralCode: .solicitation
    case .signUpForm, .loginForm, .venueLink, .ownName, .appDownload, .wallet: nil
    }
  }
}
