public import Enforcement

/// Something that the watch learned, on its way to the disk.
public enum WatchChange: Sendable {
  /// A page was looked at.
  case looked(SiteNumber, PageLook)
  /// Pages were found; those that are known already stay as they are.
  case found(SiteNumber, [PageEntry])
  /// A page is given up: it never answered, or is gone for good.
  case forgotten(SiteNumber, PageKey)
  /// A host's robots.txt was read, or could not be.
  case host(HostEntry)
  /// A host is left alone until a moment, after so many failures in a row; or fails no more.
  case hostRests(String, until: Instant, failures: Int)
  /// What marks a site is this now; more than ``WatchStore/markLimit`` octets are not kept.
  case marked(MarkEntry)
  /// Nothing more of a site is looked at in this turn.
  case turnEnded(SiteNumber, TurnEnd)
}

/// What a look at a page left.
public struct PageLook: Sendable {
  /// The page.
  public var key: PageKey
  /// How it stands now.
  public var state: PageState
  /// Where it is kept as it was; nil where it was not captured.
  public var capture: CaptureReference?
  /// The cases whose wait for this look is over.
  public var rechecked: [CaseID]

  /// Takes the parts.
  public init(
    key: PageKey, state: PageState, capture: CaptureReference? = nil, rechecked: [CaseID] = []
  ) {
    self.key = key
    self.state = state
    self.capture = capture
    self.rechecked = rechecked
  }
}

/// How a turn of a site ended.
public struct TurnEnd: Sendable, Hashable {
  /// No page of the site is looked at before this moment, due or not; nil where nothing holds it
  /// back.
  public var notBefore: Instant?
  /// Why nothing of it can be had.
  public var fault: String?

  /// Takes the parts.
  public init(notBefore: Instant? = nil, fault: String? = nil) {
    self.notBefore = notBefore
    self.fault = fault
  }
}

/// A page as it was kept at some time.
public struct CaptureEntry: Sendable, Hashable {
  /// The page.
  public let page: PageKey
  /// The page's canonical URL.
  public let url: String
  /// When it was looked at.
  public let time: Instant
  /// Where it is kept.
  public let reference: CaptureReference
}
