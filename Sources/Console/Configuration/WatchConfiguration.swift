public import Egress
public import Watch

/// How sites are watched.
public struct WatchConfiguration: Sendable {
  /// Whether pages that need their scripts are shown in a browser.
  public enum Rendering: String, Sendable, Hashable, CaseIterable {
    /// Where the plain page leaves the verdict open.
    case needed
    /// Never.
    case off
  }

  /// Whether `serve` looks at watched sites.
  public var isEnabled: Bool
  /// Where the owner of a site learns who looks.
  public var contactURL: String
  /// What the User-Agent field says, where it is set.
  public var userAgent: String?
  /// Pages side by side.
  public var workers: Int
  /// How hosts are treated.
  public var courtesy: Courtesy
  /// What may be asked beside public addresses.
  public var exceptions: [AddressException]
  /// The most pages of a site.
  public var pagesPerSite: Int
  /// The most links from a start page.
  public var depth: Int
  /// Which pages are kept.
  public var capture: CrawlSettings.CapturePolicy
  /// Whether pages are shown in a browser.
  public var rendering: Rendering
  /// The browser's program, where it is set.
  public var browser: String?
  /// The certificate logs that are read for names.
  public var logs: [CTLog]
  /// Words that make a name a lead.
  public var logKeywords: [String]
}

extension SettingReader {
  /// The settings of the watch.
  func watch(contact: String) throws(ConfigurationFault) -> WatchConfiguration {
    let delay = Duration.milliseconds(number("watch.delay_milliseconds"))
    return WatchConfiguration(
      isEnabled: word("watch.enabled") == "true",
      contactURL: optional("watch.contact_url") ?? contact,
      userAgent: optional("watch.user_agent"), workers: number("watch.workers"),
      courtesy: Courtesy(
        delay: delay, failurePause: delay == .zero ? .zero : Courtesy.usual.failurePause,
        connections: number("watch.host_connections")),
      exceptions: try each(
        "watch.allow_addresses", { AddressException($0) },
        "no address, block or name, with a port or without"),
      pagesPerSite: number("watch.pages_per_site"), depth: number("watch.depth"),
      capture: try one(
        "watch.capture", CrawlSettings.CapturePolicy.init(rawValue:),
        "none of findings, only-findings and all"),
      rendering: try one(
        "watch.render", WatchConfiguration.Rendering.init(rawValue:), "neither needed nor off"),
      browser: optional("watch.browser"),
      logs: try each(
        "watch.ct_logs", { CTLog($0) },
        "no log: write its monitoring prefix, a space, and its key on P-256 in base 64"),
      logKeywords: list("watch.ct_keywords"))
  }
}
