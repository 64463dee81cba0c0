/// What shows a page as a browser does, its scripts run.
///
/// The crawl asks for it once for a page whose plain fetch leaves the verdict open, and once for
/// the picture of a finding; it knows no more of the browser than this.
public protocol Rendering: Sendable {
  /// Loads a page, lets its scripts run within bounds, and says what it showed.
  ///
  /// - Parameter url: the address, `http` or `https`; the same guard on addresses holds as for a
  ///   plain fetch, for everything that the page loads.
  /// - Returns: what came of it; cancelled tasks answer soon, with a failure.
  func render(_ url: String) async -> RenderOutcome
}

/// What a rendering came to.
public enum RenderOutcome: Sendable, Hashable {
  /// The page as it stood when its scripts had run.
  case rendered(RenderedPage)
  /// Nothing to look at.
  case failed(RenderFailure)
}

/// A page as a browser showed it.
public struct RenderedPage: Sendable, Hashable {
  /// The address at the end, after redirects by status, by markup and by script.
  public var url: String
  /// The markup of the document as it stood then, in UTF-8; bounded.
  public var html: [UInt8]
  /// A picture of the page as PNG, where one was taken; bounded.
  public var screenshot: [UInt8]?
  /// What was asked for and answered on the way, as far as it is kept, the document first; bounded.
  public var exchanges: [Exchange]

  /// Takes the parts.
  public init(
    url: String, html: [UInt8], screenshot: [UInt8]? = nil, exchanges: [Exchange] = []
  ) {
    self.url = url
    self.html = html
    self.screenshot = screenshot
    self.exchanges = exchanges
  }
}

/// Why a page could not be rendered.
public enum RenderFailure: Error, Sendable, Hashable {
  /// No browser is installed where it is looked for.
  case noBrowser(String)
  /// The page's own address may not be asked.
  case refusedAddress(String)
  case timedOut(String)
  /// The browser ended, or did not answer as it should.
  case browser(String)
  /// The page did not load.
  case page(String)
}

extension RenderFailure: CustomStringConvertible {
  /// A sentence: what failed, and where.
  public var description: String {
    switch self {
    case .noBrowser(let place): "no browser is installed (\(place))"
    case .refusedAddress(let address): "\(address) may not be asked: it is no public web address"
    case .timedOut(let url): "\(url) did not settle in time"
    case .browser(let reason): "the browser failed: \(reason)"
    case .page(let reason): "the page did not load: \(reason)"
    }
  }
}
