internal import NIOCore

/// How far a page has come, told from what the browser reports; it does no I/O and reads no clock.
struct PageProgress: Sendable {
  /// The most requests of a page.
  static let requestLimit = 1000
  /// The most documents that lead to one another.
  static let navigationLimit = 20
  /// How long a page may go on loading after its `load` event.
  static let settleTime = TimeAmount.seconds(4)
  /// How long its network must have been idle, beyond the half second that the browser waits.
  static let quietTime = TimeAmount.milliseconds(300)

  /// What is to be done about an event.
  enum Reaction: Sendable, Hashable {
    case nothing
    /// A dialog is open and holds the page up.
    case dismissDialog
    /// The page has had its share of requests or of navigations.
    case stopLoading
  }

  /// Why nothing more is to be expected.
  enum End: Sendable, Hashable {
    case settled
    /// The document did not load, for the browser's reason.
    case notLoaded(String)
    case crashed
    /// The browser has gone.
    case lost
    /// Time is up; what is there may still be worth a look.
    case timeUp
    /// Time is up, and there is nothing yet.
    case neverAnswered
  }

  /// The main frame.
  let frame: String
  /// When to make do with what is there.
  let deadline: NIODeadline

  private(set) var requests = 0
  private(set) var dialogs = 0
  private var navigations = 0
  private var loader: String?
  private var loadedAt: NIODeadline?
  private var idleAt: NIODeadline?
  private var awaitsNavigation = false
  private var end: End?

  init(frame: String, deadline: NIODeadline) {
    self.frame = frame
    self.deadline = deadline
  }

  /// Why the page is done with; nil while it is not.
  func end(at now: NIODeadline) -> End? {
    if let end { return end }
    if let loadedAt, !awaitsNavigation {
      if let idleAt, now - idleAt >= Self.quietTime { return .settled }
      if now - loadedAt >= Self.settleTime { return .settled }
    }
    guard now >= deadline else { return nil }
    return loader == nil ? .neverAnswered : .timeUp
  }

  /// Takes the answer to the navigation itself.
  mutating func takeNavigation(errorText: String?, isDownload: Bool) {
    if isDownload {
      end = .notLoaded("it is a download")
    } else if let errorText {
      end = .notLoaded(errorText)
    }
  }

  mutating func take(_ event: DevToolsEvent, at now: NIODeadline) -> Reaction {
    switch event.method {
    case "Page.lifecycleEvent":
      takeLifecycle(event.parameters(as: Lifecycle.self), at: now)
      if navigations > Self.navigationLimit {
        end = .notLoaded("it leads on without end")
        return .stopLoading
      }
    case "Page.frameRequestedNavigation":
      if event.parameters(as: FrameEvent.self)?.frameId == frame { awaitsNavigation = true }
    case "Page.frameStoppedLoading":
      if event.parameters(as: FrameEvent.self)?.frameId == frame { awaitsNavigation = false }
    case "Page.javascriptDialogOpening":
      dialogs += 1
      return .dismissDialog
    case "Network.requestWillBeSent":
      requests += 1
      if requests == Self.requestLimit { return .stopLoading }
    case "Inspector.targetCrashed":
      end = .crashed
    case "Inspector.detached", "Target.detachedFromTarget":
      end = .lost
    default: break
    }
    return .nothing
  }

  private mutating func takeLifecycle(_ event: Lifecycle?, at now: NIODeadline) {
    guard let event, event.frameId == frame else { return }
    switch event.name {
    case "init", "commit":
      guard event.loaderId != loader else { return }
      loader = event.loaderId
      (loadedAt, idleAt, awaitsNavigation) = (nil, nil, false)
      navigations += 1
    case "load":
      if event.loaderId == loader { loadedAt = now }
    case "networkIdle":
      if event.loaderId == loader { idleAt = now }
    default: break
    }
  }

  private struct Lifecycle: Decodable {
    var frameId: String
    var loaderId: String
    var name: String
  }

  private struct FrameEvent: Decodable {
    var frameId: String
  }
}
