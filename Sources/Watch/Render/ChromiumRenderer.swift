public import Logging
internal import NIOCore
internal import NIOPosix

/// Shows pages in Chromium: headless, in its sandbox, with no way out but through the guard.
///
/// One page is shown at a time, each in a context of its own that keeps nothing. The browser is
/// started for the first page, and again after some pages, after a crash, or after a page that
/// would not end. When this process ends, however it ends, so does the browser.
public actor ChromiumRenderer: Rendering {
  /// What may be chosen.
  public struct Settings: Sendable, Hashable {
    /// The browser's program; nil for Debian's usual places.
    public var program: String?
    /// The user to run it as where this process is root's.
    public var user: String
    /// What identifies the watch in `User-Agent`, with an address to write to.
    public var userAgentSuffix: String
    /// How long a page may load; its context, content and picture may take 5 seconds more.
    public var loadTime: Duration
    /// How many pages one browser shows before it is started anew.
    public var pagesPerBrowser: Int

    /// Takes the choices.
    public init(
      program: String? = nil, user: String = "nobody", userAgentSuffix: String = "Cordon",
      loadTime: Duration = .seconds(10), pagesPerBrowser: Int = 100
    ) {
      self.program = program
      self.user = user
      self.userAgentSuffix = userAgentSuffix
      self.loadTime = loadTime
      self.pagesPerBrowser = pagesPerBrowser
    }
  }

  /// How long making the context and looking at the page may take.
  private static let lookTime = TimeAmount.seconds(5)
  /// The most pages that wait for their turn.
  private static let waitingLimit = 64

  private let settings: Settings
  private let permitting: any EgressPermitting
  private let bounds: EgressBounds
  private let logger: Logger
  private let group: any EventLoopGroup

  private var browser: Browser?
  private var pages = 0
  private var isBusy = false
  private var isClosed = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Starts nothing yet.
  public init(
    settings: Settings = Settings(), permitting: any EgressPermitting,
    logger: Logger = Logger(label: "render")
  ) {
    self.init(settings: settings, permitting: permitting, bounds: EgressBounds(), logger: logger)
  }

  init(
    settings: Settings, permitting: any EgressPermitting, bounds: EgressBounds,
    logger: Logger = Logger(label: "render")
  ) {
    self.settings = settings
    self.permitting = permitting
    self.bounds = bounds
    self.logger = logger
    group = MultiThreadedEventLoopGroup.singleton
  }

  /// Shows a page; waits for its turn before.
  public func render(_ url: String) async -> RenderOutcome {
    await visit(url).outcome
  }

  /// Ends the browser once the page in it is done with; nothing is rendered after that.
  public func close() async {
    isClosed = true
    await enter()
    await stopBrowser()
    leave()
  }

  /// A page, and what it used of the network.
  struct Visit: Sendable {
    var outcome: RenderOutcome
    var network: EgressLedger.Entries
  }

  func visit(_ url: String) async -> Visit {
    guard waiting.count < Self.waitingLimit else {
      return failed(.browser("\(waiting.count) pages wait for it already"))
    }
    await enter()
    defer { leave() }
    guard !isClosed, !Task.isCancelled else { return failed(.browser("it is being ended")) }
    do throws(RenderFailure) {
      let browser = try await readyBrowser()
      let visit = await withTaskCancellationHandler {
        await show(url, in: browser)
      } onCancel: {
        browser.process.kill()
      }
      if !visit.network.refused.isEmpty {
        logger.notice(
          "a page asked for addresses that it may not have",
          metadata: ["page": "\(url)", "refused": "\(visit.network.refused)"])
      }
      return visit
    } catch {
      return failed(error)
    }
  }

  private func failed(_ failure: RenderFailure) -> Visit {
    Visit(outcome: .failed(failure), network: EgressLedger.Entries())
  }

  // MARK: The page

  private func show(_ url: String, in browser: Browser) async -> Visit {
    let proxy: EgressProxy
    do {
      proxy = try await EgressProxy.open(permitting: permitting, bounds: bounds, group: group)
    } catch {
      return failed(.browser("no port for its proxy: \(error)"))
    }
    let loadTime = TimeAmount(settings.loadTime)
    // The last resort: a page that keeps the browser from answering loses the browser.
    let end = NIODeadline.now() + loadTime + Self.lookTime
    let limit = browser.connection.eventLoop.scheduleTask(deadline: end) {
      browser.process.kill()
    }
    defer { limit.cancel() }
    let visit = BrowserPage(
      url: url, connection: browser.connection, proxyPort: proxy.port,
      userAgent: "\(browser.userAgent) \(settings.userAgentSuffix)", loadTime: loadTime)
    let result = await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await proxy.run() }
      let result: Result<RenderedPage, any Error>
      do {
        result = .success(try await visit.run())
      } catch {
        result = .failure(error)
      }
      tasks.cancelAll()
      return result
    }
    let network = proxy.ledger.entries
    switch result {
    case .success(let page):
      return Visit(outcome: .rendered(page), network: network)
    case .failure(let error):
      let isOverdue = NIODeadline.now() >= end
      let failure = await failure(for: error, url: url, isOverdue: isOverdue, network: network)
      return Visit(outcome: .failed(failure), network: network)
    }
  }

  private func failure(
    for error: any Error, url: String, isOverdue: Bool, network: EgressLedger.Entries
  ) async -> RenderFailure {
    if let failure = error as? RenderFailure {
      // The browser only knows that the proxy would not; the account knows why.
      if case .page = failure, let place = network.refused.first {
        return .refusedAddress(place)
      }
      return failure
    }
    await stopBrowser()
    guard !isOverdue else { return .timedOut(url) }
    guard let fault = error as? DevToolsFault else { return .browser("\(error)") }
    switch fault {
    case .silent: return .timedOut(url)
    case .ended, .refused, .tooLarge, .malformed: return .browser(fault.description)
    }
  }

  // MARK: The browser

  /// The process that runs now.
  var browserProcess: BrowserProcess? { browser?.process }

  private func readyBrowser() async throws(RenderFailure) -> Browser {
    if let browser, browser.connection.isActive, browser.process.number != nil,
      pages < settings.pagesPerBrowser
    {
      pages += 1
      return browser
    }
    await stopBrowser()
    let started = try await Browser.start(
      program: settings.program, user: settings.user, group: group)
    browser = started
    pages = 1
    return started
  }

  private func stopBrowser() async {
    guard let stopping = browser else { return }
    browser = nil
    await stopping.stop()
  }

  // MARK: Turns

  private func enter() async {
    guard isBusy else {
      isBusy = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    guard !waiting.isEmpty else {
      isBusy = false
      return
    }
    // The turn passes from hand to hand: it is never free while someone waits.
    waiting.removeFirst().resume()
  }
}
