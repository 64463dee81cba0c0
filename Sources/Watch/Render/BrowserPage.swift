internal import Foundation
internal import NIOCore

/// One page in a browser, from the empty context that is made for it to the end of that context.
struct BrowserPage: Sendable {
  /// The most octets of markup that are kept.
  static let htmlLimit = 8 << 20
  /// The most elements of a document that is looked at.
  static let elementLimit = 200_000
  /// The most octets of a picture that is kept.
  static let screenshotLimit = 8 << 20
  /// The most height of a picture.
  static let screenshotHeight = 2000

  let url: String
  let connection: DevToolsConnection
  let proxyPort: Int
  let userAgent: String
  /// How long the page may load.
  let loadTime: TimeAmount

  /// What is waited for while a page loads.
  private enum Signal: Sendable {
    case event(DevToolsEvent)
    case navigated(PageCommands.NavigationAnswer)
    case tick
  }

  /// Shows the page.
  ///
  /// - Throws: `RenderFailure` for a page that cannot be looked at, `DevToolsFault` for a browser
  ///   that should not be used again.
  func run() async throws -> RenderedPage {
    let context = try await connection.ask(
      "Target.createBrowserContext",
      PageCommands.Context(proxyServer: "http://127.0.0.1:\(proxyPort)"),
      as: PageCommands.ContextID.self)
    let outcome: Result<RenderedPage, any Error>
    do {
      outcome = .success(try await show(in: context.browserContextId))
    } catch {
      outcome = .failure(error)
    }
    try? await connection.listen(nil)
    try await connection.ask("Target.disposeBrowserContext", context)
    return try outcome.get()
  }

  private func show(in context: String) async throws -> RenderedPage {
    try await connection.ask(
      "Browser.setDownloadBehavior", PageCommands.Downloads(browserContextId: context))
    let target = try await connection.ask(
      "Target.createTarget", PageCommands.Target(browserContextId: context),
      as: PageCommands.TargetID.self)
    let session = try await connection.ask(
      "Target.attachToTarget", PageCommands.Attachment(targetId: target.targetId),
      as: PageCommands.Session.self
    ).sessionId
    try await prepare(session)
    try await load(target.targetId, session: session)
    let content = try await content(of: target.targetId, session: session)
    guard content.elements <= Self.elementLimit, let html = content.html else {
      throw RenderFailure.page("it has \(content.elements) elements; \(Self.elementLimit) are read")
    }
    let picture = await screenshot(height: content.height, session: session)
    return RenderedPage(
      url: content.url, html: Array(html.utf8.prefix(Self.htmlLimit)), screenshot: picture)
  }

  private func prepare(_ session: String) async throws {
    try await connection.ask("Page.enable", session: session)
    try await connection.ask("Network.enable", session: session)
    try await connection.ask("Inspector.enable", session: session)
    try await connection.ask(
      "Page.setLifecycleEventsEnabled", PageCommands.Switch(), session: session)
    // A service worker's answers are not the site's: they are asked of the site itself.
    try await connection.ask(
      "Network.setBypassServiceWorker", PageCommands.Bypass(), session: session)
    try await connection.ask(
      "Emulation.setDeviceMetricsOverride", PageCommands.Screen(), session: session)
    try await connection.ask(
      "Emulation.setUserAgentOverride", PageCommands.UserAgent(userAgent: userAgent),
      session: session)
  }

  // MARK: Loading

  private func load(_ frame: String, session: String) async throws {
    let (signals, continuation) = AsyncStream.makeStream(
      of: Signal.self, bufferingPolicy: .bufferingOldest(1 << 14))
    defer { continuation.finish() }
    try await connection.listen { event in
      if event.session == session || event.method == "Inspector.detached" {
        continuation.yield(.event(event))
      }
    }
    let ticks = connection.eventLoop.scheduleRepeatedTask(
      initialDelay: .milliseconds(100), delay: .milliseconds(100)
    ) { _ in
      continuation.yield(.tick)
    }
    defer { ticks.cancel() }
    connection.send(
      "Page.navigate", PageCommands.Navigation(url: url), session: session,
      timeout: loadTime + .seconds(1)
    ).whenSuccess { message in
      let decoder = JSONDecoder()
      let answer = try? decoder.decode(
        DevToolsAnswer<PageCommands.NavigationAnswer>.self, from: Data(message))
      if let answer { continuation.yield(.navigated(answer.result)) }
    }
    try await follow(signals, frame: frame, session: session)
  }

  private func follow(
    _ signals: AsyncStream<Signal>, frame: String, session: String
  ) async throws {
    var progress = PageProgress(frame: frame, deadline: .now() + loadTime)
    for await signal in signals {
      switch signal {
      case .event(let event):
        switch progress.take(event, at: .now()) {
        case .nothing: break
        case .dismissDialog:
          connection.send(
            "Page.handleJavaScriptDialog", PageCommands.Dialog(), session: session)
        case .stopLoading:
          connection.send("Page.stopLoading", session: session)
        }
      case .navigated(let answer):
        progress.takeNavigation(
          errorText: answer.errorText, isDownload: answer.isDownload ?? false)
      case .tick: break
      }
      guard let end = progress.end(at: .now()) else { continue }
      switch end {
      case .settled: return
      case .timeUp:
        // Whatever script runs now has had its time; what it has shown is looked at.
        connection.send("Page.stopLoading", session: session)
        connection.send("Runtime.terminateExecution", session: session)
        return
      case .notLoaded(let reason): throw RenderFailure.page(reason)
      case .neverAnswered: throw RenderFailure.timedOut(url)
      case .crashed: throw DevToolsFault.ended
      case .lost: throw DevToolsFault.ended
      }
    }
  }

  // MARK: Looking

  /// Asks the page from a world of its own, where the page's scripts have changed nothing.
  private func content(
    of frame: String, session: String
  ) async throws -> PageCommands.PageContent {
    let world = try await connection.ask(
      "Page.createIsolatedWorld", PageCommands.World(frameId: frame), session: session,
      as: PageCommands.WorldID.self)
    let answer = try await connection.ask(
      "Runtime.evaluate",
      PageCommands.Evaluation(
        expression: Self.question, contextId: world.executionContextId),
      session: session, as: PageCommands.EvaluationAnswer.self)
    guard let content = answer.result.value else {
      throw RenderFailure.page("its document cannot be read")
    }
    guard !content.url.hasPrefix("chrome-error:") else {
      throw RenderFailure.page("it led to an address that did not load")
    }
    return content
  }

  private static let question = """
    (() => {
      const root = document.documentElement;
      const elements = document.getElementsByTagName('*').length;
      const tooMany = !root || elements > \(elementLimit);
      return {
        url: document.URL,
        elements: elements,
        height: root ? root.scrollHeight : 0,
        html: tooMany ? null
          : (document.doctype ? '<!DOCTYPE html>' : '') + root.outerHTML.slice(0, \(htmlLimit))
      };
    })()
    """

  /// A picture of the page's upper part; nil where none can be had, which is no failure.
  private func screenshot(height: Double, session: String) async -> [UInt8]? {
    let height = min(max(Int(exactly: height.rounded()) ?? 900, 900), Self.screenshotHeight)
    let picture = try? await connection.ask(
      "Page.captureScreenshot", PageCommands.Screenshot(clip: .init(height: height)),
      session: session, as: PageCommands.Picture.self)
    guard let picture, picture.data.utf8.count <= Self.screenshotLimit / 3 * 4,
      let octets = Data(base64Encoded: picture.data)
    else { return nil }
    return Array(octets)
  }
}
